package adapter

import (
	"bufio"
	"encoding/json"
	"errors"
	"io"
	"sync"
	"time"
	"unicode/utf8"
)

// lastWords is how long a host that is about to exit waits for requests to be answered and written.
const lastWords = time.Second

// Server serves a host's methods. Requests are answered when they can be, in any order.
type Server struct {
	methods map[string]Method
	out     *output
	pending sync.WaitGroup
}

// request is a line that is a request; id is nil in a notification.
type request struct {
	Version string          `json:"jsonrpc"`
	ID      json.RawMessage `json:"id"`
	Method  string          `json:"method"`
	Params  json.RawMessage `json:"params"`
}

type answer struct {
	Version string          `json:"jsonrpc"`
	ID      json.RawMessage `json:"id"`
	Result  any             `json:"result,omitempty"`
	Error   *Error          `json:"error,omitempty"`
}

type notification struct {
	Version string `json:"jsonrpc"`
	Method  string `json:"method"`
	Params  any    `json:"params"`
}

// NewServer makes a server that writes to w. Methods may be added until it serves.
func NewServer(w io.Writer) *Server {
	return &Server{methods: make(map[string]Method), out: newOutput(w)}
}

// Handle adds a method.
func (s *Server) Handle(name string, method Method) { s.methods[name] = method }

// Notify tells of something that nobody asked for. It does not wait.
func (s *Server) Notify(method string, params any) {
	s.out.send(notification{"2.0", method, params})
}

// Serve answers requests until there are no more of them, or nobody reads the answers. The last ones may still
// be worked on then.
func (s *Server) Serve(r io.Reader) {
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		lines := bufio.NewReader(r)
		for {
			line, err := lines.ReadBytes('\n')
			if err != nil {
				return // What comes after the last line feed is no line.
			}
			s.receive(line)
		}
	}()
	select {
	case <-ended:
	case <-s.out.done:
	}
}

// Close waits for the requests that are worked on and for what is to be written, for a second at most.
func (s *Server) Close() {
	timeout := time.After(lastWords)
	answered := make(chan struct{})
	go func() {
		s.pending.Wait()
		close(answered)
	}()
	select {
	case <-answered:
	case <-timeout:
	}
	s.out.close()
	select {
	case <-s.out.done:
	case <-timeout:
	}
}

func (s *Server) receive(line []byte) {
	if !json.Valid(line) || !utf8.Valid(line) {
		s.fail(nil, protocolError(parseError, "the line is no JSON document in UTF-8"))
		return
	}
	var req request
	err := json.Unmarshal(line, &req)
	if !isID(req.ID) {
		s.fail(nil, protocolError(invalidRequest, "the id is neither a string nor a number"))
		return
	}
	if err != nil || req.Version != "2.0" || req.Method == "" {
		s.fail(req.ID, protocolError(invalidRequest, "the line is no request of JSON-RPC 2.0"))
		return
	}
	s.pending.Add(1)
	go func() {
		defer s.pending.Done()
		result, err := s.call(req)
		switch {
		case req.ID == nil:
		case err != nil:
			s.fail(req.ID, err)
		default:
			s.out.send(answer{Version: "2.0", ID: req.ID, Result: result})
		}
	}()
}

// isID tells whether the JSON is an id, or there is none, as in a notification.
func isID(id json.RawMessage) bool {
	return len(id) == 0 || id[0] == '"' || id[0] == '-' || '0' <= id[0] && id[0] <= '9'
}

func (s *Server) call(req request) (any, error) {
	method, ok := s.methods[req.Method]
	if !ok {
		return nil, protocolError(methodNotFound, "there is no method %q", req.Method)
	}
	return method(req.Params)
}

func (s *Server) fail(id json.RawMessage, err error) {
	if id == nil {
		id = json.RawMessage("null")
	}
	var known *Error
	if !errors.As(err, &known) {
		known = Errorf(Other, "%v", err)
	}
	s.out.send(answer{Version: "2.0", ID: id, Error: known})
}
