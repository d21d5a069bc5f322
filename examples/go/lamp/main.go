// Lamp is a good Iglu plugin with the whole interface. What it does is in internal/lamp.
package main

import (
	"github.com/hashicorp/go-plugin"

	"iglu.example/examples/internal/lamp"
	"iglu.example/examples/sdk"
)

func main() {
	plugin.Serve(&plugin.ServeConfig{
		HandshakeConfig: sdk.Handshake,
		Plugins:         sdk.PluginSet(lamp.New()),
	})
}
