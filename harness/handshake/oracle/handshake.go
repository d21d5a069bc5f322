package main

import (
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"time"

	"github.com/hashicorp/go-hclog"
	"github.com/hashicorp/go-plugin"
)

type verdict struct {
	Error    string `json:"error,omitempty"` // why the host refused
	Panic    string `json:"panic,omitempty"` // what the host died of
	Network  string `json:"network,omitempty"`
	Address  string `json:"address,omitempty"`
	Version  int    `json:"version"`
	Protocol string `json:"protocol,omitempty"`
	// Dial is why nobody could be reached at a unix address that the host took.
	Dial string `json:"dial,omitempty"`
}

// handshake asks go-plugin's own client.
func handshake(q question) (v verdict) {
	command := exec.Command(os.Args[0], "print")
	read, write, err := os.Pipe()
	if err != nil {
		panic(err)
	}
	defer read.Close()
	command.ExtraFiles = []*os.File{read}
	go func() {
		defer write.Close()
		_, _ = write.Write(q.Stdout)
	}()
	versions := make(map[int]plugin.PluginSet)
	for _, version := range q.Versions {
		versions[version] = plugin.PluginSet{}
	}
	var protocols []plugin.Protocol
	for _, protocol := range q.Protocols {
		protocols = append(protocols, plugin.Protocol(protocol))
	}
	client := plugin.NewClient(&plugin.ClientConfig{
		HandshakeConfig:     plugin.HandshakeConfig{MagicCookieKey: "ORACLE", MagicCookieValue: "oracle"},
		VersionedPlugins:    versions,
		AllowedProtocols:    protocols,
		AutoMTLS:            q.MTLS,
		GRPCBrokerMultiplex: q.Multiplex,
		Cmd:                 command,
		StartTimeout:        time.Duration(q.TimeoutMS) * time.Millisecond,
		Logger:              hclog.New(&hclog.LoggerOptions{Output: io.Discard}),
	})
	// Not client.Kill: it would connect to the address first.
	defer func() {
		if command.Process != nil {
			_ = command.Process.Kill()
		}
		if died := recover(); died != nil {
			v = verdict{Panic: fmt.Sprint(died)}
		}
	}()
	address, err := client.Start()
	if err != nil {
		return verdict{Error: err.Error()}
	}
	v = verdict{
		Network:  address.Network(),
		Address:  address.String(),
		Version:  client.NegotiatedVersion(),
		Protocol: string(client.Protocol()),
	}
	if v.Network == "unix" {
		if conn, err := net.Dial("unix", v.Address); err != nil {
			v.Dial = err.Error()
		} else {
			_ = conn.Close()
		}
	}
	return v
}
