// The plugin starts a process of its own, and leaves it behind when it quits. (The child ends by itself after
// two minutes, so that nothing stays for ever.)
package main

import (
	"os"
	"os/exec"
	"time"

	"iglu.example/examples/internal/twin"
)

func main() {
	if len(os.Args) == 2 && os.Args[1] == "watch-bridge" {
		time.Sleep(2 * time.Minute)
		return
	}
	if self, err := os.Executable(); err == nil && twin.HasHost() {
		_ = exec.Command(self, "watch-bridge").Start()
	}
	twin.Serve(twin.Lamp())
}
