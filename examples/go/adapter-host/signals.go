package main

import (
	"os"
	"os/signal"
	"syscall"
)

// signals passes on what tells us to go: go-plugin leaves it to its host to take the plugins with it.
func signals() <-chan syscall.Signal {
	// A pipe that nobody reads any more would end us by SIGPIPE, and leave the plugins. To ignore the signal would
	// make plugins ignore it as well.
	signal.Notify(make(chan os.Signal, 1), syscall.SIGPIPE)
	received := make(chan os.Signal, 1)
	signal.Notify(received, syscall.SIGTERM, syscall.SIGINT, syscall.SIGHUP)
	number := make(chan syscall.Signal)
	go func() { number <- (<-received).(syscall.Signal) }()
	return number
}
