package lamp

import (
	"fmt"
	"slices"

	"iglu.example/examples/sdk"
)

var devices = []sdk.AvailableDevice{
	{UniqueID: "lamp-hall", ManufacturerName: "Nordlys", ModelName: "Ceiling 40", Type: 1},
	{UniqueID: "lamp-desk", ManufacturerName: "Nordlys", ModelName: "Desk 8", Type: 1},
	{UniqueID: "socket-window", ManufacturerName: "Stikk", ModelName: "Plug One", Type: 2},
}

// GetAvailableDevices implements sdk.Iglu.
func (l *Lamp) GetAvailableDevices() ([]sdk.AvailableDevice, error) {
	return devices, nil
}

// OnDeviceToggle implements sdk.Iglu.
func (l *Lamp) OnDeviceToggle(id string, status bool) error {
	if err := known(id); err != nil {
		return err
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	l.on[id] = status
	l.logger.Debug("toggled", "device", id, "on", status)
	return nil
}

// GetDeviceStatus implements sdk.Iglu.
func (l *Lamp) GetDeviceStatus(uniqueID string) (bool, error) {
	if err := known(uniqueID); err != nil {
		return false, err
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.on[uniqueID], nil
}

func known(id string) error {
	if !slices.ContainsFunc(devices, func(d sdk.AvailableDevice) bool { return d.UniqueID == id }) {
		return fmt.Errorf("no device has the id %q", id)
	}
	return nil
}
