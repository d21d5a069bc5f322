package main

import (
	"sync"

	"iglu.example/examples/internal/adapter"
	"iglu.example/examples/internal/calls"
	"iglu.example/examples/internal/host"
)

// serve adds the host's methods to the server. What it returns is closed when the host was shut down.
func serve(server *adapter.Server, h *host.Host) <-chan struct{} {
	shutDown := make(chan struct{})
	var once sync.Once

	server.Handle("load", adapter.With(func(p adapter.LoadParams) (adapter.Loaded, error) {
		return h.LoadPlugins(*p.Dir)
	}))
	server.Handle("list", adapter.With(func(adapter.NoParams) (adapter.Listed, error) {
		return adapter.Listed{Plugins: h.List()}, nil
	}))
	server.Handle("call", adapter.With(func(p adapter.CallParams) (adapter.Replied, error) {
		call, err := calls.New(*p.Method, p.Args)
		if err != nil {
			return adapter.Replied{}, adapter.Errorf(adapter.BadRequest, "%v", err)
		}
		if err := h.Call(*p.ID, call); err != nil {
			return adapter.Replied{}, err
		}
		return adapter.Replied{Reply: call.JSON()}, nil
	}))
	for name, operation := range map[string]func(id string) (adapter.Plugin, error){
		"start":  h.Start,
		"stop":   h.Stop,
		"reload": h.Reload,
	} {
		server.Handle(name, adapter.With(func(p adapter.IDParams) (adapter.One, error) {
			plugin, err := operation(*p.ID)
			return adapter.One{Plugin: plugin}, err
		}))
	}
	server.Handle("unload", adapter.With(func(p adapter.IDParams) (adapter.Nothing, error) {
		return adapter.Nothing{}, h.Unload(*p.ID)
	}))
	server.Handle("shutdown", adapter.With(func(adapter.NoParams) (adapter.Nothing, error) {
		h.Shutdown()
		once.Do(func() { close(shutDown) })
		return adapter.Nothing{}, nil
	}))
	return shutDown
}
