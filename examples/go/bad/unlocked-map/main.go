// OnDeviceToggle writes a map that all calls share, without a lock. One call after the other works. Two at
// once end the process, sooner or later: "fatal error: concurrent map writes".
package main

import (
	"iglu.example/examples/internal/twin"
	"iglu.example/examples/sdk"
)

const minutesOfWeek = 7 * 24 * 60

type server struct {
	*sdk.IgluRPCServer
	plan map[int]bool // what the devices do at which minute of the week
}

func (s server) OnDeviceToggle(args sdk.OnDeviceToggleArgs, resp *sdk.OnDeviceToggleReply) error {
	for minute := range minutesOfWeek {
		s.plan[minute] = args.Status
	}
	return s.IgluRPCServer.OnDeviceToggle(args, resp)
}

func main() { twin.Serve(server{twin.Lamp(), make(map[int]bool)}) }
