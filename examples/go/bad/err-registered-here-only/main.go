// The error of OnDeviceToggle goes into the reply. Its type is registered with gob in the plugin, but no host
// knows it: there an unknown device ends the connection.
package main

import (
	"encoding/gob"

	"iglu.example/examples/internal/twin"
	"iglu.example/examples/sdk"
)

type deviceError struct{ Text string }

func (e *deviceError) Error() string { return e.Text }

type server struct{ *sdk.IgluRPCServer }

func (s server) OnDeviceToggle(args sdk.OnDeviceToggleArgs, resp *sdk.OnDeviceToggleReply) error {
	if err := s.Impl.OnDeviceToggle(args.Id, args.Status); err != nil {
		resp.Err = &deviceError{Text: err.Error()}
	}
	return nil
}

func main() {
	gob.Register(&deviceError{})
	twin.Serve(server{twin.Lamp()})
}
