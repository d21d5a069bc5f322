package sdk

// Hooks is what a plugin implements, and what a host gets when it dispenses one.
type Hooks interface {
	// Implemented lists the hooks that the plugin has, sorted.
	Implemented() ([]string, error)

	// MessageWillBePosted may change a post or, by a rejection, keep it from being posted. The author is
	// nil for a post of the system.
	MessageWillBePosted(post Post, author *User) (changed *Post, rejection string, err error)
	// ExecuteCommand answers a slash command.
	ExecuteCommand(args CommandArgs) (CommandResponse, error)
	// CountWords tells how often each word is in a text, in lower case.
	CountWords(text string) (map[string]int64, error)
	// ChannelStats tells how many posts each channel has on each day since 1970.
	ChannelStats(posts []Post) (map[string]map[int64]uint32, error)

	// DisplayNames tells what to call the users with the given numbers.
	DisplayNames(ids []int64) (map[int64]string, error)
	// RankUsers sorts users: who was seen last comes first, equals by name.
	RankUsers(users []User) ([]User, error)
	// HasPermission tells whether one of the user's roles gives the permission.
	HasPermission(user User, permission string) (bool, error)
	// UserHasLoggedIn tells the plugin of a login.
	UserHasLoggedIn(user User) error

	// MergeProps puts updated properties over the old ones, and names those that changed, sorted.
	MergeProps(old, updated map[string]string) (merged map[string]string, changed []string, err error)
	// EchoNumbers returns what it is given.
	EchoNumbers(numbers Numbers) (Numbers, error)
	// Convert turns a temperature of one Unit into another. An unknown unit is an error.
	Convert(value float64, from, to Unit) (float64, error)
	// TransformPoint multiplies a matrix, given by rows, with a point.
	TransformPoint(matrix [3][3]float64, point [3]float64) ([3]float64, error)
	// Digest describes a file.
	Digest(file []byte) (FileInfo, error)
	// MirrorTree turns the order of the children round at every node, and counts the nodes and the levels.
	MirrorTree(root Node) (mirrored Node, nodes, levels int, err error)

	// LogLines logs every line, and tells how many there were.
	LogLines(api API, lines []string) (int, error)
	// SumKeys adds up the decimal numbers that are stored under the keys, and names the keys that are
	// without one, in the order that they were asked for.
	SumKeys(api API, keys []string) (total int64, missing []string, err error)
	// CopyKeys stores the value of each key under the same key with a prefix. It tells how many bytes were
	// copied, and which keys have no value.
	CopyKeys(api API, keys []string, prefix string) (bytes int64, missing []string, err error)
	// OpenCounter returns a counter that lives in the plugin until the host closes it.
	OpenCounter(start int64) (Counter, error)
}

// API is what the server offers to a hook while the hook runs.
type API interface {
	// KVGet reads from the key-value store. A value that was never set is empty.
	KVGet(key string) ([]byte, error)
	// KVSet writes to the key-value store.
	KVSet(key string, value []byte) error
	// Log writes to the server's log.
	Log(level Level, message string, fields map[string]string) error
}

// Counter is a number in the plugin.
type Counter interface {
	// Add adds to the number and returns what it is now.
	Add(delta int64) (int64, error)
	Close() error
}
