package run

import (
	"errors"
	"net/rpc"
	"strings"
	"time"

	"iglu.example/examples/internal/adapter"
	"iglu.example/examples/internal/calls"
)

// Call makes a call. It always ends: with a reply, with the plugin's own error, when its time is over, or with
// the plugin. When the connection was lost under it, the run is over by then.
func (r *Run) Call(call *calls.Call) error {
	if call.Args == nil {
		has, err := r.has(call.Method)
		if err != nil {
			return err
		}
		if !has {
			return adapter.Errorf(adapter.PluginError, "the plugin has no method %s", call.Method)
		}
	}
	return r.send(call.Method, call.Args, call.Reply)
}

// has asks whether the plugin has a method that takes a nil interface, by sending a string, which gob refuses
// there. A plugin without the method does not answer the call itself, and what comes after it is garbled
// (golang/go#65190).
func (r *Run) has(method string) (bool, error) {
	// The question is an argument of a wrong type: what every plugin has to have is not asked for.
	if _, known := r.known.Load(method); known || method == "GetManifest" {
		return true, nil
	}
	err := r.send(method, "is it there?", new(interface{}))
	var serverError rpc.ServerError
	if err != nil && !errors.As(err, &serverError) {
		return false, err
	}
	if err != nil && strings.HasPrefix(string(serverError), "rpc: can't find ") {
		return false, nil
	}
	r.known.Store(method, true)
	return true, nil
}

// send sends a request and waits for what becomes of it. An error that the plugin answered with has an
// rpc.ServerError in it.
func (r *Run) send(method string, args, reply any) error {
	done := make(chan error, 1)
	// To send may take as long as to receive, when the plugin does not read.
	go func() { done <- r.iglu.Call(method, args, reply) }()
	timer := time.NewTimer(r.settings.CallTimeout)
	defer timer.Stop()
	select {
	case err := <-done:
		return r.answer(method, err)
	case <-timer.C:
		return adapter.Errorf(adapter.Timeout, "%s got no answer within %v: it is slow, or stuck, or the plugin does not have it",
			method, r.settings.CallTimeout)
	case <-r.over:
	}
	select {
	case err := <-done:
		return r.answer(method, err)
	default:
		return r.lostUnder(method)
	}
}

func (r *Run) answer(method string, err error) error {
	if err == nil {
		return nil
	}
	var serverError rpc.ServerError
	if errors.As(err, &serverError) {
		return &answered{adapter.Errorf(adapter.PluginError, "%s: %s", method, serverError), serverError}
	}
	// Anything else ends net/rpc's client, also a reply that gob cannot decode: no call will be answered any more.
	r.lost(err)
	return r.lostUnder(method)
}

func (r *Run) lostUnder(method string) error {
	return adapter.Errorf(adapter.Lost, "%s got no answer: %s", method, r.reason.Text)
}

// answered is an error that the plugin answered with.
type answered struct {
	error
	cause rpc.ServerError
}

func (a *answered) Unwrap() []error { return []error{a.error, a.cause} }
