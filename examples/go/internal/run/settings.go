// Package run is one process of an Iglu plugin, from its launch to its end: it is started with go-plugin's
// client, called, watched, and ended in bounded time. A run that is over stays over.
package run

import (
	"io"
	"time"

	"github.com/hashicorp/go-hclog"
)

// Settings are what all runs have in common.
type Settings struct {
	// From the answer to a ping to the next ping, and how long an answer may take.
	PingInterval, PingTimeout time.Duration
	// How long a call may take.
	CallTimeout time.Duration
	// From the launch to the handshake, and from Quit to SIGKILL.
	StartTimeout, StopTimeout time.Duration
	// Where go-plugin's client logs.
	Logger hclog.Logger
	// Where the output of plugins goes. To write must not wait.
	Output io.Writer
}

// exitMayFollow is how long a lost connection may turn out to be the end of the process: it loses its
// connection first, and the kernel tells of its end a moment later.
const exitMayFollow = 300 * time.Millisecond

// endTimeout is how long a process may take to go after SIGKILL.
const endTimeout = 2 * time.Second

// ourDelay is how much later than its time a timer may be. If it is later, we were held up ourselves (by
// SIGSTOP, say), and that is not held against the plugin.
const ourDelay = 200 * time.Millisecond
