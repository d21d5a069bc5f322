package main

import (
	"math"

	"iglu.example/examples/hooks/sdk"
)

var (
	ada  = sdk.User{Id: 7, Username: "ada", Roles: []string{"member"}, LastSeen: 1_700_000_000_000}
	bot  = sdk.User{Id: 9, Username: "build", Roles: []string{"guest"}, LastSeen: 1_700_000_000_000, Bot: true}
	zoe  = sdk.User{Id: -1, Username: "zoe", Roles: []string{"admin"}, LastSeen: 1_600_000_000_000}
	post = sdk.Post{
		Id: "p1", ChannelId: "town-square", UserId: "7", Message: "hello", CreateAt: 1_700_000_000_000,
		Tags: []string{"greeting"}, Props: map[string]string{"client": "web"},
	}
)

func (h host) posts() {
	for _, author := range []*sdk.User{nil, &ada, &bot} {
		args := sdk.MessageWillBePostedArgs{Post: post, Author: author}
		h.Call("MessageWillBePosted", args, func() (any, error) {
			changed, rejection, err := h.hooks.MessageWillBePosted(post, author)
			return sdk.MessageWillBePostedReply{Post: changed, Rejection: rejection}, err
		})
	}
	h.Call("MessageWillBePosted", sdk.MessageWillBePostedArgs{}, func() (any, error) {
		changed, rejection, err := h.hooks.MessageWillBePosted(sdk.Post{}, nil)
		return sdk.MessageWillBePostedReply{Post: changed, Rejection: rejection}, err
	})
	command := sdk.CommandArgs{Command: "/where", UserId: "ada", ChannelId: "town-square", TeamId: "core"}
	h.Call("ExecuteCommand", command, func() (any, error) { return h.hooks.ExecuteCommand(command) })
	const text = "To be or not to be"
	h.Call("CountWords", text, func() (any, error) { return h.hooks.CountWords(text) })
	posts := []sdk.Post{post, post, {ChannelId: "town-square", CreateAt: -1}, {ChannelId: "off-topic"}}
	h.Call("ChannelStats", posts, func() (any, error) { return h.hooks.ChannelStats(posts) })
}

func (h host) users() {
	ids := []int64{7, -1, math.MaxInt64}
	h.Call("DisplayNames", ids, func() (any, error) { return h.hooks.DisplayNames(ids) })
	users := []sdk.User{zoe, bot, ada}
	h.Call("RankUsers", users, func() (any, error) { return h.hooks.RankUsers(users) })
	for _, permission := range []string{"post", "delete"} {
		args := sdk.HasPermissionArgs{User: ada, Permission: permission}
		h.Call("HasPermission", args, func() (any, error) { return h.hooks.HasPermission(ada, permission) })
	}
	h.Call("UserHasLoggedIn", ada, func() (any, error) { return nil, h.hooks.UserHasLoggedIn(ada) })
}

func (h host) values() {
	props := sdk.MergePropsArgs{
		Old:     map[string]string{"colour": "red", "size": "small"},
		Updated: map[string]string{"colour": "blue", "size": "small", "shape": ""},
	}
	h.Call("MergeProps", props, func() (any, error) {
		merged, changed, err := h.hooks.MergeProps(props.Old, props.Updated)
		return sdk.MergePropsReply{Props: merged, Changed: changed}, err
	})
	for _, numbers := range []sdk.Numbers{least, greatest} {
		h.Call("EchoNumbers", numbers, func() (any, error) { return h.hooks.EchoNumbers(numbers) })
	}
	temperatures := []sdk.ConvertArgs{
		{Value: 100, From: sdk.Celsius, To: sdk.Fahrenheit},
		{Value: 0, From: sdk.Kelvin, To: "rankine"},
	}
	for _, args := range temperatures {
		h.Call("Convert", args, func() (any, error) { return h.hooks.Convert(args.Value, args.From, args.To) })
	}
	turn := sdk.TransformPointArgs{
		Matrix: [3][3]float64{{0, -1, 0}, {1, 0, 0}, {0, 0, 1}},
		Point:  [3]float64{3, 4, 0.5},
	}
	h.Call("TransformPoint", turn, func() (any, error) { return h.hooks.TransformPoint(turn.Matrix, turn.Point) })
	file := []byte("\x00\xff iglu, iglu, iglu")
	h.Call("Digest", file, func() (any, error) { return h.hooks.Digest(file) })
	tree := sdk.Node{Name: "root", Children: []sdk.Node{
		{Name: "left", Weight: 0.25},
		{Name: "right", Weight: 1e300, Children: []sdk.Node{{Name: "leaf"}, {}}},
	}}
	h.Call("MirrorTree", tree, func() (any, error) {
		mirrored, nodes, levels, err := h.hooks.MirrorTree(tree)
		return sdk.MirrorTreeReply{Root: mirrored, Nodes: nodes, Levels: levels}, err
	})
}

var least = sdk.Numbers{
	I8: math.MinInt8, I16: math.MinInt16, I32: math.MinInt32, I64: math.MinInt64, Int: math.MinInt,
	F32: -math.MaxFloat32, F64: math.SmallestNonzeroFloat64,
}

var greatest = sdk.Numbers{
	I8: math.MaxInt8, I16: math.MaxInt16, I32: math.MaxInt32, I64: math.MaxInt64, Int: math.MaxInt,
	U8: math.MaxUint8, U16: math.MaxUint16, U32: math.MaxUint32, U64: math.MaxUint64, U: math.MaxUint,
	F32: math.MaxFloat32, F64: math.MaxFloat64,
}
