package main

import (
	"sync"

	"iglu.example/examples/hooks/sdk"
)

// server implements sdk.API. Hooks that run at the same time use it at the same time.
type server struct {
	mu     sync.Mutex
	values map[string][]byte
	lines  []string
}

var _ sdk.API = (*server)(nil)

func newServer(values map[string]string) *server {
	s := &server{values: make(map[string][]byte)}
	for key, value := range values {
		s.values[key] = []byte(value)
	}
	return s
}

func (s *server) KVGet(key string) ([]byte, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.values[key], nil
}

func (s *server) KVSet(key string, value []byte) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.values[key] = value
	return nil
}

func (s *server) Log(level sdk.Level, message string, fields map[string]string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.lines = append(s.lines, string(level)+" "+fields["line"]+": "+message)
	return nil
}
