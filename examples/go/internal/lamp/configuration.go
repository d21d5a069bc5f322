package lamp

import (
	"slices"

	"iglu.example/examples/sdk"
)

var configuration = []sdk.PluginConfig{
	{
		Title:       "Bridge",
		Description: "The address of the bridge that the lamps are connected to.",
		Key:         "bridge",
		Type:        sdk.StringValue,
		Default:     "bridge.local",
		Placeholder: "192.168.1.2",
	},
	{
		Title:       "Brightness",
		Description: "How bright a lamp is when it is switched on, in percent.",
		Key:         "brightness",
		Type:        sdk.NumberValue,
		Default:     "80",
		Placeholder: "0 to 100",
	},
	{
		Title:          "Tone",
		Description:    "The colour of the light.",
		Key:            "tone",
		Type:           sdk.OptionValue,
		Default:        "warm",
		Values:         []string{"warm", "neutral", "cold"},
		IsUserSpecific: true,
	},
	{
		Title:       "Night light",
		Description: "Keep the hall lamp on, dimmed, when everything else is off.",
		Key:         "night",
		Type:        sdk.BooleanValue,
		Default:     "false",
	},
}

// GetPluginConfiguration implements sdk.Iglu.
func (l *Lamp) GetPluginConfiguration() ([]sdk.PluginConfig, error) {
	return configuration, nil
}

// OnConfigurationUpdate implements sdk.Iglu. A key that we do not have may come from another version of us:
// it is logged and passed over.
func (l *Lamp) OnConfigurationUpdate(values []sdk.ConfigKV) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, kv := range values {
		if !slices.ContainsFunc(configuration, func(c sdk.PluginConfig) bool { return c.Key == kv.Key }) {
			l.logger.Warn("no such configuration entry", "key", kv.Key)
			continue
		}
		l.settings[setting{kv.Key, kv.UserID}] = kv.Value
	}
	return nil
}
