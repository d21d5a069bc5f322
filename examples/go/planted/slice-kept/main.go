// Implemented gives out the list that the plugin keeps. ExecuteCommand, for a command that is blank, shows the same
// hooks with the shortest first, and sorts the list that is kept to do so: from then on, Implemented answers in another
// order than before.
package main

import (
	"cmp"
	"slices"
	"strings"
	"sync"

	"iglu.example/examples/hooks/sdk"
	"iglu.example/examples/internal/hooks"
)

type plugin struct {
	hooks.Hooks
	mu    sync.Mutex
	names []string
}

func (p *plugin) Implemented() ([]string, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.names, nil
}

func (p *plugin) ExecuteCommand(args sdk.CommandArgs) (sdk.CommandResponse, error) {
	if strings.TrimSpace(args.Command) != "" {
		return p.Hooks.ExecuteCommand(args)
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	shortest := p.names
	slices.SortFunc(shortest, func(a, b string) int {
		return cmp.Or(cmp.Compare(len(a), len(b)), cmp.Compare(a, b))
	})
	return sdk.CommandResponse{Text: "Hooks: " + strings.Join(shortest, ", ")}, nil
}

func main() {
	p := &plugin{}
	p.names, _ = p.Hooks.Implemented()
	hooks.Serve(p)
}
