// Package process runs a plugin's process for go-plugin, as a runner.Runner.
//
// go-plugin's own runner makes no process group, hands on the host's stdin, and waits for the end of the
// plugin's output before it looks whether the process has ended: a child that holds the output open keeps the
// host from ever noticing. This one waits for the process alone, and the process takes its group with it.
package process

import (
	"context"
	"errors"
	"io"
	"os"
	"os/exec"
	"strconv"
	"sync"
	"time"

	"github.com/hashicorp/go-plugin/runner"
)

// groupTime is how long the rest of the group is waited for, all of which got SIGKILL. One that is dead counts as long
// as init has not taken note of it, which may take a while.
const groupTime = 300 * time.Millisecond

// drainTime is how long the output of a process that has ended is read on, should somebody hold it open.
const drainTime = 500 * time.Millisecond

// Process is one process of a plugin. It is started once.
type Process struct {
	path           string
	stdout, stderr io.ReadCloser
	exited         chan struct{}

	mu     sync.Mutex
	cmd    *exec.Cmd
	killed bool
}

var _ runner.Runner = (*Process)(nil)

// New prepares a process of the program at the path.
func New(path string) *Process {
	return &Process{path: path, cmd: exec.Command(path), exited: make(chan struct{})}
}

// SetEnv sets the whole environment of the process, before it is started.
func (p *Process) SetEnv(env []string) { p.cmd.Env = env }

// Start starts the process, unless it was killed before.
func (p *Process) Start(context.Context) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.killed {
		return errors.New("it was ended before it was started")
	}
	outRead, outWrite, err := os.Pipe()
	if err != nil {
		return err
	}
	errRead, errWrite, err := os.Pipe()
	if err != nil {
		return errors.Join(err, outRead.Close(), outWrite.Close())
	}
	p.stdout, p.stderr = newOutput(outRead), newOutput(errRead)
	// No stdin: that of the host is not for plugins. Files, and no pipes that exec.Cmd would wait for.
	p.cmd.Stdin, p.cmd.Stdout, p.cmd.Stderr = nil, outWrite, errWrite
	p.cmd.SysProcAttr = ownGroup()
	err = p.cmd.Start()
	_, _ = outWrite.Close(), errWrite.Close()
	if err != nil {
		return errors.Join(err, outRead.Close(), errRead.Close())
	}
	go p.reap()
	return nil
}

// reap waits for the end of the process, and ends its children with it.
func (p *Process) reap() {
	_ = p.cmd.Wait()
	_ = killGroup(p.cmd.Process)
	close(p.exited)
	time.AfterFunc(drainTime, func() { _, _ = p.stdout.Close(), p.stderr.Close() })
}

// Exited is closed when the process has ended, whatever became of its children and its output.
func (p *Process) Exited() <-chan struct{} { return p.exited }

// HasExited tells whether the process has ended.
func (p *Process) HasExited() bool {
	select {
	case <-p.exited:
		return true
	default:
		return false
	}
}

// How says how the process ended, once it has.
func (p *Process) How() string { return p.cmd.ProcessState.String() }

// Kill sends SIGKILL to the process and its group. A process that was not started will not start any more.
func (p *Process) Kill(context.Context) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.killed = true
	if p.cmd.Process == nil {
		return nil
	}
	return killGroup(p.cmd.Process)
}

// End kills the process and its group, and waits for that within the time given. It tells whether the process is
// gone.
func (p *Process) End(within time.Duration) bool {
	_ = p.Kill(context.Background())
	if p.cmd.Process == nil {
		return true
	}
	select {
	case <-p.exited:
	case <-time.After(within):
		return false
	}
	for deadline := time.Now().Add(groupTime); groupLives(p.cmd.Process) && time.Now().Before(deadline); {
		time.Sleep(5 * time.Millisecond)
	}
	return true
}

// Pid is the id of the process; 0 when it was not started.
func (p *Process) Pid() int {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.cmd.Process == nil {
		return 0
	}
	return p.cmd.Process.Pid
}

// Wait waits for the end of the process.
func (p *Process) Wait(context.Context) error {
	<-p.exited
	if !p.cmd.ProcessState.Success() {
		return errors.New(p.How())
	}
	return nil
}

// Stdout is what the process writes to stdout.
func (p *Process) Stdout() io.ReadCloser { return p.stdout }

// Stderr is what the process writes to stderr.
func (p *Process) Stderr() io.ReadCloser { return p.stderr }

// Name is the path of the program.
func (p *Process) Name() string { return p.path }

// ID is the process id, as text.
func (p *Process) ID() string { return strconv.Itoa(p.Pid()) }

// Diagnose has nothing to add to what go-plugin says.
func (p *Process) Diagnose(context.Context) string { return "" }

// PluginToHost leaves addresses as they are.
func (p *Process) PluginToHost(network, address string) (string, string, error) {
	return network, address, nil
}

// HostToPlugin leaves addresses as they are.
func (p *Process) HostToPlugin(network, address string) (string, string, error) {
	return network, address, nil
}
