package main

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"strconv"
	"time"

	"github.com/hashicorp/go-hclog"

	"iglu.example/examples/internal/run"
)

// flags reads the command line, and exits with 2 when it makes no sense.
func flags() run.Settings {
	log := newLog(os.Stderr)
	settings := run.Settings{
		Logger: hclog.New(&hclog.LoggerOptions{Name: "host", Output: log, Level: hclog.Debug}),
		Output: log,
	}
	milliseconds(&settings.PingInterval, "ping-interval", 2_000, "from the answer to a ping to the next ping")
	milliseconds(&settings.PingTimeout, "ping-timeout", 5_000, "how long an answer to a ping may take")
	milliseconds(&settings.CallTimeout, "call-timeout", 10_000, "how long a call may take")
	milliseconds(&settings.StartTimeout, "start-timeout", 60_000, "from the launch to the handshake")
	milliseconds(&settings.StopTimeout, "stop-timeout", 2_000, "from Quit to SIGKILL")
	flag.Parse()
	if flag.NArg() > 0 {
		fmt.Fprintf(os.Stderr, "unexpected argument: %q\n", flag.Arg(0))
		flag.Usage()
		os.Exit(2)
	}
	return settings
}

// milliseconds defines a flag that is a whole number of them.
func milliseconds(to *time.Duration, name string, value int, usage string) {
	*to = time.Duration(value) * time.Millisecond
	usage = fmt.Sprintf("%s, in `ms` (default %d)", usage, value)
	flag.Func(name, usage, func(text string) error {
		ms, err := strconv.ParseInt(text, 10, 32)
		if err != nil || ms <= 0 {
			return errors.New("expected a whole number of milliseconds above 0")
		}
		*to = time.Duration(ms) * time.Millisecond
		return nil
	})
}
