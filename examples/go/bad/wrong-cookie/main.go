// The plugin expects another value of the magic cookie, so it takes its host for a person.
package main

import (
	"iglu.example/examples/internal/twin"
	"iglu.example/examples/sdk"
)

func main() {
	handshake := sdk.Handshake
	handshake.MagicCookieValue = "MzlK0OGpIRt"
	twin.ServeAs(handshake, twin.Lamp())
}
