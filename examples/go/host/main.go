// Host loads one Iglu plugin with go-plugin's own client, calls all that the interface has, and writes what
// it saw as JSON lines.
//
//	host [-mtls] [-timeout 5s] [-bursts 1] [-only GetManifest,…] <plugin> [argument…]
package main

import (
	"os"

	"iglu.example/examples/internal/session"
	"iglu.example/examples/sdk"
)

func main() {
	options := session.Flags()
	s := session.New(options, sdk.Handshake, sdk.PluginSet(nil))
	if raw, err := s.Connect(sdk.PluginName); err == nil {
		h := host{s, raw.(sdk.Iglu)}
		h.load()
		h.control(options.Bursts)
		s.Ping()
	}
	os.Exit(s.End())
}

type host struct {
	*session.Session
	iglu sdk.Iglu
}

// load asks for what a host wants to know of a new plugin.
func (h host) load() {
	h.Call("OnLoad", nil, func() (any, error) { return nil, h.iglu.OnLoad() })
	h.Call("GetManifest", nil, func() (any, error) { return h.iglu.GetManifest() })
	h.Call("GetPluginConfiguration", nil, func() (any, error) { return h.iglu.GetPluginConfiguration() })
	h.Call("GetWebExtensions", nil, func() (any, error) { return h.iglu.GetWebExtensions() })

	values := []sdk.ConfigKV{{Key: "brightness", Value: "55"}, {Key: "tone", Value: "cold", UserID: "humaid"}}
	h.Call("OnConfigurationUpdate", values, func() (any, error) { return nil, h.iglu.OnConfigurationUpdate(values) })
}

// control uses all devices: one after the other, one that nobody has, and many at once.
func (h host) control(bursts int) {
	var devices []sdk.AvailableDevice
	h.Call("GetAvailableDevices", nil, func() (_ any, err error) {
		devices, err = h.iglu.GetAvailableDevices()
		return devices, err
	})
	for _, device := range devices {
		h.toggle(device.UniqueID, true)
		h.toggle(device.UniqueID, false)
	}
	h.toggle("no-such-device", true)
	if len(devices) == 0 {
		return
	}
	h.Burst("OnDeviceToggle", bursts, func(n int) error {
		return h.iglu.OnDeviceToggle(devices[n%len(devices)].UniqueID, n%2 == 0)
	})
}

// toggle switches a device and asks whether it did.
func (h host) toggle(id string, on bool) {
	h.Call("OnDeviceToggle", sdk.OnDeviceToggleArgs{Id: id, Status: on}, func() (any, error) {
		return nil, h.iglu.OnDeviceToggle(id, on)
	})
	h.Call("GetDeviceStatus", sdk.GetDeviceStatusArgs{UniqueID: id}, func() (any, error) {
		return h.iglu.GetDeviceStatus(id)
	})
}
