// Command oracle answers for encoding/gob: what Go sends, and what Go makes of what it is sent.
package main

import (
	"fmt"
	"os"
	"strconv"
)

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "oracle:", err)
		os.Exit(1)
	}
}

func run(args []string) error {
	switch {
	case len(args) == 4 && args[0] == "random":
		seed, types, values, err := threeInts(args[1:])
		if err != nil {
			return err
		}
		return random(int64(seed), types, values)
	case len(args) == 1 && args[0] == "cases":
		return printCases()
	case len(args) == 1 && args[0] == "check":
		return checkCases()
	case len(args) == 2 && args[0] == "bytes":
		return printBytes(args[1])
	case len(args) == 1 && args[0] == "compat":
		return printCompat()
	case len(args) == 1 && args[0] == "time":
		return printTimes()
	}
	return fmt.Errorf("usage: oracle random SEED TYPES VALUES | cases | check | bytes CASE | compat | time")
}

func threeInts(args []string) (a, b, c int, err error) {
	var numbers [3]int
	for i, arg := range args {
		if numbers[i], err = strconv.Atoi(arg); err != nil {
			return 0, 0, 0, err
		}
	}
	return numbers[0], numbers[1], numbers[2], nil
}
