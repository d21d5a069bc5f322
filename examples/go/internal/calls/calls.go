// Package calls makes calls of the Iglu interface out of the name of a method and JSON.
package calls

import (
	"encoding/json"
	"fmt"

	"iglu.example/examples/internal/jsonform"
	"iglu.example/examples/sdk"
)

// Call is one call, ready to be sent.
type Call struct {
	Method string
	Args   any // nil where the method takes none
	// Reply points to where the reply will be.
	Reply any
}

// messages makes the arguments and the reply of a method.
type messages func() (args, reply any)

var methods = map[string]messages{
	"GetManifest": func() (any, any) { return nil, new(sdk.GetManifestReply) },
	"OnLoad":      func() (any, any) { return nil, new(sdk.OnLoadReply) },
	"OnDeviceToggle": func() (any, any) {
		return new(sdk.OnDeviceToggleArgs), new(sdk.OnDeviceToggleReply)
	},
	"GetDeviceStatus": func() (any, any) {
		return new(sdk.GetDeviceStatusArgs), new(sdk.GetDeviceStatusReply)
	},
	"GetWebExtensions":       func() (any, any) { return nil, new(sdk.GetWebExtensionsReply) },
	"GetPluginConfiguration": func() (any, any) { return nil, new(sdk.GetPluginConfigurationReply) },
	"OnConfigurationUpdate": func() (any, any) {
		return new(sdk.OnConfigurationUpdateArgs), new(interface{})
	},
	"GetAvailableDevices": func() (any, any) { return nil, new(sdk.GetAvailableDevicesReply) },
}

// New makes a call. It fails when the interface has no such method, or when the arguments are not its own.
func New(method string, args json.RawMessage) (*Call, error) {
	make, ok := methods[method]
	if !ok {
		return nil, fmt.Errorf("the interface has no method %q", method)
	}
	call := &Call{Method: method}
	call.Args, call.Reply = make()
	none := len(args) == 0 || string(args) == "null"
	if call.Args == nil {
		if !none {
			return nil, fmt.Errorf("%s takes no arguments", method)
		}
		return call, nil
	}
	if none {
		return nil, fmt.Errorf("%s takes arguments of type %T", method, call.Args)
	}
	if err := jsonform.Decode(args, call.Args); err != nil {
		return nil, fmt.Errorf("the arguments of %s: %w", method, err)
	}
	return call, nil
}

// JSON gives the reply that came.
func (c *Call) JSON() any { return jsonform.Encode(c.Reply) }
