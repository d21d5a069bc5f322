package main

import (
	"io/ioutil"
	"log"
	"os"
	"os/exec"
	"path/filepath"

	hclog "github.com/hashicorp/go-hclog"
	"github.com/hashicorp/go-plugin"

	"iglu.example/examples/seed-host/sdk"
)

var handshakeConfig = plugin.HandshakeConfig{
	ProtocolVersion:  1,
	MagicCookieKey:   "IGLU_PLUGIN",
	MagicCookieValue: "MzlK0OGpIRs",
}

// pluginMap is a map of supported plugin interfaces.
var pluginMap = map[string]plugin.Plugin{
	"iglu_plugin": &sdk.IgluPlugin{},
}

type PluginState int

const (
	Stopped = iota
	Running
	Crashed
)

// IgluPlugin represents a loaded Iglu plugin.
type IgluPlugin struct {
	Plugin   sdk.Iglu           // This is the interface we'll be calling
	client   *plugin.Client     // This is the go-plugin interface
	State    PluginState        // This is our enum to keep track of the state
	Filename string             // In case we need to reload the plugin.
	Manifest sdk.PluginManifest // We'll cache the manifest, so we can get it if it crashes.
}

// loadPlugin starts a plugin. The text gives it the name of a file in ./plugins; the adapter loads other folders, so
// here it gets the path.
func loadPlugin(f string) IgluPlugin {
	// Create an hclog.Logger
	logger := hclog.New(&hclog.LoggerOptions{
		Name:   "plugin",
		Output: os.Stderr, // The text has os.Stdout, which is the adapter's here.
		Level:  hclog.Debug,
	})

	// We're a host! Start by launching the plugin process.
	client := plugin.NewClient(&plugin.ClientConfig{
		HandshakeConfig: handshakeConfig,
		Plugins:         pluginMap,
		Managed:         true,
		Cmd:             exec.Command(f),
		Logger:          logger,
	})

	// Connect via RPC
	rpcClient, err := client.Client()
	if err != nil {
		log.Fatal(err)
	}

	// Request the plugin
	raw, err := rpcClient.Dispense("iglu_plugin")
	if err != nil {
		log.Fatal(err)
	}

	plugin := raw.(sdk.Iglu)

	// The State is not set, nor is OnLoad called: the text does neither.
	return IgluPlugin{
		Plugin:   plugin,
		client:   client,
		Filename: f,
		Manifest: plugin.GetManifest(),
	}
}

var loadedPlugins = make(map[string]IgluPlugin)

// LoadPlugins loads a folder; in the text, always ./plugins.
func LoadPlugins(dir string) {
	files, err := ioutil.ReadDir(dir)
	if err == nil {
		for _, f := range files {
			if !f.IsDir() {
				pl := loadPlugin(filepath.Join(dir, f.Name()))
				loadedPlugins[pl.Manifest.Id] = pl
			}
		}
	}
}

func markCrashedPlugins() {
	for i, plugin := range loadedPlugins {
		if plugin.client.Exited() && plugin.State == Running {
			// The text has loadedPlugins[i].State = Crashed, which does not compile: a struct in a map cannot be
			// assigned to. This is what it means.
			plugin.State = Crashed
			loadedPlugins[i] = plugin
		}
	}
}
