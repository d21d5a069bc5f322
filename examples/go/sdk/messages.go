package sdk

// GetManifestReply is the reply to Plugin.GetManifest.
type GetManifestReply struct {
	Manifest PluginManifest
}

// OnLoadReply is the reply to Plugin.OnLoad. Err stays nil: see IgluRPCServer.
type OnLoadReply struct {
	Err error
}

// OnDeviceToggleArgs are the arguments of Plugin.OnDeviceToggle.
type OnDeviceToggleArgs struct {
	Id     string
	Status bool
}

// OnDeviceToggleReply is the reply to Plugin.OnDeviceToggle. Err stays nil: see IgluRPCServer.
type OnDeviceToggleReply struct {
	Err error
}

// GetDeviceStatusArgs are the arguments of Plugin.GetDeviceStatus.
type GetDeviceStatusArgs struct {
	UniqueID string
}

// GetDeviceStatusReply is the reply to Plugin.GetDeviceStatus.
type GetDeviceStatusReply struct {
	Status bool
}

// GetWebExtensionsReply is the reply to Plugin.GetWebExtensions.
type GetWebExtensionsReply struct {
	Extensions []WebExtension
}

// GetPluginConfigurationReply is the reply to Plugin.GetPluginConfiguration.
type GetPluginConfigurationReply struct {
	Configuration []PluginConfig
}

// OnConfigurationUpdateArgs are the arguments of Plugin.OnConfigurationUpdate, whose reply is a nil
// interface{}.
type OnConfigurationUpdateArgs struct {
	Configuration []ConfigKV
}

// GetAvailableDevicesReply is the reply to Plugin.GetAvailableDevices.
type GetAvailableDevicesReply struct {
	Devices []AvailableDevice
}
