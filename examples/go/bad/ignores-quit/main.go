// After Quit, the plugin goes on living instead of returning from main. (It ends by itself after ten minutes,
// so that nothing stays for ever.)
package main

import (
	"time"

	"iglu.example/examples/internal/twin"
)

func main() {
	twin.Serve(twin.Lamp())
	time.Sleep(10 * time.Minute)
}
