// The plugin listens on a socket of its own in the temp folder, and never closes it: the file outlives it.
package main

import (
	"fmt"
	"net"
	"os"
	"path/filepath"

	"iglu.example/examples/internal/twin"
)

func main() {
	if twin.HasHost() {
		path := filepath.Join(os.TempDir(), fmt.Sprintf("lamp-%d.sock", os.Getpid()))
		_, _ = net.Listen("unix", path)
	}
	twin.Serve(twin.Lamp())
}
