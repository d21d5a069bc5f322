package adapter

import (
	"bytes"
	"encoding/json"
	"io"
	"sync"
)

// output writes documents in the order in which they were sent. To send never waits, so that a reader who is
// slow, or gone, keeps the host from nothing.
type output struct {
	mu     sync.Mutex
	queue  [][]byte
	wake   chan struct{}
	closed bool
	done   chan struct{}
}

func newOutput(w io.Writer) *output {
	o := &output{wake: make(chan struct{}, 1), done: make(chan struct{})}
	go o.write(w)
	return o
}

func (o *output) send(document any) {
	var line bytes.Buffer
	encoder := json.NewEncoder(&line)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(document); err != nil {
		panic(err) // All documents are made of what JSON can say.
	}
	o.mu.Lock()
	defer o.mu.Unlock()
	if !o.closed {
		o.queue = append(o.queue, line.Bytes())
		o.signal()
	}
}

// close has what was sent written, and no more. done is closed then, or when nobody reads any more.
func (o *output) close() {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.closed = true
	o.signal()
}

func (o *output) signal() {
	select {
	case o.wake <- struct{}{}:
	default:
	}
}

func (o *output) write(w io.Writer) {
	defer close(o.done)
	for range o.wake {
		o.mu.Lock()
		lines, closed := o.queue, o.closed
		o.queue = nil
		o.mu.Unlock()
		for _, line := range lines {
			if _, err := w.Write(line); err != nil {
				return
			}
		}
		if closed {
			return
		}
	}
}
