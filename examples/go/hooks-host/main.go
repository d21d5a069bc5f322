// Hooks-host loads one plugin of the chat server with go-plugin's own client, calls all of its hooks, and
// writes what it saw as JSON lines.
//
//	hooks-host [-mtls] [-timeout 5s] [-bursts 1] [-only Digest,…] <plugin> [argument…]
package main

import (
	"os"

	"iglu.example/examples/hooks/sdk"
	"iglu.example/examples/internal/session"
)

func main() {
	options := session.Flags()
	s := session.New(options, sdk.Handshake, sdk.PluginSet(nil))
	if raw, err := s.Connect(sdk.PluginName); err == nil {
		h := host{s, raw.(sdk.Hooks)}
		h.Call("Implemented", nil, func() (any, error) { return h.hooks.Implemented() })
		h.posts()
		h.users()
		h.values()
		h.callbacks()
		h.counter()
		h.inFlight(options.Bursts)
		s.Ping()
	}
	os.Exit(s.End())
}

type host struct {
	*session.Session
	hooks sdk.Hooks
}

// fields is how several results are written.
type fields map[string]any
