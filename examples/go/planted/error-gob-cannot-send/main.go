// OnDeviceToggle refuses to switch on what is on already, by an error in the reply. gob cannot send an
// *errors.errorString in an interface: the second time that a device is switched on ends the connection, while the
// process lives on. All other errors go through net/rpc, as they should.
package main

import (
	"errors"

	"iglu.example/examples/internal/twin"
	"iglu.example/examples/sdk"
)

var errIsOn = errors.New("the device is on already")

type server struct{ *sdk.IgluRPCServer }

func (s server) OnDeviceToggle(args sdk.OnDeviceToggleArgs, resp *sdk.OnDeviceToggleReply) error {
	isOn, err := s.Impl.GetDeviceStatus(args.Id)
	if err != nil {
		return err
	}
	if isOn && args.Status {
		resp.Err = errIsOn
		return nil
	}
	return s.Impl.OnDeviceToggle(args.Id, args.Status)
}

func main() { twin.Serve(server{twin.Lamp()}) }
