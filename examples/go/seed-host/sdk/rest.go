package sdk

import iglu "iglu.example/examples/sdk"

// Rest is the rest of the interface, each method in the manner of the text's GetManifest: "for every function we
// want our plugin to implement, we need to make these two implementations". Only the host's is here.
type Rest interface {
	OnLoad() error
	OnDeviceToggle(id string, status bool) error
	GetDeviceStatus(uniqueID string) bool
	GetWebExtensions() []iglu.WebExtension
	GetPluginConfiguration() []iglu.PluginConfig
	OnConfigurationUpdate(configuration []iglu.ConfigKV)
	GetAvailableDevices() []iglu.AvailableDevice
}

func (i *IgluRPC) OnLoad() error {
	rep := iglu.OnLoadReply{}
	err := i.client.Call("Plugin.OnLoad", new(interface{}), &rep)
	if err != nil {
		panic(err)
	}
	return rep.Err
}

func (i *IgluRPC) OnDeviceToggle(id string, status bool) error {
	rep := iglu.OnDeviceToggleReply{}
	err := i.client.Call("Plugin.OnDeviceToggle", iglu.OnDeviceToggleArgs{Id: id, Status: status}, &rep)
	if err != nil {
		panic(err)
	}
	return rep.Err
}

func (i *IgluRPC) GetDeviceStatus(uniqueID string) bool {
	rep := iglu.GetDeviceStatusReply{}
	err := i.client.Call("Plugin.GetDeviceStatus", iglu.GetDeviceStatusArgs{UniqueID: uniqueID}, &rep)
	if err != nil {
		panic(err)
	}
	return rep.Status
}

func (i *IgluRPC) GetWebExtensions() []iglu.WebExtension {
	rep := iglu.GetWebExtensionsReply{}
	err := i.client.Call("Plugin.GetWebExtensions", new(interface{}), &rep)
	if err != nil {
		panic(err)
	}
	return rep.Extensions
}

func (i *IgluRPC) GetPluginConfiguration() []iglu.PluginConfig {
	rep := iglu.GetPluginConfigurationReply{}
	err := i.client.Call("Plugin.GetPluginConfiguration", new(interface{}), &rep)
	if err != nil {
		panic(err)
	}
	return rep.Configuration
}

func (i *IgluRPC) OnConfigurationUpdate(configuration []iglu.ConfigKV) {
	args := iglu.OnConfigurationUpdateArgs{Configuration: configuration}
	err := i.client.Call("Plugin.OnConfigurationUpdate", args, new(interface{}))
	if err != nil {
		panic(err)
	}
}

func (i *IgluRPC) GetAvailableDevices() []iglu.AvailableDevice {
	rep := iglu.GetAvailableDevicesReply{}
	err := i.client.Call("Plugin.GetAvailableDevices", new(interface{}), &rep)
	if err != nil {
		panic(err)
	}
	return rep.Devices
}
