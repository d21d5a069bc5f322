// Package host keeps Iglu plugins: the design of the article that this project began with (a state and the
// manifest for each plugin), with its traps mended. A lock belongs to one plugin, or is held for no longer than it
// takes to look something up: a plugin that is slow holds up no other.
package host

import (
	"context"
	"slices"
	"sync"

	"iglu.example/examples/internal/adapter"
	"iglu.example/examples/internal/calls"
	"iglu.example/examples/internal/run"
)

// Host keeps plugins by the Id in their manifest. Its methods may be called at the same time.
type Host struct {
	settings run.Settings
	onChange func(adapter.Change)
	ctx      context.Context // done when the host is shut down
	cancel   context.CancelFunc
	starting sync.WaitGroup

	mu      sync.Mutex
	closed  bool
	plugins []*hosted // in the order in which they were loaded
}

// New makes a host. onChange is told of every change of a state, as it happens, and must not wait.
func New(settings run.Settings, onChange func(adapter.Change)) *Host {
	ctx, cancel := context.WithCancel(context.Background())
	return &Host{settings: settings, onChange: onChange, ctx: ctx, cancel: cancel}
}

// List gives all plugins as they are now.
func (h *Host) List() []adapter.Plugin {
	h.mu.Lock()
	plugins := slices.Clone(h.plugins)
	h.mu.Unlock()
	list := make([]adapter.Plugin, len(plugins))
	for i, p := range plugins {
		list[i] = p.info()
	}
	return list
}

// Call calls a method of a plugin.
func (h *Host) Call(id string, call *calls.Call) error {
	p, err := h.find(id)
	if err != nil {
		return err
	}
	return p.call(call)
}

// Start starts a plugin that is Stopped or Crashed, as a new process.
func (h *Host) Start(id string) (adapter.Plugin, error) { return h.operate(id, (*hosted).start) }

// Stop stops a plugin. One that is Crashed is Stopped then.
func (h *Host) Stop(id string) (adapter.Plugin, error) { return h.operate(id, (*hosted).stop) }

// Reload stops a plugin and starts it as a new process.
func (h *Host) Reload(id string) (adapter.Plugin, error) { return h.operate(id, (*hosted).reload) }

// Unload stops a plugin and forgets it.
func (h *Host) Unload(id string) error {
	p, err := h.find(id)
	if err != nil {
		return err
	}
	if err := p.unload(); err != nil {
		return err
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	h.plugins = slices.DeleteFunc(h.plugins, func(other *hosted) bool { return other == p })
	return nil
}

// Shutdown ends every plugin, also those that are being started, and returns when all have ended. Nothing can be
// started afterwards. It may be called again.
func (h *Host) Shutdown() {
	h.mu.Lock()
	h.closed = true
	plugins := slices.Clone(h.plugins)
	h.mu.Unlock()
	h.cancel()
	var stops sync.WaitGroup
	for _, p := range plugins {
		stops.Add(1)
		go func() {
			defer stops.Done()
			_ = p.stop() // It fails for one that is unloaded meanwhile.
		}()
	}
	stops.Wait()
	h.starting.Wait()
}

func (h *Host) operate(id string, operation func(*hosted) error) (adapter.Plugin, error) {
	p, err := h.find(id)
	if err == nil {
		err = operation(p)
	}
	if err != nil {
		return adapter.Plugin{}, err
	}
	return p.info(), nil
}

func (h *Host) find(id string) (*hosted, error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if p := h.lookUp(id); p != nil {
		return p, nil
	}
	return nil, unknown(id)
}

// lookUp is called with the lock held.
func (h *Host) lookUp(id string) *hosted {
	for _, p := range h.plugins {
		if p.id == id {
			return p
		}
	}
	return nil
}

func unknown(id string) error {
	return adapter.Errorf(adapter.UnknownPlugin, "no plugin has the id %q", id)
}
