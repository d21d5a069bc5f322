// Command yamux-oracle runs hashicorp/yamux itself at one end of a unix socket, driven by JSON lines on stdin:
//
//	{"id":1,"cmd":"send","stream":3,"bytes":1024}
//
// Each command runs in a goroutine of its own and is answered by one JSON line on stdout. It ends with its stdin.
package main

import (
	"bufio"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"hash"
	"io"
	"math/rand"
	"net"
	"os"
	"sync"
	"time"

	"github.com/hashicorp/yamux"
)

type command struct {
	ID     int    `json:"id"`
	Cmd    string `json:"cmd"`
	Stream uint32 `json:"stream"`
	// send: how many to send; recv: how many to read, 0 for all until EOF.
	Bytes int64 `json:"bytes"`
	// recv: how many to ask for at a time, and how long to wait between.
	Chunk   int   `json:"chunk"`
	DelayMs int   `json:"delayMs"`
	Seed    int64 `json:"seed"`
}

type answer struct {
	ID      int     `json:"id"`
	Error   string  `json:"error,omitempty"`
	Stream  uint32  `json:"stream,omitempty"`
	Bytes   int64   `json:"bytes"`
	Sha256  string  `json:"sha256,omitempty"`
	Ms      float64 `json:"ms,omitempty"`
	Streams int     `json:"streams"`
}

type oracle struct {
	session *yamux.Session
	lock    sync.Mutex
	streams map[uint32]*yamux.Stream
}

func main() {
	dial := flag.String("dial", "", "unix socket to connect to")
	role := flag.String("role", "server", "yamux role: client or server")
	backlog := flag.Int("backlog", 256, "AcceptBacklog")
	closeTimeout := flag.Duration("close-timeout", 5*time.Minute, "StreamCloseTimeout: a half-closed stream is reset after it")
	keepAlive := flag.Duration("keep-alive", 0, "KeepAliveInterval; 0: off")
	flag.Parse()

	conn, err := net.Dial("unix", *dial)
	if err != nil {
		fail(err)
	}
	config := yamux.DefaultConfig()
	config.AcceptBacklog = *backlog
	config.StreamCloseTimeout = *closeTimeout
	config.EnableKeepAlive = *keepAlive > 0
	if *keepAlive > 0 {
		config.KeepAliveInterval = *keepAlive
	}
	start := yamux.Server
	if *role == "client" {
		start = yamux.Client
	}
	session, err := start(conn, config)
	if err != nil {
		fail(err)
	}
	(&oracle{session: session, streams: map[uint32]*yamux.Stream{}}).serve(os.Stdin, os.Stdout)
}

func fail(err error) {
	fmt.Fprintln(os.Stderr, err)
	os.Exit(1)
}

func (o *oracle) serve(in io.Reader, out io.Writer) {
	var writeLock sync.Mutex
	encoder := json.NewEncoder(out)
	lines := bufio.NewScanner(in)
	for lines.Scan() {
		var c command
		if err := json.Unmarshal(lines.Bytes(), &c); err != nil {
			fail(err)
		}
		go func() {
			a, err := o.run(c)
			a.ID = c.ID
			if err != nil {
				a.Error = err.Error()
			}
			writeLock.Lock()
			defer writeLock.Unlock()
			_ = encoder.Encode(a)
		}()
	}
}

func (o *oracle) run(c command) (answer, error) {
	switch c.Cmd {
	case "open":
		stream, err := o.session.OpenStream()
		return o.keep(stream, err)
	case "accept":
		stream, err := o.session.AcceptStream()
		return o.keep(stream, err)
	case "ping":
		rtt, err := o.session.Ping()
		return answer{Ms: float64(rtt) / float64(time.Millisecond)}, err
	case "goAway":
		return answer{}, o.session.GoAway()
	case "close":
		return answer{}, o.session.Close()
	case "closed":
		<-o.session.CloseChan()
		return answer{}, nil
	case "streams":
		return answer{Streams: o.session.NumStreams()}, nil
	}
	o.lock.Lock()
	stream := o.streams[c.Stream]
	o.lock.Unlock()
	if stream == nil {
		return answer{}, fmt.Errorf("no stream %d", c.Stream)
	}
	switch c.Cmd {
	case "send":
		return send(stream, c)
	case "recv":
		return receive(stream, c)
	case "echo":
		n, err := io.Copy(stream, stream)
		return answer{Bytes: n}, errors.Join(err, stream.Close())
	case "closeStream":
		return answer{}, stream.Close()
	}
	return answer{}, fmt.Errorf("no command %q", c.Cmd)
}

func (o *oracle) keep(stream *yamux.Stream, err error) (answer, error) {
	if err != nil {
		return answer{}, err
	}
	o.lock.Lock()
	defer o.lock.Unlock()
	o.streams[stream.StreamID()] = stream
	return answer{Stream: stream.StreamID()}, nil
}

func send(stream *yamux.Stream, c command) (answer, error) {
	random := rand.New(rand.NewSource(c.Seed))
	sum := sha256.New()
	a := answer{}
	buffer := make([]byte, 300_000)
	random.Read(buffer)
	for a.Bytes < c.Bytes {
		// Odd sizes, so that frames and reads do not fall together.
		part := buffer[:min(int64(1+random.Intn(len(buffer))), c.Bytes-a.Bytes)]
		n, err := stream.Write(part)
		sum.Write(part[:n])
		a.Bytes += int64(n)
		if err != nil {
			return a, err
		}
	}
	a.Sha256 = digest(sum)
	return a, nil
}

func receive(stream *yamux.Stream, c command) (answer, error) {
	sum := sha256.New()
	a := answer{}
	if c.Chunk == 0 {
		c.Chunk = 64 * 1024
	}
	buffer := make([]byte, c.Chunk)
	for c.Bytes == 0 || a.Bytes < c.Bytes {
		part := buffer
		if c.Bytes > 0 && c.Bytes-a.Bytes < int64(len(part)) {
			part = part[:c.Bytes-a.Bytes]
		}
		n, err := stream.Read(part)
		sum.Write(part[:n])
		a.Bytes += int64(n)
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return a, err
		}
		time.Sleep(time.Duration(c.DelayMs) * time.Millisecond)
	}
	a.Sha256 = digest(sum)
	return a, nil
}

func digest(sum hash.Hash) string {
	return hex.EncodeToString(sum.Sum(nil))
}
