package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"

	"iglu.example/examples/internal/calls"
)

// line is a call in the file: {"method": "OnDeviceToggle", "args": {"Id": "lamp-hall", "Status": true}}. The
// arguments have the form of internal/jsonform: a string that is not UTF-8 is {"$string": "<base64>"}.
type line struct {
	Method string          `json:"method"`
	Args   json.RawMessage `json:"args"`
}

// readCalls reads a file of calls, one JSON object a line.
func readCalls(name string) ([]*calls.Call, error) {
	file, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	var list []*calls.Call
	// A decoder, since a line with a long string is more than a scanner takes.
	for decoder := json.NewDecoder(file); ; {
		var l line
		err := decoder.Decode(&l)
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, fmt.Errorf("%s, call %d: %w", name, len(list)+1, err)
		}
		call, err := calls.New(l.Method, l.Args)
		if err != nil {
			return nil, fmt.Errorf("%s, call %d: %w", name, len(list)+1, err)
		}
		list = append(list, call)
	}
	if len(list) == 0 {
		return nil, fmt.Errorf("%s has no calls", name)
	}
	return list, nil
}
