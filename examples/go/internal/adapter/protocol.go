// Package adapter is the host adapter: a host's operations as JSON-RPC 2.0, one JSON document a line, on its
// stdin and stdout. It has the words of the protocol and the server for it, and knows nothing of plugins.
package adapter

// State is what a host thinks of a plugin.
type State string

// The states of a plugin.
const (
	Stopped State = "Stopped"
	Running State = "Running"
	Crashed State = "Crashed"
)

// Reason is why a plugin is Crashed.
type Reason struct {
	Kind ReasonKind `json:"kind"`
	Text string     `json:"text"`
}

// ReasonKind is how a plugin can crash.
type ReasonKind string

// The kinds of reasons: the process ended; it lives, and only its connection died; it does not answer pings.
const (
	Exit       ReasonKind = "exit"
	Connection ReasonKind = "connection"
	Hang       ReasonKind = "hang"
)

// Plugin is a plugin as it is at one moment.
type Plugin struct {
	ID       string  `json:"id"`
	State    State   `json:"state"`
	Reason   *Reason `json:"reason,omitempty"`
	PID      int     `json:"pid,omitempty"`
	File     string  `json:"file,omitempty"`
	Manifest any     `json:"manifest,omitempty"`
}

// Problem is an entry of a folder that was not loaded.
type Problem struct {
	File    string `json:"file"`
	Message string `json:"message"`
}

// Loaded is the answer to load, Listed the one to list, One the one to start, stop and reload.
type (
	Loaded struct {
		Plugins  []Plugin  `json:"plugins"`
		Problems []Problem `json:"problems"`
	}
	Listed struct {
		Plugins []Plugin `json:"plugins"`
	}
	One struct {
		Plugin Plugin `json:"plugin"`
	}
)

// Replied is the answer to call.
type Replied struct {
	Reply any `json:"reply"`
}

// Nothing is the answer to unload and shutdown.
type Nothing struct{}

// Change is what the notification "state" tells.
type Change struct {
	Plugin Plugin `json:"plugin"`
	From   State  `json:"from"`
}
