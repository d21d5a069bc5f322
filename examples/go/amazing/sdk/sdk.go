// Package sdk is the smallest interface that an Iglu host and its plugins can share: the manifest.
package sdk

import (
	"net/rpc"

	"github.com/hashicorp/go-plugin"
)

// Iglu is the interface that we're exposing as a plugin.
type Iglu interface {
	GetManifest() PluginManifest
}

// PluginManifest is used to describe the plugin's id, name, author, version, etc.
type PluginManifest struct {
	Id, Name, Author, Version string
}

// GetManifestReply is the reply to Plugin.GetManifest.
type GetManifestReply struct {
	Manifest PluginManifest
}

// IgluPlugin is the implementation of plugin.Plugin.
type IgluPlugin struct {
	Impl Iglu
}

// Server is called in the plugin.
func (p *IgluPlugin) Server(*plugin.MuxBroker) (interface{}, error) {
	return &IgluRPCServer{Impl: p.Impl}, nil
}

// Client is called in the host.
func (IgluPlugin) Client(_ *plugin.MuxBroker, c *rpc.Client) (interface{}, error) {
	return &IgluRPC{client: c}, nil
}

// IgluRPCServer is the implementation of the interface, running in the plugin.
type IgluRPCServer struct {
	Impl Iglu
}

// GetManifest passes the answer of the plugin back to the host.
func (s *IgluRPCServer) GetManifest(args interface{}, resp *GetManifestReply) error {
	resp.Manifest = s.Impl.GetManifest()
	return nil
}

// IgluRPC is what the host uses to talk to the plugin.
type IgluRPC struct {
	client *rpc.Client
}

// GetManifest asks the plugin. It returns an error, where a panic would make the plugin's death the host's.
func (i *IgluRPC) GetManifest() (PluginManifest, error) {
	var reply GetManifestReply
	err := i.client.Call("Plugin.GetManifest", new(interface{}), &reply)
	return reply.Manifest, err
}
