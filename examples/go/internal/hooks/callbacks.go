package hooks

import (
	"strconv"
	"sync/atomic"

	"iglu.example/examples/hooks/sdk"
)

// LogLines implements sdk.Hooks.
func (Hooks) LogLines(api sdk.API, lines []string) (int, error) {
	for number, line := range lines {
		fields := map[string]string{"line": strconv.Itoa(number + 1)}
		if err := api.Log(sdk.Info, line, fields); err != nil {
			return 0, err
		}
	}
	return len(lines), nil
}

// SumKeys implements sdk.Hooks.
func (Hooks) SumKeys(api sdk.API, keys []string) (total int64, missing []string, err error) {
	for _, key := range keys {
		value, err := api.KVGet(key)
		if err != nil {
			return 0, nil, err
		}
		number, err := strconv.ParseInt(string(value), 10, 64)
		if err != nil {
			missing = append(missing, key)
			continue
		}
		total += number
	}
	return total, missing, nil
}

// CopyKeys implements sdk.Hooks.
func (Hooks) CopyKeys(api sdk.API, keys []string, prefix string) (bytes int64, missing []string, err error) {
	for _, key := range keys {
		value, err := api.KVGet(key)
		if err != nil {
			return 0, nil, err
		}
		if len(value) == 0 {
			missing = append(missing, key)
			continue
		}
		if err := api.KVSet(prefix+key, value); err != nil {
			return 0, nil, err
		}
		bytes += int64(len(value))
	}
	return bytes, missing, nil
}

// OpenCounter implements sdk.Hooks.
func (Hooks) OpenCounter(start int64) (sdk.Counter, error) {
	c := &counter{}
	c.value.Store(start)
	return c, nil
}

// counter implements sdk.Counter. A host may add from many goroutines.
type counter struct {
	value atomic.Int64
}

func (c *counter) Add(delta int64) (int64, error) { return c.value.Add(delta), nil }

func (c *counter) Close() error { return nil }
