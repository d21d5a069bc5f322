// OnDeviceToggle writes the plan of the day into a map that all calls share, without a lock, when one of its devices
// is switched on. Two devices that are switched on at once end the process: "fatal error: concurrent map writes".
// Switching off, and devices that it does not have, touch no map.
package main

import (
	"iglu.example/examples/internal/lamp"
	"iglu.example/examples/internal/twin"
)

const secondsOfDay = 24 * 60 * 60

type plugin struct {
	*lamp.Lamp
	plan map[int]string // the device that was last meant to be on, by the second of the day
}

func (p *plugin) OnDeviceToggle(id string, status bool) error {
	if err := p.Lamp.OnDeviceToggle(id, status); err != nil {
		return err
	}
	if !status {
		return nil
	}
	for second := range secondsOfDay {
		p.plan[second] = id
	}
	return nil
}

func main() {
	twin.ServeIglu(&plugin{Lamp: lamp.New(), plan: make(map[int]string)})
}
