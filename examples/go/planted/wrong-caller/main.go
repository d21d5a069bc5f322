// Convert turns a value into another unit once for all who ask at about the same time: who asks while that is going on
// waits for it, and gets its result. What was asked for is not compared: all but the first get the answer to the first
// one's question. A call that is alone gets its own, and what stays in its unit is answered at once.
package main

import (
	"sync"
	"time"

	"iglu.example/examples/hooks/sdk"
	"iglu.example/examples/internal/hooks"
)

// gathering is how long the first one waits for others.
const gathering = 5 * time.Millisecond

// conversion is one that is going on. Its result is there when done is closed.
type conversion struct {
	done  chan struct{}
	value float64
	err   error
}

type plugin struct {
	hooks.Hooks
	mu      sync.Mutex
	goingOn *conversion
}

func (p *plugin) Convert(value float64, from, to sdk.Unit) (float64, error) {
	if from == to {
		return p.Hooks.Convert(value, from, to)
	}
	p.mu.Lock()
	c := p.goingOn
	isFirst := c == nil
	if isFirst {
		c = &conversion{done: make(chan struct{})}
		p.goingOn = c
	}
	p.mu.Unlock()
	if isFirst {
		p.finish(c, value, from, to)
	}
	<-c.done
	return c.value, c.err
}

func (p *plugin) finish(c *conversion, value float64, from, to sdk.Unit) {
	time.Sleep(gathering)
	p.mu.Lock()
	p.goingOn = nil
	p.mu.Unlock()
	c.value, c.err = p.Hooks.Convert(value, from, to)
	close(c.done)
}

func main() { hooks.Serve(&plugin{}) }
