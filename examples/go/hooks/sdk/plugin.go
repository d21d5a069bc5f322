// Package sdk is the interface between a chat server and its plugins, in the manner of Mattermost: the server
// calls a plugin's hooks, and serves an API that a hook can call back while it runs.
package sdk

import (
	"net/rpc"

	"github.com/hashicorp/go-plugin"
)

// PluginName is the name under which the hooks are dispensed.
const PluginName = "hooks"

// Handshake has to be the same in the host and in the plugin.
var Handshake = plugin.HandshakeConfig{
	ProtocolVersion:  1,
	MagicCookieKey:   "HOOKS_PLUGIN",
	MagicCookieValue: "b5vDLm7wGcZ0",
}

// PluginSet is what plugin.ServeConfig and plugin.ClientConfig take as Plugins. A host passes nil.
func PluginSet(impl Hooks) plugin.PluginSet {
	return plugin.PluginSet{PluginName: &HooksPlugin{Impl: impl}}
}

// HooksPlugin implements plugin.Plugin. Both halves keep the broker, to make connections beside the one that
// the hooks are called on.
type HooksPlugin struct {
	Impl Hooks
}

// Server is called in the plugin, each time that a host dispenses it.
func (p *HooksPlugin) Server(broker *plugin.MuxBroker) (any, error) {
	return &HooksRPCServer{impl: p.Impl, broker: broker}, nil
}

// Client is called in the host.
func (*HooksPlugin) Client(broker *plugin.MuxBroker, client *rpc.Client) (any, error) {
	return &HooksRPC{client: client, broker: broker}, nil
}
