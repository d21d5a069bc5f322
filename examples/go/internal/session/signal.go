package session

import (
	"os"
	"os/signal"
	"syscall"
)

// endOnSignal takes the plugin with us when we are told to go: go-plugin leaves that to its host.
func (s *Session) endOnSignal() {
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, os.Interrupt, syscall.SIGTERM)
	go func() {
		<-signals
		s.client.Kill()
		os.Exit(130)
	}()
}
