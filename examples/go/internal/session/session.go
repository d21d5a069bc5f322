// Package session is a host's dealings with one plugin, written down as JSON lines on stdout.
package session

import (
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"slices"
	"time"

	"github.com/hashicorp/go-hclog"
	"github.com/hashicorp/go-plugin"
)

// Session is one plugin from its launch to its end.
type Session struct {
	client  *plugin.Client
	command *exec.Cmd
	output  *output
	report  *report
	timeout time.Duration
	only    []string
}

// New prepares a session with the plugin that the options name. Whatever becomes of it, End has to be called.
func New(o Options, handshake plugin.HandshakeConfig, plugins plugin.PluginSet) *Session {
	s := &Session{
		command: exec.Command(o.Command[0], o.Command[1:]...),
		output:  &output{},
		report:  newReport(os.Stdout),
		timeout: o.Timeout,
		only:    o.Only,
	}
	s.client = plugin.NewClient(&plugin.ClientConfig{
		HandshakeConfig: handshake,
		Plugins:         plugins,
		Cmd:             s.command,
		AutoMTLS:        o.MTLS,
		StartTimeout:    o.Timeout,
		SyncStdout:      s.output,
		SyncStderr:      io.Discard, // the client logs it already
		Logger:          hclog.New(&hclog.LoggerOptions{Name: "host", Output: os.Stderr, Level: hclog.Debug}),
	})
	s.endOnSignal()
	return s
}

// Connect launches the plugin, shakes hands, and dispenses the plugin of the given name.
func (s *Session) Connect(name string) (any, error) {
	var protocol plugin.ClientProtocol
	if err := s.do("connect", nil, func() (_ any, err error) {
		protocol, err = s.client.Client()
		return map[string]int{"protocolVersion": s.client.NegotiatedVersion()}, err
	}); err != nil {
		return nil, err
	}
	var raw any
	err := s.do("dispense", name, func() (_ any, err error) {
		raw, err = protocol.Dispense(name)
		return fmt.Sprintf("%T", raw), err
	})
	return raw, err
}

// Ping asks whether the connection is alive.
func (s *Session) Ping() {
	_ = s.do("Ping", nil, func() (any, error) {
		protocol, err := s.client.Client()
		if err != nil {
			return nil, err
		}
		return "pong", protocol.Ping()
	})
}

// Call calls a method of the plugin, unless the options leave it out, and writes a line about the answer.
func (s *Session) Call(method string, args any, call func() (any, error)) {
	if len(s.only) == 0 || slices.Contains(s.only, method) {
		_ = s.do(method, args, call)
	}
}

// do takes one step, waits for its end, and writes a line about it.
func (s *Session) do(step string, args any, call func() (any, error)) error {
	type answer struct {
		reply any
		err   error
	}
	answered := make(chan answer, 1)
	go func() {
		reply, err := call()
		answered <- answer{reply, err}
	}()
	var got answer
	select {
	case got = <-answered:
	case <-time.After(s.timeout):
		got.err = fmt.Errorf("no answer within %v", s.timeout)
	}
	s.report.step(step, args, got.reply, got.err)
	return got.err
}

// End kills the plugin and writes how that went. It returns the exit code of the host: 1 if anything but
// answers was seen, else 0. (An error that the plugin answers with is an answer.)
func (s *Session) End() int {
	started := time.Now()
	_ = s.do("Kill", nil, func() (any, error) {
		s.client.Kill()
		return map[string]int64{"ms": time.Since(started).Milliseconds()}, nil
	})
	_ = s.do("exit", nil, func() (any, error) {
		if s.command.Process == nil {
			return nil, errors.New("the process was never started")
		}
		if !s.client.Exited() {
			return nil, errors.New("the process has not exited")
		}
		return s.command.ProcessState.String(), nil
	})
	if !s.client.Exited() && s.command.Process != nil {
		_ = s.command.Process.Kill()
	}
	s.report.step("stdout", nil, s.output.String(), nil)
	if s.report.failed {
		return 1
	}
	return 0
}
