// Package twin serves a lamp of which one thing is broken.
package twin

import (
	"os"

	"github.com/hashicorp/go-plugin"

	"iglu.example/examples/internal/lamp"
	"iglu.example/examples/sdk"
)

// Lamp returns the good server half, for a twin to embed.
func Lamp() *sdk.IgluRPCServer {
	return &sdk.IgluRPCServer{Impl: lamp.New()}
}

// ServeIglu serves an implementation of the interface that is broken in itself.
func ServeIglu(impl sdk.Iglu) {
	Serve(&sdk.IgluRPCServer{Impl: impl})
}

// Serve serves an Iglu plugin whose calls are answered by server: any value that net/rpc can register,
// which may lack methods of the interface or have other ones in their place.
func Serve(server any) {
	ServeAs(sdk.Handshake, server)
}

// ServeAs is Serve with another handshake.
func ServeAs(handshake plugin.HandshakeConfig, server any) {
	plugin.Serve(&plugin.ServeConfig{
		HandshakeConfig: handshake,
		Plugins:         plugin.PluginSet{sdk.PluginName: &broken{server: server}},
	})
}

// HasHost tells whether a host has started us. Without one, a plugin only says what it is and exits.
func HasHost() bool {
	return os.Getenv(sdk.Handshake.MagicCookieKey) == sdk.Handshake.MagicCookieValue
}

type broken struct {
	sdk.IgluPlugin
	server any
}

func (b *broken) Server(*plugin.MuxBroker) (any, error) {
	return b.server, nil
}
