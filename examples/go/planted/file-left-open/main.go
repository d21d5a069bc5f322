// OnDeviceToggle opens the port of the lamps each time that one of its devices is switched on, keeps it, and never
// closes it: one more file descriptor for each such call. Switching off opens nothing.
package main

import (
	"os"
	"sync"

	"iglu.example/examples/internal/lamp"
	"iglu.example/examples/internal/twin"
)

// port stands for a serial port: whatever is written to it is taken.
const port = os.DevNull

type plugin struct {
	*lamp.Lamp
	mu    sync.Mutex
	ports []*os.File
}

func (p *plugin) OnDeviceToggle(id string, status bool) error {
	if err := p.Lamp.OnDeviceToggle(id, status); err != nil {
		return err
	}
	if !status {
		return nil
	}
	file, err := os.OpenFile(port, os.O_WRONLY, 0)
	if err != nil {
		return err
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	// Kept in use: a file that nobody holds is closed by the garbage collector.
	p.ports = append(p.ports, file)
	_, err = file.WriteString(id + " on\n")
	return err
}

func main() { twin.ServeIglu(&plugin{Lamp: lamp.New()}) }
