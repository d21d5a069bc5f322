package main

import (
	"iglu.example/examples/internal/adapter"
	"iglu.example/examples/internal/calls"
	"iglu.example/examples/internal/jsonform"
	iglu "iglu.example/examples/sdk"
	"iglu.example/examples/seed-host/sdk"
)

// call goes straight to the client, whatever the state, and panics as the client does.
func call(p adapter.CallParams) (adapter.Replied, error) {
	mu.Lock()
	pl, err := find(*p.ID)
	mu.Unlock()
	if err != nil {
		return adapter.Replied{}, err
	}
	read, err := calls.New(*p.Method, p.Args)
	if err != nil {
		return adapter.Replied{}, adapter.Errorf(adapter.BadRequest, "%v", err)
	}
	return adapter.Replied{Reply: jsonform.Encode(reply(pl.Plugin, read))}, nil
}

// reply makes a call, and puts what it gave into the reply that it came in.
func reply(plugin sdk.Iglu, call *calls.Call) any {
	switch call.Method {
	case "GetManifest":
		return sdk.GetManifestReply{Manifest: plugin.GetManifest()}
	case "OnLoad":
		return iglu.OnLoadReply{Err: plugin.OnLoad()}
	case "OnDeviceToggle":
		args := call.Args.(*iglu.OnDeviceToggleArgs)
		return iglu.OnDeviceToggleReply{Err: plugin.OnDeviceToggle(args.Id, args.Status)}
	case "GetDeviceStatus":
		args := call.Args.(*iglu.GetDeviceStatusArgs)
		return iglu.GetDeviceStatusReply{Status: plugin.GetDeviceStatus(args.UniqueID)}
	case "GetWebExtensions":
		return iglu.GetWebExtensionsReply{Extensions: plugin.GetWebExtensions()}
	case "GetPluginConfiguration":
		return iglu.GetPluginConfigurationReply{Configuration: plugin.GetPluginConfiguration()}
	case "GetAvailableDevices":
		return iglu.GetAvailableDevicesReply{Devices: plugin.GetAvailableDevices()}
	default: // OnConfigurationUpdate
		plugin.OnConfigurationUpdate(call.Args.(*iglu.OnConfigurationUpdateArgs).Configuration)
		return nil
	}
}
