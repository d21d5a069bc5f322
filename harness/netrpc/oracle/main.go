// Oracle is net/rpc itself: a server and a client over unix sockets. It reads one JSON object a line on stdin, and
// answers each with one on stdout.
package main

import (
	"bufio"
	"encoding/json"
	"io"
	"log"
	"net"
	"net/rpc"
	"os"
)

type command struct {
	Cmd    string          `json:"cmd"`
	Path   string          `json:"path"`
	Method string          `json:"method"`
	Kind   string          `json:"kind"` // of the arguments
	Args   json.RawMessage `json:"args"`
	Into   string          `json:"into"` // kind of the reply
	Count  int             `json:"count"`
}

type answer struct {
	Reply       any    `json:"reply"`
	Error       string `json:"error,omitempty"`
	ServerError bool   `json:"serverError,omitempty"`
}

func main() {
	log.SetOutput(io.Discard)
	input := bufio.NewScanner(os.Stdin)
	input.Buffer(nil, 1<<20)
	output := json.NewEncoder(os.Stdout)
	for input.Scan() {
		var c command
		if err := json.Unmarshal(input.Bytes(), &c); err != nil {
			panic(err)
		}
		if err := output.Encode(run(c)); err != nil {
			panic(err)
		}
	}
}

var client *rpc.Client

func run(c command) answer {
	switch c.Cmd {
	case "listen":
		listener, err := net.Listen("unix", c.Path)
		if err == nil {
			go newServer().Accept(listener)
		}
		return told(err)
	case "dial":
		conn, err := net.Dial("unix", c.Path)
		if err == nil {
			client = rpc.NewClient(conn)
		}
		return told(err)
	case "call":
		return call(c)
	case "burst":
		return burst(c)
	case "close":
		return told(client.Close())
	}
	panic("no such command: " + c.Cmd)
}

func told(err error) answer {
	if err == nil {
		return answer{}
	}
	_, server := err.(rpc.ServerError)
	return answer{Error: err.Error(), ServerError: server}
}
