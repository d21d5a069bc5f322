package sdk

// IgluRPCServer runs in the plugin and passes the host's calls on to Impl.
//
// Errors are returned to net/rpc, which sends their text. They are never put into the Err of a reply: that
// is an interface, gob can send only types which both sides have registered, and an Iglu host registers
// none. An error in it would end the connection.
type IgluRPCServer struct {
	Impl Iglu
}

// GetManifest serves Iglu.GetManifest.
func (s *IgluRPCServer) GetManifest(_ interface{}, resp *GetManifestReply) (err error) {
	resp.Manifest, err = s.Impl.GetManifest()
	return err
}

// OnLoad serves Iglu.OnLoad.
func (s *IgluRPCServer) OnLoad(_ interface{}, _ *OnLoadReply) error {
	return s.Impl.OnLoad()
}

// OnDeviceToggle serves Iglu.OnDeviceToggle.
func (s *IgluRPCServer) OnDeviceToggle(args OnDeviceToggleArgs, _ *OnDeviceToggleReply) error {
	return s.Impl.OnDeviceToggle(args.Id, args.Status)
}

// GetDeviceStatus serves Iglu.GetDeviceStatus.
func (s *IgluRPCServer) GetDeviceStatus(args GetDeviceStatusArgs, resp *GetDeviceStatusReply) (err error) {
	resp.Status, err = s.Impl.GetDeviceStatus(args.UniqueID)
	return err
}

// GetWebExtensions serves Iglu.GetWebExtensions.
func (s *IgluRPCServer) GetWebExtensions(_ interface{}, resp *GetWebExtensionsReply) (err error) {
	resp.Extensions, err = s.Impl.GetWebExtensions()
	return err
}

// GetPluginConfiguration serves Iglu.GetPluginConfiguration.
func (s *IgluRPCServer) GetPluginConfiguration(_ interface{}, resp *GetPluginConfigurationReply) (err error) {
	resp.Configuration, err = s.Impl.GetPluginConfiguration()
	return err
}

// OnConfigurationUpdate serves Iglu.OnConfigurationUpdate.
func (s *IgluRPCServer) OnConfigurationUpdate(args OnConfigurationUpdateArgs, _ *interface{}) error {
	return s.Impl.OnConfigurationUpdate(args.Configuration)
}

// GetAvailableDevices serves Iglu.GetAvailableDevices.
func (s *IgluRPCServer) GetAvailableDevices(_ interface{}, resp *GetAvailableDevicesReply) (err error) {
	resp.Devices, err = s.Impl.GetAvailableDevices()
	return err
}
