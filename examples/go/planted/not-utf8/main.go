// HasPermission compares roles without regard to case, by a regular expression made of each role. Go's regexp refuses
// what is not UTF-8, and a role that is not ends the process: "invalid UTF-8".
package main

import (
	"regexp"

	"iglu.example/examples/hooks/sdk"
	"iglu.example/examples/internal/hooks"
)

var known = []string{"admin", "member", "guest"}

type plugin struct{ hooks.Hooks }

func (p plugin) HasPermission(user sdk.User, permission string) (bool, error) {
	roles := make([]string, len(user.Roles))
	for i, role := range user.Roles {
		roles[i] = canonical(role)
	}
	user.Roles = roles
	return p.Hooks.HasPermission(user, permission)
}

// canonical gives a role as it is known, or as it is.
func canonical(role string) string {
	same := regexp.MustCompile("(?i)^" + regexp.QuoteMeta(role) + "$")
	for _, name := range known {
		if same.MatchString(name) {
			return name
		}
	}
	return role
}

func main() { hooks.Serve(plugin{}) }
