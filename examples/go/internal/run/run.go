package run

import (
	"fmt"
	"os"
	"sync"
	"time"

	"iglu.example/examples/internal/adapter"
	"iglu.example/examples/internal/process"
	"iglu.example/examples/sdk"
)

// Run is one process of a plugin, connected and dispensed.
type Run struct {
	settings Settings
	dir      string
	process  *process.Process
	connection
	stdoutEnd <-chan struct{}
	manifest  sdk.PluginManifest
	known     sync.Map // by method: whether the plugin has it

	overOnce sync.Once
	over     chan struct{}
	reason   *adapter.Reason
	endOnce  sync.Once
}

// Pid is the id of the process.
func (r *Run) Pid() int { return r.process.Pid() }

// Manifest is what the plugin said of itself.
func (r *Run) Manifest() sdk.PluginManifest { return r.manifest }

// Over is closed when the plugin can be of no more use: it has crashed, or was ended.
func (r *Run) Over() <-chan struct{} { return r.over }

// Reason is why the run is over. It may be read when it is.
func (r *Run) Reason() *adapter.Reason { return r.reason }

// tell ends the run for everybody who waits for something of it. The first reason is the one.
func (r *Run) tell(kind adapter.ReasonKind, text string) {
	r.overOnce.Do(func() {
		r.reason = &adapter.Reason{Kind: kind, Text: text}
		close(r.over)
	})
}

func (r *Run) exited() {
	r.tell(adapter.Exit, fmt.Sprintf("The process has ended: %s.", r.process.How()))
}

// lost is called when somebody saw the connection end, or came to know that it is of no more use.
func (r *Run) lost(err error) {
	select {
	case <-r.process.Exited():
		r.exited()
	case <-time.After(exitMayFollow):
		r.tell(adapter.Connection, fmt.Sprintf("The connection is lost: %v.", err))
	case <-r.over:
	}
}

// Stop asks the plugin to quit, gives it time to go, and ends it.
//
// go-plugin's Kill is not used: it waits for an answer to Quit, and for the end of the plugin's output, for as
// long as that may take.
func (r *Run) Stop() {
	// A plugin may be gone before its answer is out: only its exit counts.
	go func() { _ = r.protocol.Close() }()
	select {
	case <-r.process.Exited():
	case <-time.After(r.settings.StopTimeout):
	}
	r.End()
}

// End kills the process and its group, and removes what the plugin left in its temp folder. It returns when all
// that is done, whoever began it.
func (r *Run) End() {
	r.endOnce.Do(func() {
		if !r.process.End(endTimeout) {
			r.settings.Logger.Error("a plugin lives on after SIGKILL", "pid", r.process.Pid())
		}
		r.tell(adapter.Exit, "The plugin was ended.")
		if r.protocol != nil {
			go func() { _ = r.protocol.Close() }()
		}
		if err := r.removeDir(); err != nil {
			r.settings.Logger.Error("a plugin's temp folder is left", "dir", r.dir, "err", err)
		}
	})
}

// removeDir tries again when somebody puts something in while it removes.
func (r *Run) removeDir() (err error) {
	for range 5 {
		if err = os.RemoveAll(r.dir); err == nil {
			return nil
		}
		time.Sleep(20 * time.Millisecond)
	}
	return err
}
