package main

import (
	"errors"
	"fmt"
	"net/rpc"
	"reflect"
	"sync"
	"sync/atomic"
	"time"

	"iglu.example/examples/internal/calls"
	"iglu.example/examples/sdk"
)

// result is what is written. Errors are those that the plugin answered with.
type result struct {
	Calls          int64   `json:"calls"`
	Errors         int64   `json:"errors"`
	InFlight       int     `json:"inFlight"`
	Seconds        float64 `json:"seconds"`
	CallsPerSecond float64 `json:"callsPerSecond"`
}

// measure makes all calls of the list so many times, in the order of the list. The first call without an answer ends it.
func measure(iglu *sdk.IgluRPC, list []*calls.Call, inFlight, repeat int) (result, error) {
	total := int64(len(list)) * int64(repeat)
	var next, refused atomic.Int64
	failures := make(chan error, inFlight)
	var callers sync.WaitGroup
	started := time.Now()
	for range inFlight {
		callers.Add(1)
		go func() {
			defer callers.Done()
			for n := next.Add(1) - 1; n < total; n = next.Add(1) - 1 {
				call := list[n%int64(len(list))]
				// Of its own, as a host's is: gob leaves alone what was not sent.
				reply := reflect.New(reflect.TypeOf(call.Reply).Elem()).Interface()
				err := iglu.Call(call.Method, call.Args, reply)
				if err == nil {
					continue
				}
				var answer rpc.ServerError
				if !errors.As(err, &answer) {
					failures <- fmt.Errorf("call %d, %s: %w", n+1, call.Method, err)
					return
				}
				refused.Add(1)
			}
		}()
	}
	callers.Wait()
	seconds := time.Since(started).Seconds()
	select {
	case err := <-failures:
		return result{}, err
	default:
	}
	return result{total, refused.Load(), inFlight, seconds, float64(total) / seconds}, nil
}
