// The error of OnDeviceToggle goes into the reply. gob cannot send an *errors.errorString in an interface, so
// an unknown device ends the connection, while the process lives on.
package main

import (
	"errors"

	"iglu.example/examples/internal/twin"
	"iglu.example/examples/sdk"
)

type server struct{ *sdk.IgluRPCServer }

func (s server) OnDeviceToggle(args sdk.OnDeviceToggleArgs, resp *sdk.OnDeviceToggleReply) error {
	if err := s.Impl.OnDeviceToggle(args.Id, args.Status); err != nil {
		resp.Err = errors.New(err.Error())
	}
	return nil
}

func main() { twin.Serve(server{twin.Lamp()}) }
