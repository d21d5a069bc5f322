package host

import (
	"context"

	"iglu.example/examples/internal/adapter"
	"iglu.example/examples/internal/run"
)

func (p *hosted) start() error {
	p.operation.Lock()
	defer p.operation.Unlock()
	return p.doStart()
}

func (p *hosted) stop() error {
	p.interruptStart()
	p.operation.Lock()
	defer p.operation.Unlock()
	return p.doStop()
}

func (p *hosted) reload() error {
	p.operation.Lock()
	defer p.operation.Unlock()
	if err := p.doStop(); err != nil {
		return err
	}
	return p.doStart()
}

// unload stops the plugin for good: every operation that comes after it fails.
func (p *hosted) unload() error {
	p.interruptStart()
	p.operation.Lock()
	defer p.operation.Unlock()
	err := p.doStop()
	p.unloaded = true
	return err
}

func (p *hosted) doStart() error {
	if p.unloaded {
		return unknown(p.id)
	}
	p.mu.Lock()
	running, last := p.run != nil, p.last
	ctx, cancel := context.WithCancel(p.host.ctx)
	p.cancelStart = cancel
	p.mu.Unlock()
	defer cancel()
	if running {
		return adapter.Errorf(adapter.AlreadyRunning, "the plugin %q is running already", p.id)
	}
	if !p.host.mayStart() {
		return errShutDown
	}
	defer p.host.starting.Done()
	last.End() // Two processes of a plugin never live at a time.
	r, err := run.Start(ctx, p.file, p.host.settings)
	if err != nil {
		return adapter.Errorf(adapter.StartFailed, "%s was not started: %v", p.file, err)
	}
	if id := r.Manifest().Id; id != p.id {
		r.Stop()
		return adapter.Errorf(adapter.StartFailed, "%s was loaded as %q and has the id %q now", p.file, p.id, id)
	}
	p.adopt(r)
	return nil
}

func (p *hosted) doStop() error {
	if p.unloaded {
		return unknown(p.id)
	}
	p.mu.Lock()
	r, last := p.run, p.last
	p.stopping = true
	p.mu.Unlock()
	if r != nil {
		r.Stop()
	} else {
		last.End()
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.run, p.stopping = nil, false
	p.change(adapter.Stopped, nil)
	return nil
}

// interruptStart ends a start that is under way: a plugin that takes its time to start can be stopped as well.
func (p *hosted) interruptStart() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.cancelStart != nil {
		p.cancelStart()
	}
}
