// The plugin has protocol version 2 alone, which no host speaks.
package main

import (
	"iglu.example/examples/internal/twin"
	"iglu.example/examples/sdk"
)

func main() {
	handshake := sdk.Handshake
	handshake.ProtocolVersion = 2
	twin.ServeAs(handshake, twin.Lamp())
}
