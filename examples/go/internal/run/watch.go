package run

import (
	"errors"
	"fmt"
	"net/rpc"
	"time"

	"iglu.example/examples/internal/adapter"
)

var errNoAnswer = errors.New("no answer")

// watch looks after the plugin until it is over: its process, its connection, and whether it answers pings.
// go-plugin knows of the process alone, and only when its output has ended too.
func (r *Run) watch() {
	stdoutEnd := r.stdoutEnd
	timer := time.NewTimer(r.settings.PingInterval)
	defer timer.Stop()
	for {
		select {
		case <-r.over:
			return
		case <-r.process.Exited():
			r.exited()
			return
		case <-stdoutEnd:
			// Most likely the connection has ended. A plugin may have closed just this stream: a ping tells.
			stdoutEnd = nil
		case <-timer.C:
		}
		asked := time.Now()
		switch err := r.ping(); {
		case err == nil:
			timer.Reset(r.settings.PingInterval)
		case !errors.Is(err, errNoAnswer):
			r.lost(err)
		case time.Since(asked) > r.settings.PingTimeout+ourDelay:
			timer.Reset(0)
		default:
			r.hangs()
		}
	}
}

// hangs is called when a ping got no answer. The plugin may just have died.
func (r *Run) hangs() {
	if r.process.HasExited() {
		r.exited()
		return
	}
	r.tell(adapter.Hang, fmt.Sprintf("It did not answer a ping within %v.", r.settings.PingTimeout))
}

// ping returns nil for an answer, also when that is an error, and errNoAnswer for none.
func (r *Run) ping() error {
	answered := make(chan error, 1)
	go func() { answered <- r.protocol.Ping() }()
	timer := time.NewTimer(r.settings.PingTimeout)
	defer timer.Stop()
	select {
	case err := <-answered:
		if serverError := rpc.ServerError(""); errors.As(err, &serverError) {
			return nil
		}
		return err
	case <-r.process.Exited():
		return errors.New("the process has ended")
	case <-r.over:
		return nil
	case <-timer.C:
		return errNoAnswer
	}
}
