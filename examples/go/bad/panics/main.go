// GetDeviceStatus panics. net/rpc does not recover, so the plugin dies.
package main

import (
	"iglu.example/examples/internal/twin"
	"iglu.example/examples/sdk"
)

type server struct{ *sdk.IgluRPCServer }

func (server) GetDeviceStatus(args sdk.GetDeviceStatusArgs, _ *sdk.GetDeviceStatusReply) error {
	panic("the bridge is not connected: " + args.UniqueID)
}

func main() { twin.Serve(server{twin.Lamp()}) }
