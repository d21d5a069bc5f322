// Package hooks is a good plugin for a chat server: many hooks, with values of every shape that gob can send, some
// of which call the server back.
package hooks

import (
	"reflect"

	"github.com/hashicorp/go-plugin"

	"iglu.example/examples/hooks/sdk"
)

// Hooks implements sdk.Hooks. It keeps no state, so that calls in any number can be in flight.
type Hooks struct{}

var _ sdk.Hooks = Hooks{}

// Implemented lists all of sdk.Hooks: Go keeps the methods of an interface sorted by name.
func (Hooks) Implemented() ([]string, error) {
	all := reflect.TypeFor[sdk.Hooks]()
	names := make([]string, all.NumMethod())
	for i := range names {
		names[i] = all.Method(i).Name
	}
	return names, nil
}

// Serve serves a plugin for the chat server until its host ends it.
func Serve(impl sdk.Hooks) {
	plugin.Serve(&plugin.ServeConfig{
		HandshakeConfig: sdk.Handshake,
		Plugins:         sdk.PluginSet(impl),
	})
}
