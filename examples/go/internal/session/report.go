package session

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"net/rpc"
	"sync"
)

// line is what is written about one step. ServerError is true for an error that the plugin answered with,
// after which the connection is as good as before.
type line struct {
	Step        string `json:"step"`
	Args        any    `json:"args,omitempty"`
	Reply       any    `json:"reply,omitempty"`
	Error       string `json:"error,omitempty"`
	ServerError bool   `json:"serverError,omitempty"`
}

// report writes one JSON object a line.
type report struct {
	encoder *json.Encoder
	failed  bool // anything but an answer was seen
}

func newReport(w io.Writer) *report {
	encoder := json.NewEncoder(w)
	encoder.SetEscapeHTML(false)
	return &report{encoder: encoder}
}

func (r *report) step(name string, args, reply any, err error) {
	l := line{Step: name, Args: args}
	if err == nil {
		l.Reply = reply
	} else {
		var serverError rpc.ServerError
		l.ServerError = errors.As(err, &serverError)
		l.Error = err.Error()
		r.failed = r.failed || !l.ServerError
	}
	if err := r.encoder.Encode(l); err != nil {
		r.failed = true
	}
}

// output keeps what the plugin prints on its stdout.
type output struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (o *output) Write(p []byte) (int, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.text.Write(p)
}

func (o *output) String() string {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.text.String()
}
