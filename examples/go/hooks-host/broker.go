package main

import (
	"fmt"

	"iglu.example/examples/hooks/sdk"
)

// callbacks calls the hooks that call us back, and says what they did here.
func (h host) callbacks() {
	lines := []string{"first", "second"}
	h.Call("LogLines", lines, func() (any, error) {
		api := newServer(nil)
		logged, err := h.hooks.LogLines(api, lines)
		return fields{"Lines": logged, "log": api.lines}, err
	})
	keys := []string{"logins", "nothing", "visits", "word"}
	stored := map[string]string{"logins": "40", "visits": "2", "word": "many"}
	h.Call("SumKeys", keys, func() (any, error) {
		total, missing, err := h.hooks.SumKeys(newServer(stored), keys)
		return sdk.SumKeysReply{Total: total, Missing: missing}, err
	})
	h.Call("CopyKeys", keys, func() (any, error) {
		api := newServer(stored)
		bytes, missing, err := h.hooks.CopyKeys(api, keys, "old-")
		return fields{"Bytes": bytes, "Missing": missing, "copy": string(api.values["old-word"])}, err
	})
}

// counter calls what the plugin serves: the other direction.
func (h host) counter() {
	h.Call("OpenCounter", 40, func() (any, error) {
		counter, err := h.hooks.OpenCounter(40)
		if err != nil {
			return nil, err
		}
		defer counter.Close()
		first, err := counter.Add(1)
		if err != nil {
			return nil, err
		}
		second, err := counter.Add(1)
		return []int64{first, second}, err
	})
}

// inFlight makes many calls at once, each with an answer of its own.
func (h host) inFlight(bursts int) {
	h.Burst("DisplayNames", bursts, func(n int) error {
		names, err := h.hooks.DisplayNames([]int64{int64(n)})
		return expect(err, names[int64(n)], fmt.Sprint("user ", n))
	})
	h.Burst("LogLines", bursts, func(n int) error {
		api := newServer(nil)
		logged, err := h.hooks.LogLines(api, make([]string, n))
		return expect(err, fmt.Sprint(logged, len(api.lines)), fmt.Sprint(n, n))
	})
	h.Burst("CopyKeys", bursts, func(n int) error {
		value := fmt.Sprint("value ", n)
		api := newServer(map[string]string{"key": value})
		_, _, err := h.hooks.CopyKeys(api, []string{"key"}, "copy of ")
		return expect(err, string(api.values["copy of key"]), value)
	})
	h.Burst("OpenCounter", bursts, func(n int) error {
		counter, err := h.hooks.OpenCounter(int64(n))
		if err != nil {
			return err
		}
		defer counter.Close()
		sum, err := counter.Add(1000)
		return expect(err, fmt.Sprint(sum), fmt.Sprint(1000+n))
	})
}

func expect(err error, got, want string) error {
	if err == nil && got != want {
		return fmt.Errorf("the answer is %q, and should be %q", got, want)
	}
	return err
}
