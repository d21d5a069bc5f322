package main

import (
	"errors"
	"net/rpc"
	"os"
	"time"
)

// Args and Reply travel as structs.
type Args struct {
	Text  string
	Count int
}

// Reply has what was in Args, the text twice.
type Reply struct {
	Text  string
	Count int
	Err   error
}

// service has the methods that the tests call, by the name of Plugin.
type service struct{}

func newServer() *rpc.Server {
	server := rpc.NewServer()
	if err := server.RegisterName("Plugin", service{}); err != nil {
		panic(err)
	}
	return server
}

func (service) Echo(args Args, reply *Reply) error {
	*reply = Reply{Text: args.Text + args.Text, Count: args.Count}
	return nil
}

// Sleep answers after so many milliseconds.
func (service) Sleep(ms int, reply *int) error {
	time.Sleep(time.Duration(ms) * time.Millisecond)
	*reply = ms
	return nil
}

func (service) Fail(text string, _ *string) error { return errors.New(text) }

// Nothing takes and gives an interface.
func (service) Nothing(_ any, reply *any) error { return nil }

// Unencodable replies with an error whose type nobody registered.
func (service) Unencodable(_ bool, reply *Reply) error {
	reply.Err = errors.New("not for gob")
	return nil
}

// Die ends the process in the middle of a call.
func (service) Die(code int, _ *int) error {
	os.Exit(code)
	return nil
}
