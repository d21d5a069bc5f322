package sdk

// Post is a message in a channel. CreateAt is in milliseconds since 1970.
type Post struct {
	Id, ChannelId, UserId, Message string
	CreateAt                       int64
	Tags                           []string
	Props                          map[string]string
}

// User is a member of the server. LastSeen is in milliseconds since 1970.
type User struct {
	Id       int64
	Username string
	Roles    []string
	LastSeen int64
	Bot      bool
}

// CommandArgs is a slash command with where it was typed.
type CommandArgs struct {
	Command, UserId, ChannelId, TeamId string
}

// CommandResponse is what is shown for a slash command: to all when Public, else to the user alone.
type CommandResponse struct {
	Text   string
	Public bool
}

// Numbers has a number of every kind.
type Numbers struct {
	I8  int8
	I16 int16
	I32 int32
	I64 int64
	Int int
	U8  uint8
	U16 uint16
	U32 uint32
	U64 uint64
	U   uint
	F32 float32
	F64 float64
}

// Unit is a unit of temperature.
type Unit string

// The units of temperature.
const (
	Celsius    Unit = "celsius"
	Fahrenheit Unit = "fahrenheit"
	Kelvin     Unit = "kelvin"
)

// FileInfo describes a file. Head is at most its first 16 bytes.
type FileInfo struct {
	Size   int
	Head   []byte
	CRC32  uint32
	SHA256 [32]byte
}

// Node is a tree.
type Node struct {
	Name     string
	Weight   float64
	Children []Node
}

// Level says how much a log line matters.
type Level string

// The levels of log lines.
const (
	Debug Level = "debug"
	Info  Level = "info"
	Error Level = "error"
)
