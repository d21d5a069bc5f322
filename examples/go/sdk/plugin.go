package sdk

import (
	"net/rpc"

	"github.com/hashicorp/go-plugin"
)

// PluginName is the name under which an Iglu plugin is dispensed.
const PluginName = "iglu_plugin"

// Handshake has to be the same in the host and in the plugin. It keeps people from running a plugin by
// hand, and is not a security measure.
var Handshake = plugin.HandshakeConfig{
	ProtocolVersion:  1,
	MagicCookieKey:   "IGLU_PLUGIN",
	MagicCookieValue: "MzlK0OGpIRs",
}

// PluginSet is what plugin.ServeConfig and plugin.ClientConfig take as Plugins. A host passes nil.
func PluginSet(impl Iglu) plugin.PluginSet {
	return plugin.PluginSet{PluginName: &IgluPlugin{Impl: impl}}
}

// IgluPlugin implements plugin.Plugin.
type IgluPlugin struct {
	Impl Iglu
}

// Server is called in the plugin, each time that a host dispenses it.
func (p *IgluPlugin) Server(*plugin.MuxBroker) (interface{}, error) {
	return &IgluRPCServer{Impl: p.Impl}, nil
}

// Client is called in the host.
func (*IgluPlugin) Client(_ *plugin.MuxBroker, client *rpc.Client) (interface{}, error) {
	return &IgluRPC{client: client}, nil
}
