// Once is a good Iglu plugin that cannot be loaded a second time: a host has to call OnLoad once for each
// process.
package main

import (
	"expvar"
	"time"

	"github.com/hashicorp/go-plugin"

	"iglu.example/examples/internal/lamp"
	"iglu.example/examples/sdk"
)

type once struct {
	*lamp.Lamp
}

// OnLoad publishes a variable. expvar panics when a name is published twice.
func (o once) OnLoad() error {
	expvar.NewString("once.loaded").Set(time.Now().Format(time.RFC3339))
	return o.Lamp.OnLoad()
}

func (once) GetManifest() (sdk.PluginManifest, error) {
	return sdk.PluginManifest{
		Id:      "once",
		Name:    "Loaded Once",
		Author:  "The Iglu Examples",
		Version: "v1.0.0",
	}, nil
}

func main() {
	plugin.Serve(&plugin.ServeConfig{
		HandshakeConfig: sdk.Handshake,
		Plugins:         sdk.PluginSet(once{lamp.New()}),
	})
}
