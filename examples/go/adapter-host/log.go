package main

import (
	"bytes"
	"io"
)

// log writes what it is given from a goroutine of its own. When its reader is slow, or a plugin writes faster than
// anybody reads, something is left out: no plugin can hold up the host by what it writes.
type log struct {
	lines chan []byte
}

// logLength is how many writes may wait for the reader.
const logLength = 1024

func newLog(w io.Writer) *log {
	l := &log{lines: make(chan []byte, logLength)}
	go func() {
		for line := range l.lines {
			_, _ = w.Write(line)
		}
	}()
	return l
}

func (l *log) Write(p []byte) (int, error) {
	select {
	case l.lines <- bytes.Clone(p):
	default:
	}
	return len(p), nil
}
