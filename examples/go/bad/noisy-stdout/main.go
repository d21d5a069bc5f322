// A line is printed on stdout before the handshake. The host takes it for the handshake.
package main

import (
	"fmt"

	"iglu.example/examples/internal/twin"
)

func main() {
	fmt.Println("Lamps and Sockets is starting")
	twin.Serve(twin.Lamp())
}
