package hooks

import (
	"crypto/sha256"
	"fmt"
	"hash/crc32"
	"maps"
	"slices"

	"iglu.example/examples/hooks/sdk"
)

// MergeProps implements sdk.Hooks.
func (Hooks) MergeProps(old, updated map[string]string) (map[string]string, []string, error) {
	merged := make(map[string]string, len(old)+len(updated))
	maps.Copy(merged, old)
	var changed []string
	for key, value := range updated {
		if before, had := old[key]; !had || before != value {
			changed = append(changed, key)
		}
		merged[key] = value
	}
	// A map has no order: what comes out of one is sorted, so that the same question has the same answer.
	slices.Sort(changed)
	return merged, changed, nil
}

// EchoNumbers implements sdk.Hooks.
func (Hooks) EchoNumbers(numbers sdk.Numbers) (sdk.Numbers, error) { return numbers, nil }

// Convert implements sdk.Hooks.
func (Hooks) Convert(value float64, from, to sdk.Unit) (float64, error) {
	if !known(from) || !known(to) {
		return 0, fmt.Errorf("cannot convert %q to %q", from, to)
	}
	if from == to {
		return value, nil
	}
	celsius := value
	switch from {
	case sdk.Fahrenheit:
		celsius = (value - 32) / 1.8
	case sdk.Kelvin:
		celsius = value - 273.15
	}
	switch to {
	case sdk.Fahrenheit:
		return celsius*1.8 + 32, nil
	case sdk.Kelvin:
		return celsius + 273.15, nil
	}
	return celsius, nil
}

func known(unit sdk.Unit) bool {
	return unit == sdk.Celsius || unit == sdk.Fahrenheit || unit == sdk.Kelvin
}

// TransformPoint implements sdk.Hooks.
func (Hooks) TransformPoint(matrix [3][3]float64, point [3]float64) (to [3]float64, err error) {
	for row := range matrix {
		for column := range point {
			to[row] += matrix[row][column] * point[column]
		}
	}
	return to, nil
}

// Digest implements sdk.Hooks.
func (Hooks) Digest(file []byte) (sdk.FileInfo, error) {
	return sdk.FileInfo{
		Size:   len(file),
		Head:   file[:min(len(file), 16)],
		CRC32:  crc32.ChecksumIEEE(file),
		SHA256: sha256.Sum256(file),
	}, nil
}

// MirrorTree implements sdk.Hooks.
func (h Hooks) MirrorTree(root sdk.Node) (mirrored sdk.Node, nodes, levels int, err error) {
	mirrored = sdk.Node{Name: root.Name, Weight: root.Weight}
	nodes = 1
	for i := len(root.Children) - 1; i >= 0; i-- {
		child, below, deep, err := h.MirrorTree(root.Children[i])
		if err != nil {
			return sdk.Node{}, 0, 0, err
		}
		mirrored.Children = append(mirrored.Children, child)
		nodes += below
		levels = max(levels, deep)
	}
	return mirrored, nodes, levels + 1, nil
}
