// Package lamp is a good Iglu plugin: three devices, their state, a settings page and two web extensions.
package lamp

import (
	"fmt"
	"os"
	"sync"

	"github.com/hashicorp/go-hclog"

	"iglu.example/examples/sdk"
)

// Lamp implements sdk.Iglu. A host calls it from many goroutines at once.
type Lamp struct {
	logger hclog.Logger

	mu       sync.Mutex
	on       map[string]bool
	settings map[setting]string
}

type setting struct{ key, userID string }

var _ sdk.Iglu = (*Lamp)(nil)

// New returns a Lamp with all of its devices off. It logs JSON to stderr, which the host reads.
func New() *Lamp {
	return &Lamp{
		logger: hclog.New(&hclog.LoggerOptions{
			Name:       "lamp",
			Level:      hclog.Debug,
			Output:     os.Stderr,
			JSONFormat: true,
		}),
		on:       make(map[string]bool),
		settings: make(map[setting]string),
	}
}

// OnLoad implements sdk.Iglu. By now stdout is the plugin's own: go-plugin passes it on to the host.
func (l *Lamp) OnLoad() error {
	fmt.Printf("lamp: %d devices are ready\n", len(devices))
	return nil
}

// GetManifest implements sdk.Iglu.
func (l *Lamp) GetManifest() (sdk.PluginManifest, error) {
	return sdk.PluginManifest{
		Id:      "lamp",
		Name:    "Lamps and Sockets",
		Author:  "The Iglu Examples",
		Version: "v1.2.0",
	}, nil
}
