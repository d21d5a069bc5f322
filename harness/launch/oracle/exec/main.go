// Says for each path, one a line, whether Go's os/exec, by which go-plugin launches, can start it.
package main

import (
	"fmt"
	"os"
	"os/exec"
)

func main() {
	for _, path := range os.Args[1:] {
		if err := exec.Command(path).Run(); err != nil {
			if _, started := err.(*exec.ExitError); !started {
				fmt.Println(err)
				continue
			}
		}
		fmt.Println("started")
	}
}
