// Hooks is a plugin for a chat server: many hooks, with values of every shape that gob can send, some of which
// call the server back. It keeps no state, so that calls in any number can be in flight.
package main

import (
	"reflect"

	"github.com/hashicorp/go-plugin"

	"iglu.example/examples/hooks/sdk"
)

// hooks implements sdk.Hooks.
type hooks struct{}

var _ sdk.Hooks = hooks{}

func main() {
	plugin.Serve(&plugin.ServeConfig{
		HandshakeConfig: sdk.Handshake,
		Plugins:         sdk.PluginSet(hooks{}),
	})
}

// Implemented lists all of sdk.Hooks: Go keeps the methods of an interface sorted by name.
func (hooks) Implemented() ([]string, error) {
	all := reflect.TypeFor[sdk.Hooks]()
	names := make([]string, all.NumMethod())
	for i := range names {
		names[i] = all.Method(i).Name
	}
	return names, nil
}
