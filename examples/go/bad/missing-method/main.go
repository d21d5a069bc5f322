// The server half has no GetManifest. Asked for it with a nil argument, it does not even answer.
package main

import (
	"iglu.example/examples/internal/twin"
	"iglu.example/examples/sdk"
)

// withoutManifest is the server half seen through an interface that lacks GetManifest: net/rpc registers what
// the embedding struct has, and no more.
type withoutManifest interface {
	OnLoad(interface{}, *sdk.OnLoadReply) error
	OnDeviceToggle(sdk.OnDeviceToggleArgs, *sdk.OnDeviceToggleReply) error
	GetDeviceStatus(sdk.GetDeviceStatusArgs, *sdk.GetDeviceStatusReply) error
	GetWebExtensions(interface{}, *sdk.GetWebExtensionsReply) error
	GetPluginConfiguration(interface{}, *sdk.GetPluginConfigurationReply) error
	OnConfigurationUpdate(sdk.OnConfigurationUpdateArgs, *interface{}) error
	GetAvailableDevices(interface{}, *sdk.GetAvailableDevicesReply) error
}

func main() { twin.Serve(struct{ withoutManifest }{twin.Lamp()}) }
