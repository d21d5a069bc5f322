// Every hook that takes texts looks for characters in them that cannot be shown, and counts the column of each
// character from the start again. That takes some milliseconds for some kilobytes, and minutes for a megabyte: such a
// call is not answered in time. No lock is held meanwhile, other calls are answered.
package main

import (
	"fmt"
	"os"
	"unicode"
	"unicode/utf8"

	"iglu.example/examples/hooks/sdk"
	"iglu.example/examples/internal/hooks"
)

type plugin struct{ hooks.Hooks }

// look warns of what cannot be shown in the arguments of a hook.
func look(hook string, args ...any) {
	if column := unprintable(fmt.Sprint(args...)); column > 0 {
		fmt.Fprintf(os.Stderr, "%s: something that cannot be shown, in column %d\n", hook, column)
	}
}

// unprintable gives the column of the last character that cannot be shown, from 1; 0 when there is none.
func unprintable(text string) (last int) {
	for i, character := range text {
		column := utf8.RuneCountInString(text[:i]) + 1
		if !unicode.IsPrint(character) {
			last = max(last, column)
		}
	}
	return last
}

func (p plugin) MessageWillBePosted(post sdk.Post, author *sdk.User) (*sdk.Post, string, error) {
	look("MessageWillBePosted", post)
	return p.Hooks.MessageWillBePosted(post, author)
}

func (p plugin) ExecuteCommand(args sdk.CommandArgs) (sdk.CommandResponse, error) {
	look("ExecuteCommand", args)
	return p.Hooks.ExecuteCommand(args)
}

func (p plugin) CountWords(text string) (map[string]int64, error) {
	look("CountWords", text)
	return p.Hooks.CountWords(text)
}

func (p plugin) ChannelStats(posts []sdk.Post) (map[string]map[int64]uint32, error) {
	look("ChannelStats", posts)
	return p.Hooks.ChannelStats(posts)
}

func (p plugin) RankUsers(users []sdk.User) ([]sdk.User, error) {
	look("RankUsers", users)
	return p.Hooks.RankUsers(users)
}

func (p plugin) HasPermission(user sdk.User, permission string) (bool, error) {
	look("HasPermission", user, permission)
	return p.Hooks.HasPermission(user, permission)
}

func (p plugin) UserHasLoggedIn(user sdk.User) error {
	look("UserHasLoggedIn", user)
	return p.Hooks.UserHasLoggedIn(user)
}

func (p plugin) MergeProps(old, updated map[string]string) (map[string]string, []string, error) {
	look("MergeProps", old, updated)
	return p.Hooks.MergeProps(old, updated)
}

func main() { hooks.Serve(plugin{}) }
