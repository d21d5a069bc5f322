// Rate-loop tells how fast go-plugin's own client calls an Iglu plugin: all calls of a file, over and over, with so
// many in flight. It writes one JSON object.
//
//	rate-loop [-in-flight 1] [-repeat 1] <calls.jsonl> <plugin> [argument…]
package main

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"

	"github.com/hashicorp/go-hclog"
	"github.com/hashicorp/go-plugin"

	"iglu.example/examples/sdk"
)

func main() {
	if err := run(flags()); err != nil {
		fmt.Fprintln(os.Stderr, "rate-loop:", err)
		os.Exit(1)
	}
}

func run(o options) error {
	list, err := readCalls(o.file)
	if err != nil {
		return err
	}
	client := plugin.NewClient(&plugin.ClientConfig{
		HandshakeConfig: sdk.Handshake,
		Plugins:         sdk.PluginSet(nil),
		Cmd:             exec.Command(o.command[0], o.command[1:]...),
		Logger:          hclog.NewNullLogger(),
	})
	defer client.Kill()
	iglu, err := load(client)
	if err != nil {
		return err
	}
	result, err := measure(iglu, list, o.inFlight, o.repeat)
	if err != nil {
		return err
	}
	return json.NewEncoder(os.Stdout).Encode(result)
}

// load does what a host does before it calls anything else.
func load(client *plugin.Client) (*sdk.IgluRPC, error) {
	protocol, err := client.Client()
	if err != nil {
		return nil, err
	}
	raw, err := protocol.Dispense(sdk.PluginName)
	if err != nil {
		return nil, err
	}
	iglu := raw.(*sdk.IgluRPC)
	return iglu, iglu.OnLoad()
}
