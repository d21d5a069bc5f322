package sdk

// What travels for a hook with more than one argument or result. The others send their one value as it is.
// An API and a Counter travel as the broker id under which they are served.

// MessageWillBePostedArgs are the arguments of Plugin.MessageWillBePosted.
type MessageWillBePostedArgs struct {
	Post   Post
	Author *User
}

// MessageWillBePostedReply is the reply to Plugin.MessageWillBePosted. Post is nil for no change.
type MessageWillBePostedReply struct {
	Post      *Post
	Rejection string
}

// HasPermissionArgs are the arguments of Plugin.HasPermission.
type HasPermissionArgs struct {
	User       User
	Permission string
}

// MergePropsArgs are the arguments of Plugin.MergeProps.
type MergePropsArgs struct {
	Old, Updated map[string]string
}

// MergePropsReply is the reply to Plugin.MergeProps.
type MergePropsReply struct {
	Props   map[string]string
	Changed []string
}

// ConvertArgs are the arguments of Plugin.Convert.
type ConvertArgs struct {
	Value    float64
	From, To Unit
}

// TransformPointArgs are the arguments of Plugin.TransformPoint.
type TransformPointArgs struct {
	Matrix [3][3]float64
	Point  [3]float64
}

// MirrorTreeReply is the reply to Plugin.MirrorTree.
type MirrorTreeReply struct {
	Root          Node
	Nodes, Levels int
}

// LogLinesArgs are the arguments of Plugin.LogLines.
type LogLinesArgs struct {
	API   uint32
	Lines []string
}

// SumKeysArgs are the arguments of Plugin.SumKeys.
type SumKeysArgs struct {
	API  uint32
	Keys []string
}

// SumKeysReply is the reply to Plugin.SumKeys.
type SumKeysReply struct {
	Total   int64
	Missing []string
}

// CopyKeysArgs are the arguments of Plugin.CopyKeys.
type CopyKeysArgs struct {
	API    uint32
	Keys   []string
	Prefix string
}

// CopyKeysReply is the reply to Plugin.CopyKeys.
type CopyKeysReply struct {
	Bytes   int64
	Missing []string
}
