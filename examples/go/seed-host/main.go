// Seed-host is the host of the article "Reliable Plugins in Go" (Humaid AlQassimi, 2020) as its text prints it, driven
// by JSON-RPC over stdin and stdout. It is here for its traps: none is mended.
//
// The text is host.go and sdk/sdk.go, changed only where a comment says so. What is around it makes it speak the
// adapter, and adds nothing to what it does. Flags are not looked at: the text has no settings.
package main

import (
	"os"

	"github.com/hashicorp/go-plugin"

	"iglu.example/examples/internal/adapter"
)

func main() {
	server := adapter.NewServer(os.Stdout)
	shutDown := serve(server)
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		server.Serve(os.Stdin)
	}()
	// No signals: the text does not look at them.
	select {
	case <-ended:
		plugin.CleanupClients()
	case <-shutDown:
	}
	server.Close()
}
