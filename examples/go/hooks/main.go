// Hooks is a plugin for a chat server: many hooks, with values of every shape that gob can send, some of which
// call the server back.
package main

import "iglu.example/examples/internal/hooks"

func main() { hooks.Serve(hooks.Hooks{}) }
