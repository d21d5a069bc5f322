package run

import (
	"io"

	"github.com/hashicorp/go-hclog"
)

// ownWords is the logger for go-plugin's own words. go-plugin also reads the plugin's stderr as hclog's JSON, and
// a number where it expects a string would panic (log_entry.go, parseJSON). It does not where the logger named
// after the plugin is off; the lines go to ClientConfig.Stderr all the same.
type ownWords struct {
	hclog.Logger
}

// Named is the logger for a plugin's stderr.
func (ownWords) Named(string) hclog.Logger {
	return hclog.New(&hclog.LoggerOptions{Level: hclog.Off, Output: io.Discard})
}

// stdout takes what the plugin prints. go-plugin copies it from a stream of the connection with io.Copy, which
// leaves the copying to an io.ReaderFrom: so we see when the connection ends, of which go-plugin does not tell.
type stdout struct {
	to  io.Writer
	end chan struct{}
}

func newStdout(to io.Writer) *stdout {
	return &stdout{to: to, end: make(chan struct{})}
}

func (o *stdout) Write(p []byte) (int, error) { return o.to.Write(p) }

// ReadFrom is called once, when the connection is there.
func (o *stdout) ReadFrom(stream io.Reader) (int64, error) {
	defer close(o.end)
	// Only Write: should the other writer have a ReadFrom, it is not meant.
	return io.Copy(struct{ io.Writer }{o.to}, stream)
}
