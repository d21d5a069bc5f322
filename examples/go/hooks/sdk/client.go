package sdk

import (
	"net/rpc"

	"github.com/hashicorp/go-plugin"
)

// HooksRPC is the host's side: Hooks that run in the plugin. An error is an rpc.ServerError where the plugin
// answered with one; any other says that the connection is of no more use.
type HooksRPC struct {
	client *rpc.Client
	broker *plugin.MuxBroker
}

var _ Hooks = (*HooksRPC)(nil)

// Implemented calls Plugin.Implemented.
func (h *HooksRPC) Implemented() (names []string, err error) {
	err = h.client.Call("Plugin.Implemented", new(any), &names)
	return names, err
}

// MessageWillBePosted calls Plugin.MessageWillBePosted.
func (h *HooksRPC) MessageWillBePosted(post Post, author *User) (*Post, string, error) {
	var reply MessageWillBePostedReply
	err := h.client.Call("Plugin.MessageWillBePosted", MessageWillBePostedArgs{Post: post, Author: author}, &reply)
	return reply.Post, reply.Rejection, err
}

// ExecuteCommand calls Plugin.ExecuteCommand.
func (h *HooksRPC) ExecuteCommand(args CommandArgs) (response CommandResponse, err error) {
	err = h.client.Call("Plugin.ExecuteCommand", args, &response)
	return response, err
}

// CountWords calls Plugin.CountWords.
func (h *HooksRPC) CountWords(text string) (counts map[string]int64, err error) {
	err = h.client.Call("Plugin.CountWords", text, &counts)
	return counts, err
}

// ChannelStats calls Plugin.ChannelStats.
func (h *HooksRPC) ChannelStats(posts []Post) (stats map[string]map[int64]uint32, err error) {
	err = h.client.Call("Plugin.ChannelStats", posts, &stats)
	return stats, err
}

// DisplayNames calls Plugin.DisplayNames.
func (h *HooksRPC) DisplayNames(ids []int64) (names map[int64]string, err error) {
	err = h.client.Call("Plugin.DisplayNames", ids, &names)
	return names, err
}

// RankUsers calls Plugin.RankUsers.
func (h *HooksRPC) RankUsers(users []User) (ranked []User, err error) {
	err = h.client.Call("Plugin.RankUsers", users, &ranked)
	return ranked, err
}

// HasPermission calls Plugin.HasPermission.
func (h *HooksRPC) HasPermission(user User, permission string) (has bool, err error) {
	err = h.client.Call("Plugin.HasPermission", HasPermissionArgs{User: user, Permission: permission}, &has)
	return has, err
}

// UserHasLoggedIn calls Plugin.UserHasLoggedIn.
func (h *HooksRPC) UserHasLoggedIn(user User) error {
	return h.client.Call("Plugin.UserHasLoggedIn", user, new(any))
}

// MergeProps calls Plugin.MergeProps.
func (h *HooksRPC) MergeProps(old, updated map[string]string) (map[string]string, []string, error) {
	var reply MergePropsReply
	err := h.client.Call("Plugin.MergeProps", MergePropsArgs{Old: old, Updated: updated}, &reply)
	return reply.Props, reply.Changed, err
}

// EchoNumbers calls Plugin.EchoNumbers.
func (h *HooksRPC) EchoNumbers(numbers Numbers) (echo Numbers, err error) {
	err = h.client.Call("Plugin.EchoNumbers", numbers, &echo)
	return echo, err
}

// Convert calls Plugin.Convert.
func (h *HooksRPC) Convert(value float64, from, to Unit) (converted float64, err error) {
	err = h.client.Call("Plugin.Convert", ConvertArgs{Value: value, From: from, To: to}, &converted)
	return converted, err
}

// TransformPoint calls Plugin.TransformPoint.
func (h *HooksRPC) TransformPoint(matrix [3][3]float64, point [3]float64) (to [3]float64, err error) {
	err = h.client.Call("Plugin.TransformPoint", TransformPointArgs{Matrix: matrix, Point: point}, &to)
	return to, err
}

// Digest calls Plugin.Digest.
func (h *HooksRPC) Digest(file []byte) (info FileInfo, err error) {
	err = h.client.Call("Plugin.Digest", file, &info)
	return info, err
}

// MirrorTree calls Plugin.MirrorTree.
func (h *HooksRPC) MirrorTree(root Node) (Node, int, int, error) {
	var reply MirrorTreeReply
	err := h.client.Call("Plugin.MirrorTree", root, &reply)
	return reply.Root, reply.Nodes, reply.Levels, err
}
