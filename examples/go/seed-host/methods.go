package main

import (
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"github.com/hashicorp/go-plugin"

	"iglu.example/examples/internal/adapter"
	"iglu.example/examples/internal/jsonform"
)

// mu lets one request at a time in to the text, which was not written for several goroutines. Calls wait for
// their answers outside of it.
var mu sync.Mutex

// serve adds what the text can do. It has no word for unload. For start, stop and reload it has parts: go-plugin's
// Kill, and a Filename that is kept "in case we need to reload the plugin". Managed, which it sets, is for
// go-plugin's CleanupClients, so that is how it is shut down. What it returns is closed then.
func serve(server *adapter.Server) <-chan struct{} {
	shutDown := make(chan struct{})
	shutDownOnce := sync.OnceFunc(func() {
		plugin.CleanupClients() // It must only be called once.
		close(shutDown)
	})
	server.Handle("load", adapter.With(load))
	server.Handle("list", adapter.With(list))
	server.Handle("call", adapter.With(call))
	server.Handle("start", onPlugin(func(id string, pl IgluPlugin) { start(id, pl) }))
	server.Handle("stop", onPlugin(func(id string, pl IgluPlugin) { stop(id, pl) }))
	server.Handle("reload", onPlugin(func(id string, pl IgluPlugin) {
		stop(id, pl)
		start(id, pl)
	}))
	server.Handle("shutdown", adapter.With(func(adapter.NoParams) (adapter.Nothing, error) {
		shutDownOnce()
		return adapter.Nothing{}, nil
	}))
	return shutDown
}

func load(p adapter.LoadParams) (adapter.Loaded, error) {
	mu.Lock()
	defer mu.Unlock()
	dir, err := filepath.Abs(*p.Dir)
	if err != nil {
		return adapter.Loaded{}, adapter.Errorf(adapter.BadRequest, "%v", err)
	}
	LoadPlugins(dir)
	loaded := adapter.Loaded{Plugins: []adapter.Plugin{}, Problems: []adapter.Problem{}}
	for id, pl := range loadedPlugins {
		if filepath.Dir(pl.Filename) == dir {
			loaded.Plugins = append(loaded.Plugins, describe(id, pl))
		}
	}
	return loaded, nil
}

func list(adapter.NoParams) (adapter.Listed, error) {
	mu.Lock()
	defer mu.Unlock()
	markCrashedPlugins()
	listed := adapter.Listed{Plugins: []adapter.Plugin{}}
	for id, pl := range loadedPlugins {
		listed.Plugins = append(listed.Plugins, describe(id, pl))
	}
	slices.SortFunc(listed.Plugins, func(a, b adapter.Plugin) int { return strings.Compare(a.ID, b.ID) })
	return listed, nil
}

func start(id string, pl IgluPlugin) {
	loadedPlugins[id] = loadPlugin(pl.Filename)
}

func stop(id string, pl IgluPlugin) {
	pl.client.Kill()
	pl.State = Stopped
	loadedPlugins[id] = pl
}

// onPlugin makes a method of an operation on a plugin. An unknown id is an error of the adapter's: the text never
// looks one up.
func onPlugin(operate func(id string, pl IgluPlugin)) adapter.Method {
	return adapter.With(func(p adapter.IDParams) (adapter.One, error) {
		mu.Lock()
		defer mu.Unlock()
		pl, err := find(*p.ID)
		if err != nil {
			return adapter.One{}, err
		}
		operate(*p.ID, pl)
		return adapter.One{Plugin: describe(*p.ID, loadedPlugins[*p.ID])}, nil
	})
}

// find is called with mu held.
func find(id string) (IgluPlugin, error) {
	pl, ok := loadedPlugins[id]
	if !ok {
		return pl, adapter.Errorf(adapter.UnknownPlugin, "no plugin has the id %q", id)
	}
	return pl, nil
}

func describe(id string, pl IgluPlugin) adapter.Plugin {
	states := [...]adapter.State{Stopped: adapter.Stopped, Running: adapter.Running, Crashed: adapter.Crashed}
	return adapter.Plugin{
		ID:       id,
		State:    states[pl.State],
		PID:      pl.pid(),
		File:     pl.Filename,
		Manifest: jsonform.Encode(pl.Manifest),
	}
}

// pid is asked of go-plugin: the text has no interest in it.
func (pl IgluPlugin) pid() int {
	if config := pl.client.ReattachConfig(); config != nil && !pl.client.Exited() {
		return config.Pid
	}
	return 0
}
