package main

import (
	"flag"
	"fmt"
	"os"
)

// options is what the command line says.
type options struct {
	inFlight int
	repeat   int
	file     string
	command  []string
}

// flags reads the command line, and exits with 2 when it is not as it should be.
func flags() options {
	var o options
	flag.IntVar(&o.inFlight, "in-flight", 1, "how many calls are in flight")
	flag.IntVar(&o.repeat, "repeat", 1, "how often all calls of the file are made")
	flag.Usage = func() {
		fmt.Fprintf(os.Stderr, "usage: %s [options] <calls.jsonl> <plugin> [argument…]\n", os.Args[0])
		flag.PrintDefaults()
	}
	flag.Parse()
	if flag.NArg() < 2 || o.inFlight < 1 || o.repeat < 1 {
		flag.Usage()
		os.Exit(2)
	}
	o.file, o.command = flag.Arg(0), flag.Args()[1:]
	return o
}
