// Oracle is a go-plugin host that is asked, line by line, what it makes of a handshake; and what crypto/tls makes of
// a certificate. It reads one JSON object a line on stdin, and answers each with one on stdout.
package main

import (
	"bufio"
	"encoding/json"
	"io"
	"os"
	"time"
)

type question struct {
	// Handshake: the bytes that the plugin prints, and what the host expects.
	Stdout    []byte   `json:"stdout"`
	Versions  []int    `json:"versions"`
	Protocols []string `json:"protocols"`
	MTLS      bool     `json:"mtls"`
	Multiplex bool     `json:"multiplex"`
	TimeoutMS int      `json:"timeoutMs"`
	// Certificate: PEM of a certificate and its key.
	Certificate string `json:"certificate"`
	Key         string `json:"key"`
}

func main() {
	if len(os.Args) == 2 && os.Args[1] == "print" {
		print()
	}
	input := bufio.NewScanner(os.Stdin)
	input.Buffer(nil, 1<<22)
	output := json.NewEncoder(os.Stdout)
	for input.Scan() {
		var q question
		if err := json.Unmarshal(input.Bytes(), &q); err != nil {
			panic(err)
		}
		var answer any
		if q.Certificate != "" {
			answer = certificate([]byte(q.Certificate), []byte(q.Key))
		} else {
			answer = handshake(q)
		}
		if err := output.Encode(answer); err != nil {
			panic(err)
		}
	}
}

// print is the plugin: it prints what is on file descriptor 3, and waits to be killed.
func print() {
	if _, err := io.Copy(os.Stdout, os.NewFile(3, "line")); err != nil {
		panic(err)
	}
	time.Sleep(time.Minute)
	os.Exit(0)
}
