package lamp

import "iglu.example/examples/sdk"

// The patterns are RE2: a group is named with (?P<…>), and there is no look-ahead.
var extensions = []sdk.WebExtension{
	{
		Type:           sdk.CSS,
		PathMatchRegex: `(?i)^/devices(/.*)?$`,
		Source:         `.device.lamp { background: #ffd; }`,
	},
	{
		Type:           sdk.JavaScript,
		PathMatchRegex: `\A/devices/(?P<id>(?:lamp|socket)-[a-z]+)\z`,
		Source:         `document.title = 'Lamp: ' + location.pathname.split('/').pop();`,
	},
}

// GetWebExtensions implements sdk.Iglu.
func (l *Lamp) GetWebExtensions() ([]sdk.WebExtension, error) {
	return extensions, nil
}
