// Tells which patterns Go's regexp package compiles: a JSON list of patterns on stdin, a JSON list of booleans on
// stdout.
package main

import (
	"encoding/json"
	"log"
	"os"
	"regexp"
)

func main() {
	var patterns []string
	if err := json.NewDecoder(os.Stdin).Decode(&patterns); err != nil {
		log.Fatal(err)
	}
	compiled := make([]bool, len(patterns))
	for i, pattern := range patterns {
		_, err := regexp.Compile(pattern)
		compiled[i] = err == nil
	}
	if err := json.NewEncoder(os.Stdout).Encode(compiled); err != nil {
		log.Fatal(err)
	}
}
