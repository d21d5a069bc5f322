// MergeProps copies the old properties where there are any, and puts the updated ones into the copy. Where nothing is
// old there is no copy: an update of nothing ends the process by "assignment to entry in nil map".
package main

import (
	"maps"
	"slices"

	"iglu.example/examples/internal/hooks"
)

type plugin struct{ hooks.Hooks }

func (plugin) MergeProps(old, updated map[string]string) (merged map[string]string, changed []string, err error) {
	if len(old) > 0 {
		merged = maps.Clone(old)
	}
	for key, value := range updated {
		if before, had := old[key]; had && before == value {
			continue
		}
		changed = append(changed, key)
		merged[key] = value
	}
	slices.Sort(changed)
	return merged, changed, nil
}

func main() { hooks.Serve(plugin{}) }
