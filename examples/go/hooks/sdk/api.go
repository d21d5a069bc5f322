package sdk

import (
	"fmt"
	"net/rpc"

	"github.com/hashicorp/go-plugin"
)

// KVSetArgs are the arguments of KVSet, whose reply is a nil interface{}.
type KVSetArgs struct {
	Key   string
	Value []byte
}

// LogArgs are the arguments of Log, whose reply is a nil interface{}.
type LogArgs struct {
	Level   Level
	Message string
	Fields  map[string]string
}

// APIRPCServer runs in the host. Like all that a broker serves, it goes by the name of Plugin.
type APIRPCServer struct {
	impl API
}

// KVGet serves API.KVGet.
func (s *APIRPCServer) KVGet(key string, value *[]byte) (err error) {
	*value, err = s.impl.KVGet(key)
	return err
}

// KVSet serves API.KVSet.
func (s *APIRPCServer) KVSet(args KVSetArgs, _ *any) error {
	return s.impl.KVSet(args.Key, args.Value)
}

// Log serves API.Log.
func (s *APIRPCServer) Log(args LogArgs, _ *any) error {
	return s.impl.Log(args.Level, args.Message, args.Fields)
}

// APIRPC is the plugin's side: an API whose methods run in the host.
type APIRPC struct {
	client *rpc.Client
}

func dialAPI(broker *plugin.MuxBroker, id uint32) (*APIRPC, error) {
	conn, err := broker.Dial(id)
	if err != nil {
		return nil, fmt.Errorf("dialing the host's API: %w", err)
	}
	return &APIRPC{client: rpc.NewClient(conn)}, nil
}

// KVGet calls KVGet in the host.
func (a *APIRPC) KVGet(key string) (value []byte, err error) {
	err = a.client.Call("Plugin.KVGet", key, &value)
	return value, err
}

// KVSet calls KVSet in the host.
func (a *APIRPC) KVSet(key string, value []byte) error {
	return a.client.Call("Plugin.KVSet", KVSetArgs{Key: key, Value: value}, new(any))
}

// Log calls Log in the host.
func (a *APIRPC) Log(level Level, message string, fields map[string]string) error {
	return a.client.Call("Plugin.Log", LogArgs{Level: level, Message: message, Fields: fields}, new(any))
}

// Close ends the connection, and with it the serving in the host.
func (a *APIRPC) Close() error { return a.client.Close() }
