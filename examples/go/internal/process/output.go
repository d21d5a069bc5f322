package process

import (
	"bytes"
	"errors"
	"io"
	"os"
)

// longestLine is less than what go-plugin's scanner takes (bufio.MaxScanTokenSize). At a longer line it would
// stop reading stdout for good, and the plugin would stand still once the pipe is full.
const longestLine = 32 * 1024

// output is one of the pipes that a process writes to.
type output struct {
	*os.File
	sinceNewline int
}

func newOutput(file *os.File) *output { return &output{File: file} }

// Read breaks lines that are too long, at the cost of a byte, and ends with io.EOF when we close the pipe.
func (o *output) Read(p []byte) (int, error) {
	n, err := o.File.Read(p[:min(len(p), longestLine)])
	if last := bytes.LastIndexByte(p[:n], '\n'); last >= 0 {
		o.sinceNewline = n - last - 1
	} else if o.sinceNewline += n; o.sinceNewline > longestLine {
		p[n-1] = '\n'
		o.sinceNewline = 0
	}
	if errors.Is(err, os.ErrClosed) {
		err = io.EOF
	}
	return n, err
}
