// OnConfigurationUpdate refuses an empty value with an error, and returns without unlocking its mutex: that call is
// answered, and every later one of this method waits for ever.
package main

import (
	"fmt"
	"sync"

	"iglu.example/examples/internal/lamp"
	"iglu.example/examples/internal/twin"
	"iglu.example/examples/sdk"
)

type plugin struct {
	*lamp.Lamp
	updating sync.Mutex // one update at a time, all of it
}

func (p *plugin) OnConfigurationUpdate(values []sdk.ConfigKV) error {
	p.updating.Lock()
	for _, kv := range values {
		if kv.Value == "" {
			return fmt.Errorf("the value of %q is empty", kv.Key)
		}
	}
	err := p.Lamp.OnConfigurationUpdate(values)
	p.updating.Unlock()
	return err
}

func main() { twin.ServeIglu(&plugin{Lamp: lamp.New()}) }
