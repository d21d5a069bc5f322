// Package sdk is the interface between an Iglu host and its plugins. Both import it.
package sdk

// Iglu is what a plugin implements, and what a host gets when it dispenses one. Every method returns an
// error, so that the host can tell a dead plugin from an answer.
type Iglu interface {
	// OnLoad is called once, before everything else.
	OnLoad() error
	GetManifest() (PluginManifest, error)
	// OnDeviceToggle switches the device with the given id on or off.
	OnDeviceToggle(id string, status bool) error
	// GetDeviceStatus tells whether the device with the given id is on.
	GetDeviceStatus(uniqueID string) (bool, error)
	GetAvailableDevices() ([]AvailableDevice, error)
	GetWebExtensions() ([]WebExtension, error)
	GetPluginConfiguration() ([]PluginConfig, error)
	// OnConfigurationUpdate gives the plugin the values that its users have chosen.
	OnConfigurationUpdate(configuration []ConfigKV) error
}

// PluginManifest describes a plugin. A host keeps it, so that it can be shown after a crash.
type PluginManifest struct {
	Id, Name, Author, Version string
}

// AvailableDevice is a device that the plugin can control. Its UniqueID is unique within the plugin.
type AvailableDevice struct {
	UniqueID, ManufacturerName, ModelName string
	Type                                  int64
}

// ExtensionType says what the source of a web extension is.
type ExtensionType int

// The kinds of web extensions.
const (
	CSS        ExtensionType = 1
	JavaScript ExtensionType = 2
)

// WebExtension is put into the pages of the web interface whose path matches PathMatchRegex. The host
// compiles the pattern with Go's regexp, whose syntax is RE2.
type WebExtension struct {
	Type                   ExtensionType
	PathMatchRegex, Source string
}

// ConfigType says what values a configuration entry takes.
type ConfigType int

// The kinds of configuration entries.
const (
	StringValue ConfigType = iota
	NumberValue
	OptionValue // one of Values, the first of which is the default
	BooleanValue
)

// PluginConfig is one entry of a plugin's settings page. Its Key is unique within the plugin.
type PluginConfig struct {
	Title, Description, Key string
	Type                    ConfigType
	Default, Placeholder    string
	Values                  []string
	IsUserSpecific          bool
}

// ConfigKV is the value of one entry. UserID is empty unless the entry is user specific.
type ConfigKV struct {
	Key, Value, UserID string
}
