// GetDeviceStatus replies with a word, where the interface has a bool.
package main

import (
	"iglu.example/examples/internal/twin"
	"iglu.example/examples/sdk"
)

// GetDeviceStatusReply has the name and the field of the interface, but not its kind.
type GetDeviceStatusReply struct{ Status string }

type server struct{ *sdk.IgluRPCServer }

func (s server) GetDeviceStatus(args sdk.GetDeviceStatusArgs, resp *GetDeviceStatusReply) error {
	on, err := s.Impl.GetDeviceStatus(args.UniqueID)
	if err != nil {
		return err
	}
	resp.Status = "off"
	if on {
		resp.Status = "on"
	}
	return nil
}

func main() { twin.Serve(server{twin.Lamp()}) }
