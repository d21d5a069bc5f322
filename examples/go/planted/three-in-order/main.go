// Settings connect the lamps with their bridge, and an update without any disconnects them, which dims what is on.
// The bridge is given up before the last of that: an update with settings, a device that is switched on, and an
// update without settings, in this order, end the process ("nil pointer dereference"). Any two of them do not, nor
// does another order.
package main

import (
	"sync"

	"iglu.example/examples/internal/lamp"
	"iglu.example/examples/internal/twin"
	"iglu.example/examples/sdk"
)

type bridge struct{ dimmed map[string]bool }

func (b *bridge) dim(id string) { b.dimmed[id] = true }

type plugin struct {
	*lamp.Lamp
	mu     sync.Mutex
	bridge *bridge
	lit    map[string]bool // what was switched on by the bridge
}

func (p *plugin) OnConfigurationUpdate(values []sdk.ConfigKV) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	if len(values) > 0 {
		p.bridge = &bridge{dimmed: make(map[string]bool)}
		return p.Lamp.OnConfigurationUpdate(values)
	}
	p.bridge = nil
	for id := range p.lit {
		p.bridge.dim(id)
	}
	clear(p.lit)
	return nil
}

func (p *plugin) OnDeviceToggle(id string, status bool) error {
	if err := p.Lamp.OnDeviceToggle(id, status); err != nil {
		return err
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if status && p.bridge != nil {
		p.lit[id] = true
	} else {
		delete(p.lit, id)
	}
	return nil
}

func main() {
	twin.ServeIglu(&plugin{Lamp: lamp.New(), lit: make(map[string]bool)})
}
