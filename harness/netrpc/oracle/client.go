package main

import (
	"encoding/json"
	"fmt"
)

// wrong is a struct that no method takes.
type wrong struct{ Other []bool }

func call(c command) answer {
	reply := into(c.Into)
	if err := client.Call(c.Method, arguments(c.Kind, c.Args), reply); err != nil {
		return told(err)
	}
	return answer{Reply: reply}
}

func arguments(kind string, text json.RawMessage) any {
	switch kind {
	case "nil":
		return new(any)
	case "wrong":
		return wrong{Other: []bool{true}}
	}
	args := into(kind)
	if err := json.Unmarshal(text, args); err != nil {
		panic(err)
	}
	return args
}

func into(kind string) any {
	switch kind {
	case "string":
		return new(string)
	case "int":
		return new(int)
	case "bool":
		return new(bool)
	case "args":
		return new(Args)
	case "reply":
		return new(Reply)
	case "any":
		return new(any)
	}
	panic("no such kind: " + kind)
}

// burst has many calls in flight, each of which must get its own answer.
func burst(c command) answer {
	errs := make(chan error, c.Count)
	for n := range c.Count {
		go func() {
			var reply Reply
			err := client.Call(c.Method, Args{Text: fmt.Sprint(n, " "), Count: n}, &reply)
			if want := fmt.Sprint(n, " ", n, " "); err == nil && (reply.Count != n || reply.Text != want) {
				err = fmt.Errorf("call %d got %+v", n, reply)
			}
			errs <- err
		}()
	}
	var first error
	for range c.Count {
		if err := <-errs; err != nil && first == nil {
			first = err
		}
	}
	return told(first)
}
