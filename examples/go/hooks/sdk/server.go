package sdk

import "github.com/hashicorp/go-plugin"

// HooksRPCServer runs in the plugin and passes the host's calls on to the hooks. (server_api.go has the hooks
// that call back.)
type HooksRPCServer struct {
	impl   Hooks
	broker *plugin.MuxBroker
}

// Implemented serves Hooks.Implemented.
func (s *HooksRPCServer) Implemented(_ any, reply *[]string) (err error) {
	*reply, err = s.impl.Implemented()
	return err
}

// MessageWillBePosted serves Hooks.MessageWillBePosted.
func (s *HooksRPCServer) MessageWillBePosted(args MessageWillBePostedArgs, reply *MessageWillBePostedReply) (err error) {
	reply.Post, reply.Rejection, err = s.impl.MessageWillBePosted(args.Post, args.Author)
	return err
}

// ExecuteCommand serves Hooks.ExecuteCommand.
func (s *HooksRPCServer) ExecuteCommand(args CommandArgs, reply *CommandResponse) (err error) {
	*reply, err = s.impl.ExecuteCommand(args)
	return err
}

// CountWords serves Hooks.CountWords.
func (s *HooksRPCServer) CountWords(text string, reply *map[string]int64) (err error) {
	*reply, err = s.impl.CountWords(text)
	return err
}

// ChannelStats serves Hooks.ChannelStats.
func (s *HooksRPCServer) ChannelStats(posts []Post, reply *map[string]map[int64]uint32) (err error) {
	*reply, err = s.impl.ChannelStats(posts)
	return err
}

// DisplayNames serves Hooks.DisplayNames.
func (s *HooksRPCServer) DisplayNames(ids []int64, reply *map[int64]string) (err error) {
	*reply, err = s.impl.DisplayNames(ids)
	return err
}

// RankUsers serves Hooks.RankUsers.
func (s *HooksRPCServer) RankUsers(users []User, reply *[]User) (err error) {
	*reply, err = s.impl.RankUsers(users)
	return err
}

// HasPermission serves Hooks.HasPermission.
func (s *HooksRPCServer) HasPermission(args HasPermissionArgs, reply *bool) (err error) {
	*reply, err = s.impl.HasPermission(args.User, args.Permission)
	return err
}

// UserHasLoggedIn serves Hooks.UserHasLoggedIn.
func (s *HooksRPCServer) UserHasLoggedIn(user User, _ *any) error {
	return s.impl.UserHasLoggedIn(user)
}

// MergeProps serves Hooks.MergeProps.
func (s *HooksRPCServer) MergeProps(args MergePropsArgs, reply *MergePropsReply) (err error) {
	reply.Props, reply.Changed, err = s.impl.MergeProps(args.Old, args.Updated)
	return err
}

// EchoNumbers serves Hooks.EchoNumbers.
func (s *HooksRPCServer) EchoNumbers(numbers Numbers, reply *Numbers) (err error) {
	*reply, err = s.impl.EchoNumbers(numbers)
	return err
}

// Convert serves Hooks.Convert.
func (s *HooksRPCServer) Convert(args ConvertArgs, reply *float64) (err error) {
	*reply, err = s.impl.Convert(args.Value, args.From, args.To)
	return err
}

// TransformPoint serves Hooks.TransformPoint.
func (s *HooksRPCServer) TransformPoint(args TransformPointArgs, reply *[3]float64) (err error) {
	*reply, err = s.impl.TransformPoint(args.Matrix, args.Point)
	return err
}

// Digest serves Hooks.Digest.
func (s *HooksRPCServer) Digest(file []byte, reply *FileInfo) (err error) {
	*reply, err = s.impl.Digest(file)
	return err
}

// MirrorTree serves Hooks.MirrorTree.
func (s *HooksRPCServer) MirrorTree(root Node, reply *MirrorTreeReply) (err error) {
	reply.Root, reply.Nodes, reply.Levels, err = s.impl.MirrorTree(root)
	return err
}
