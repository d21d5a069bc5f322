package host

import (
	"sync"

	"iglu.example/examples/internal/adapter"
	"iglu.example/examples/internal/calls"
	"iglu.example/examples/internal/jsonform"
	"iglu.example/examples/internal/run"
)

// hosted is a plugin under its id, from one process to the next.
type hosted struct {
	id, file string
	host     *Host

	// Held while the plugin is started or stopped, which is done by one at a time.
	operation sync.Mutex
	unloaded  bool

	// Held to look and to change, and never while anything is waited for.
	mu          sync.Mutex
	state       adapter.State
	reason      *adapter.Reason
	run         *run.Run // while it is Running
	last        *run.Run // the last one, of which something may have to be ended yet
	stopping    bool
	cancelStart func() // while it is being started
	manifest    any    // kept, so that it can be shown after a crash
}

// info is the plugin as it is now.
func (p *hosted) info() adapter.Plugin {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.describe()
}

// describe is called with the lock held.
func (p *hosted) describe() adapter.Plugin {
	info := adapter.Plugin{ID: p.id, State: p.state, Reason: p.reason, File: p.file, Manifest: p.manifest}
	if p.run != nil {
		info.PID = p.run.Pid()
	}
	return info
}

// call may be called at any time, and any number of calls may be in flight.
func (p *hosted) call(call *calls.Call) error {
	p.mu.Lock()
	r, state, stopping := p.run, p.state, p.stopping
	p.mu.Unlock()
	if stopping {
		return adapter.Errorf(adapter.NotRunning, "%s was not called: the plugin %q is being stopped", call.Method, p.id)
	}
	if r == nil {
		return adapter.Errorf(adapter.NotRunning, "%s was not called: the plugin %q is %s", call.Method, p.id, state)
	}
	err := r.Call(call)
	if err != nil {
		p.noticeEnd(r)
	}
	return err
}

// adopt takes in a process that was started as this plugin.
func (p *hosted) adopt(r *run.Run) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.run, p.last = r, r
	p.manifest = jsonform.Encode(r.Manifest())
	p.change(adapter.Running, nil)
	go func() {
		<-r.Over()
		p.noticeEnd(r)
	}()
}

// noticeEnd marks the plugin Crashed when the process is over and nobody has stopped it. Whoever had a call in
// flight does not go on before that.
func (p *hosted) noticeEnd(r *run.Run) {
	select {
	case <-r.Over():
	default:
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.run != r || p.stopping {
		return
	}
	p.run = nil
	p.change(adapter.Crashed, r.Reason())
	go r.End()
}

// change is called with the lock held, so that changes are told in their order.
func (p *hosted) change(to adapter.State, reason *adapter.Reason) {
	from := p.state
	p.state, p.reason = to, reason
	if from != to {
		p.host.onChange(adapter.Change{Plugin: p.describe(), From: from})
	}
}
