package host

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync"

	"iglu.example/examples/internal/adapter"
	"iglu.example/examples/internal/run"
)

// LoadPlugins starts whatever can be executed in a folder, all at once. Every other entry, and every program that
// is no plugin of ours, is a problem. Of two with one id the one that is ready first stays.
func (h *Host) LoadPlugins(dir string) (adapter.Loaded, error) {
	loaded := adapter.Loaded{Plugins: []adapter.Plugin{}, Problems: []adapter.Problem{}}
	dir, err := filepath.Abs(dir)
	if err != nil {
		return loaded, adapter.Errorf(adapter.BadRequest, "%v", err)
	}
	entries, err := os.ReadDir(dir)
	if err != nil {
		return loaded, adapter.Errorf(adapter.BadRequest, "the folder of plugins cannot be read: %v", err)
	}
	plugins := make([]*hosted, len(entries))
	errs := make([]error, len(entries))
	var all sync.WaitGroup
	for i, entry := range entries {
		all.Add(1)
		go func() {
			defer all.Done()
			plugins[i], errs[i] = h.load(filepath.Join(dir, entry.Name()))
		}()
	}
	all.Wait()
	for i, entry := range entries {
		if errs[i] != nil {
			file := filepath.Join(dir, entry.Name())
			loaded.Problems = append(loaded.Problems, adapter.Problem{File: file, Message: errs[i].Error()})
		} else {
			loaded.Plugins = append(loaded.Plugins, plugins[i].info())
		}
	}
	return loaded, nil
}

func (h *Host) load(file string) (*hosted, error) {
	if err := executable(file); err != nil {
		return nil, err
	}
	if !h.mayStart() {
		return nil, errShutDown
	}
	defer h.starting.Done()
	r, err := run.Start(h.ctx, file, h.settings)
	if err != nil {
		return nil, err
	}
	p, err := h.add(file, r)
	if err != nil {
		r.Stop()
	}
	return p, err
}

// add takes in a plugin that has been started, unless its id is taken.
func (h *Host) add(file string, r *run.Run) (*hosted, error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.closed {
		return nil, errShutDown
	}
	id := r.Manifest().Id
	if first := h.lookUp(id); first != nil {
		return nil, fmt.Errorf("its id %q is that of %s already, so it was ended", id, first.file)
	}
	p := &hosted{id: id, file: file, host: h, state: adapter.Stopped}
	p.adopt(r)
	h.plugins = append(h.plugins, p)
	return p, nil
}

var errShutDown = adapter.Errorf(adapter.Other, "the host is being shut down")

// mayStart counts a start that is to follow. Shutdown waits for it.
func (h *Host) mayStart() bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	if !h.closed {
		h.starting.Add(1)
	}
	return !h.closed
}

func executable(file string) error {
	info, err := os.Stat(file)
	switch {
	case err != nil:
		return err
	case info.IsDir():
		return errors.New("it is a folder")
	case !info.Mode().IsRegular():
		return errors.New("it is no regular file")
	case info.Mode()&0o111 == 0:
		return errors.New("it may not be executed")
	}
	return nil
}
