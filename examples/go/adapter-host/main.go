// Adapter-host is a host of Iglu plugins, built on go-plugin, that is driven by JSON-RPC over stdin and stdout.
//
//	adapter-host [-ping-interval 2000] [-ping-timeout 5000] [-call-timeout 10000] [-start-timeout 60000]
//		[-stop-timeout 2000]
//
// It exits with 0 when it was asked to shut down or its stdin has ended, and with 128 and its number when a signal
// ended it. No plugin is left then.
package main

import (
	"os"

	"iglu.example/examples/internal/adapter"
	"iglu.example/examples/internal/host"
)

func main() {
	settings, signalled := flags(), signals()
	server := adapter.NewServer(os.Stdout)
	h := host.New(settings, func(change adapter.Change) { server.Notify("state", change) })
	shutDown := serve(server, h)

	ended := make(chan struct{})
	go func() {
		defer close(ended)
		server.Serve(os.Stdin)
	}()
	code := 0
	select {
	case <-ended:
	case <-shutDown:
	case signal := <-signalled:
		code = 128 + int(signal)
	}
	h.Shutdown()
	server.Close()
	os.Exit(code)
}
