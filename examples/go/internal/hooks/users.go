package hooks

import (
	"cmp"
	"slices"
	"strconv"

	"iglu.example/examples/hooks/sdk"
)

var permissions = map[string][]string{
	"admin":  {"delete", "post", "read"},
	"member": {"post", "read"},
	"guest":  {"read"},
}

// DisplayNames implements sdk.Hooks.
func (Hooks) DisplayNames(ids []int64) (map[int64]string, error) {
	names := make(map[int64]string, len(ids))
	for _, id := range ids {
		names[id] = "user " + strconv.FormatInt(id, 10)
	}
	return names, nil
}

// RankUsers implements sdk.Hooks.
func (Hooks) RankUsers(users []sdk.User) ([]sdk.User, error) {
	ranked := slices.Clone(users)
	slices.SortStableFunc(ranked, func(a, b sdk.User) int {
		return cmp.Or(cmp.Compare(b.LastSeen, a.LastSeen), cmp.Compare(a.Username, b.Username))
	})
	return ranked, nil
}

// HasPermission implements sdk.Hooks.
func (Hooks) HasPermission(user sdk.User, permission string) (bool, error) {
	return slices.ContainsFunc(user.Roles, func(role string) bool {
		return slices.Contains(permissions[role], permission)
	}), nil
}

// UserHasLoggedIn implements sdk.Hooks.
func (Hooks) UserHasLoggedIn(sdk.User) error { return nil }
