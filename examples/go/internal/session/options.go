package session

import (
	"flag"
	"fmt"
	"os"
	"strings"
	"time"
)

// Options is what the command line of a host says.
type Options struct {
	MTLS    bool
	Timeout time.Duration
	Bursts  int
	Only    []string // the methods to call; empty: all of them
	Command []string
}

// Flags reads the command line, and exits with 2 when it names no plugin.
func Flags() Options {
	var o Options
	flag.BoolVar(&o.MTLS, "mtls", false, "ask the plugin for AutoMTLS")
	flag.DurationVar(&o.Timeout, "timeout", 5*time.Second, "how long each step may take")
	flag.IntVar(&o.Bursts, "bursts", 1, "how many times to have 32 calls in flight")
	flag.Func("only", "the methods to call, with commas between them (default all)", func(names string) error {
		o.Only = strings.Split(names, ",")
		return nil
	})
	flag.Usage = func() {
		fmt.Fprintf(os.Stderr, "usage: %s [options] <plugin> [argument…]\n", os.Args[0])
		flag.PrintDefaults()
	}
	flag.Parse()
	if o.Command = flag.Args(); len(o.Command) == 0 {
		flag.Usage()
		os.Exit(2)
	}
	return o
}
