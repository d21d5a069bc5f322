// Amazing is the smallest Iglu plugin: it has a manifest, and nothing else.
package main

import (
	"os"

	"github.com/hashicorp/go-hclog"
	"github.com/hashicorp/go-plugin"

	"iglu.example/examples/amazing/sdk"
)

var handshakeConfig = plugin.HandshakeConfig{
	ProtocolVersion:  1,
	MagicCookieKey:   "IGLU_PLUGIN",
	MagicCookieValue: "MzlK0OGpIRs",
}

// AmazingPlugin is an implementation of sdk.Iglu.
type AmazingPlugin struct {
	logger hclog.Logger
}

// GetManifest says who we are.
func (g *AmazingPlugin) GetManifest() sdk.PluginManifest {
	g.logger.Debug("asked for the manifest")
	return sdk.PluginManifest{
		Id:      "amazing",
		Name:    "Amazing Plugin",
		Author:  "Someone Amazing",
		Version: "v0.1.0",
	}
}

func main() {
	// stdout belongs to go-plugin until the handshake is over. What is logged goes to stderr, as JSON, so
	// that the host can put it into its own log with the level that it has.
	logger := hclog.New(&hclog.LoggerOptions{
		Level:      hclog.Trace,
		Output:     os.Stderr,
		JSONFormat: true,
	})

	plugin.Serve(&plugin.ServeConfig{
		HandshakeConfig: handshakeConfig,
		Plugins: plugin.PluginSet{
			"iglu_plugin": &sdk.IgluPlugin{Impl: &AmazingPlugin{logger: logger}},
		},
	})
}
