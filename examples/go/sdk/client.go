package sdk

import "net/rpc"

// IgluRPC is the host's side: an Iglu whose methods run in the plugin. An error is an rpc.ServerError where
// the plugin answered with one; any other says that the connection is of no more use.
type IgluRPC struct {
	client *rpc.Client
}

var _ Iglu = (*IgluRPC)(nil)

// nothing is the argument of the methods that take none.
func nothing() interface{} { return new(interface{}) }

// Call calls a method by its name, with the messages of messages.go: for hosts that want the reply as it was
// sent. An argument of nil stands for none.
func (i *IgluRPC) Call(method string, args, reply interface{}) error {
	if args == nil {
		args = nothing()
	}
	return i.client.Call("Plugin."+method, args, reply)
}

// GetManifest calls Plugin.GetManifest.
func (i *IgluRPC) GetManifest() (PluginManifest, error) {
	var reply GetManifestReply
	err := i.client.Call("Plugin.GetManifest", nothing(), &reply)
	return reply.Manifest, err
}

// OnLoad calls Plugin.OnLoad.
func (i *IgluRPC) OnLoad() error {
	var reply OnLoadReply
	if err := i.client.Call("Plugin.OnLoad", nothing(), &reply); err != nil {
		return err
	}
	return reply.Err
}

// OnDeviceToggle calls Plugin.OnDeviceToggle.
func (i *IgluRPC) OnDeviceToggle(id string, status bool) error {
	var reply OnDeviceToggleReply
	args := OnDeviceToggleArgs{Id: id, Status: status}
	if err := i.client.Call("Plugin.OnDeviceToggle", args, &reply); err != nil {
		return err
	}
	return reply.Err
}

// GetDeviceStatus calls Plugin.GetDeviceStatus.
func (i *IgluRPC) GetDeviceStatus(uniqueID string) (bool, error) {
	var reply GetDeviceStatusReply
	err := i.client.Call("Plugin.GetDeviceStatus", GetDeviceStatusArgs{UniqueID: uniqueID}, &reply)
	return reply.Status, err
}

// GetWebExtensions calls Plugin.GetWebExtensions.
func (i *IgluRPC) GetWebExtensions() ([]WebExtension, error) {
	var reply GetWebExtensionsReply
	err := i.client.Call("Plugin.GetWebExtensions", nothing(), &reply)
	return reply.Extensions, err
}

// GetPluginConfiguration calls Plugin.GetPluginConfiguration.
func (i *IgluRPC) GetPluginConfiguration() ([]PluginConfig, error) {
	var reply GetPluginConfigurationReply
	err := i.client.Call("Plugin.GetPluginConfiguration", nothing(), &reply)
	return reply.Configuration, err
}

// OnConfigurationUpdate calls Plugin.OnConfigurationUpdate.
func (i *IgluRPC) OnConfigurationUpdate(configuration []ConfigKV) error {
	args := OnConfigurationUpdateArgs{Configuration: configuration}
	return i.client.Call("Plugin.OnConfigurationUpdate", args, new(interface{}))
}

// GetAvailableDevices calls Plugin.GetAvailableDevices.
func (i *IgluRPC) GetAvailableDevices() ([]AvailableDevice, error) {
	var reply GetAvailableDevicesReply
	err := i.client.Call("Plugin.GetAvailableDevices", nothing(), &reply)
	return reply.Devices, err
}
