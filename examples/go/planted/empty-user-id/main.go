// OnConfigurationUpdate counts what users change by the first letter of their ids. A setting that belongs to no user
// has an empty UserID, which has no first letter: "index out of range [0] with length 0" ends the process.
package main

import (
	"sync/atomic"

	"iglu.example/examples/internal/lamp"
	"iglu.example/examples/internal/twin"
	"iglu.example/examples/sdk"
)

type plugin struct {
	*lamp.Lamp
	changes [256]atomic.Int64
}

func (p *plugin) OnConfigurationUpdate(values []sdk.ConfigKV) error {
	for _, kv := range values {
		p.changes[kv.UserID[0]].Add(1)
	}
	return p.Lamp.OnConfigurationUpdate(values)
}

func main() { twin.ServeIglu(&plugin{Lamp: lamp.New()}) }
