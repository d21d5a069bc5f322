package run

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"time"

	"github.com/hashicorp/go-hclog"
	"github.com/hashicorp/go-plugin"
	"github.com/hashicorp/go-plugin/runner"

	"iglu.example/examples/internal/process"
	"iglu.example/examples/sdk"
)

// Start launches a plugin, shakes hands, dispenses it, calls OnLoad if it has that, and asks for the manifest.
// When any of this fails, or ctx is done before all of it is, nothing of the plugin is left.
func Start(ctx context.Context, file string, settings Settings) (*Run, error) {
	dir, err := os.MkdirTemp("", "p")
	if err != nil {
		return nil, err
	}
	r := &Run{
		settings: settings,
		dir:      dir,
		process:  process.New(file),
		over:     make(chan struct{}),
	}
	defer context.AfterFunc(ctx, func() { _ = r.process.Kill(ctx) })()
	if err = r.connect(); err == nil {
		go r.watch()
		err = r.introduce()
	}
	if err == nil {
		err = ctx.Err()
	}
	if err != nil {
		r.End()
		if ctx.Err() != nil {
			return nil, errors.New("it was ended while it started")
		}
		return nil, errors.New(strings.TrimSpace(err.Error()))
	}
	return r, nil
}

// connect launches the plugin and dispenses it.
func (r *Run) connect() error {
	output := newStdout(r.settings.Output)
	client := plugin.NewClient(&plugin.ClientConfig{
		HandshakeConfig: sdk.Handshake,
		Plugins:         sdk.PluginSet(nil),
		RunnerFunc: func(_ hclog.Logger, spec *exec.Cmd, _ string) (runner.Runner, error) {
			r.process.SetEnv(r.environment(spec.Env))
			return r.process, nil
		},
		SkipHostEnv:      true, // environment adds it
		UnixSocketConfig: &plugin.UnixSocketConfig{TempDir: r.dir},
		StartTimeout:     r.settings.StartTimeout,
		Stderr:           r.settings.Output,
		SyncStdout:       output,
		SyncStderr:       r.settings.Output,
		Logger:           ownWords{r.settings.Logger},
	})
	r.stdoutEnd = output.end
	return r.dispense(client)
}

// dispense waits as long as a handshake and a call may take. go-plugin itself bounds the handshake alone.
func (r *Run) dispense(client *plugin.Client) error {
	timeout := r.settings.StartTimeout + r.settings.CallTimeout
	done := make(chan error, 1)
	var c connection
	go func() { done <- c.open(client) }()
	select {
	case err := <-done:
		r.connection = c
		return err
	case <-time.After(timeout):
		return fmt.Errorf("it was not connected within %v", timeout)
	}
}

type connection struct {
	protocol plugin.ClientProtocol
	iglu     *sdk.IgluRPC
}

func (c *connection) open(client *plugin.Client) (err error) {
	// A plugin that announces a certificate, unasked, makes go-plugin use a TLS configuration that is nil.
	defer func() {
		if cause := recover(); cause != nil {
			err = fmt.Errorf("go-plugin panicked: %v", cause)
		}
	}()
	if c.protocol, err = client.Client(); err != nil {
		return err
	}
	raw, err := c.protocol.Dispense(sdk.PluginName)
	if err != nil {
		return err
	}
	c.iglu = raw.(*sdk.IgluRPC)
	return nil
}

// handedOn are the variables of our own that a plugin gets. A token in the host's environment is none of its
// business.
var handedOn = []string{"PATH", "HOME", "LANG", "TZ"}

// environment is what every program needs of ours, what go-plugin sets, and a temp folder that is the plugin's alone,
// so that all that it leaves there can be removed.
func (r *Run) environment(set []string) []string {
	var env []string
	for _, name := range handedOn {
		if value, ok := os.LookupEnv(name); ok {
			env = append(env, name+"="+value)
		}
	}
	env = append(env, set...)
	return append(env, "TMPDIR="+r.dir, plugin.EnvUnixSocketDir+"="+r.dir)
}

// introduce makes the first calls of a host.
func (r *Run) introduce() error {
	if has, err := r.has("OnLoad"); err != nil {
		return err
	} else if has {
		var reply sdk.OnLoadReply
		if err := r.send("OnLoad", nil, &reply); err != nil {
			return err
		}
	}
	var reply sdk.GetManifestReply
	if err := r.send("GetManifest", nil, &reply); err != nil {
		return err
	}
	if reply.Manifest.Id == "" {
		return errors.New("the Id in its manifest is empty, and a host keeps its plugins by it")
	}
	r.manifest = reply.Manifest
	return nil
}
