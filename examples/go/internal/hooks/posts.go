package hooks

import (
	"strings"

	"iglu.example/examples/hooks/sdk"
)

const millisecondsOfDay = 24 * 60 * 60 * 1000

// MessageWillBePosted implements sdk.Hooks.
func (Hooks) MessageWillBePosted(post sdk.Post, author *sdk.User) (*sdk.Post, string, error) {
	if strings.TrimSpace(post.Message) == "" {
		return nil, "an empty message", nil
	}
	if author == nil || !author.Bot {
		return nil, "", nil
	}
	// A copy: what was given to us stays as it is.
	changed := post
	changed.Tags = append(append([]string{}, post.Tags...), "bot")
	return &changed, "", nil
}

// ExecuteCommand implements sdk.Hooks.
func (Hooks) ExecuteCommand(args sdk.CommandArgs) (sdk.CommandResponse, error) {
	name, rest, _ := strings.Cut(strings.TrimSpace(args.Command), " ")
	switch name {
	case "/echo":
		return sdk.CommandResponse{Text: rest, Public: true}, nil
	case "/where":
		return sdk.CommandResponse{Text: args.UserId + " is in " + args.TeamId + "/" + args.ChannelId}, nil
	default:
		return sdk.CommandResponse{Text: "Known commands: /echo, /where"}, nil
	}
}

// CountWords implements sdk.Hooks.
func (Hooks) CountWords(text string) (map[string]int64, error) {
	counts := make(map[string]int64)
	for _, word := range strings.Fields(text) {
		counts[strings.ToLower(word)]++
	}
	return counts, nil
}

// ChannelStats implements sdk.Hooks.
func (Hooks) ChannelStats(posts []sdk.Post) (map[string]map[int64]uint32, error) {
	stats := make(map[string]map[int64]uint32)
	for _, post := range posts {
		days := stats[post.ChannelId]
		if days == nil {
			days = make(map[int64]uint32)
			stats[post.ChannelId] = days
		}
		days[dayOf(post.CreateAt)]++
	}
	return stats, nil
}

// dayOf rounds down, before 1970 too.
func dayOf(at int64) int64 {
	day := at / millisecondsOfDay
	if at%millisecondsOfDay < 0 {
		day--
	}
	return day
}
