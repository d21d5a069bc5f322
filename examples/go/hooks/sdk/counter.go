package sdk

import (
	"fmt"
	"net/rpc"

	"github.com/hashicorp/go-plugin"
)

// CounterRPCServer runs in the plugin, for one connection.
type CounterRPCServer struct {
	impl Counter
}

// Add serves Counter.Add.
func (s *CounterRPCServer) Add(delta int64, value *int64) (err error) {
	*value, err = s.impl.Add(delta)
	return err
}

// CounterRPC is the host's side: a Counter that lives in the plugin until it is closed.
type CounterRPC struct {
	client *rpc.Client
}

func dialCounter(broker *plugin.MuxBroker, id uint32) (*CounterRPC, error) {
	conn, err := broker.Dial(id)
	if err != nil {
		return nil, fmt.Errorf("dialing the plugin's counter: %w", err)
	}
	return &CounterRPC{client: rpc.NewClient(conn)}, nil
}

// Add calls Add in the plugin.
func (c *CounterRPC) Add(delta int64) (value int64, err error) {
	err = c.client.Call("Plugin.Add", delta, &value)
	return value, err
}

// Close ends the connection, and with it the counter.
func (c *CounterRPC) Close() error { return c.client.Close() }
