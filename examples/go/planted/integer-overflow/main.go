// DisplayNames gives every user one of seven colours, by a hash of the user's number: a product that overflows for
// large numbers. Half of those products are negative, and so is their remainder: "index out of range [-1]" ends the
// process. Up to some thousands of millions, all is well.
package main

import (
	"fmt"

	"iglu.example/examples/internal/hooks"
)

var colours = []string{"red", "orange", "yellow", "green", "teal", "blue", "violet"}

// knuth is 2^32 divided by the golden ratio. (For uint32, that is.)
const knuth = 2654435761

type plugin struct{ hooks.Hooks }

func (plugin) DisplayNames(ids []int64) (map[int64]string, error) {
	names := make(map[int64]string, len(ids))
	for _, id := range ids {
		colour := colours[abs(id)*knuth%int64(len(colours))]
		names[id] = fmt.Sprintf("user %d (%s)", id, colour)
	}
	return names, nil
}

func abs(n int64) int64 {
	if n < 0 {
		return -n
	}
	return n
}

func main() { hooks.Serve(plugin{}) }
