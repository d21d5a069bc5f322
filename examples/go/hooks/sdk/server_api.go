package sdk

import "errors"

// LogLines serves Hooks.LogLines.
func (s *HooksRPCServer) LogLines(args LogLinesArgs, reply *int) error {
	return s.withAPI(args.API, func(api API) (err error) {
		*reply, err = s.impl.LogLines(api, args.Lines)
		return err
	})
}

// SumKeys serves Hooks.SumKeys.
func (s *HooksRPCServer) SumKeys(args SumKeysArgs, reply *SumKeysReply) error {
	return s.withAPI(args.API, func(api API) (err error) {
		reply.Total, reply.Missing, err = s.impl.SumKeys(api, args.Keys)
		return err
	})
}

// CopyKeys serves Hooks.CopyKeys.
func (s *HooksRPCServer) CopyKeys(args CopyKeysArgs, reply *CopyKeysReply) error {
	return s.withAPI(args.API, func(api API) (err error) {
		reply.Bytes, reply.Missing, err = s.impl.CopyKeys(api, args.Keys, args.Prefix)
		return err
	})
}

// OpenCounter serves Hooks.OpenCounter. The reply is a broker id, on which the host has five seconds to dial.
func (s *HooksRPCServer) OpenCounter(start int64, reply *uint32) error {
	counter, err := s.impl.OpenCounter(start)
	if err != nil {
		return err
	}
	id := s.broker.NextId()
	*reply = id
	go func() {
		s.broker.AcceptAndServe(id, &CounterRPCServer{impl: counter})
		_ = counter.Close()
	}()
	return nil
}

// withAPI dials the host's API for the time of one call.
func (s *HooksRPCServer) withAPI(id uint32, use func(API) error) error {
	// A broker counts from 1. The zero value says that the host serves no API.
	if id == 0 {
		return errors.New("the host gave no broker id for its API")
	}
	api, err := dialAPI(s.broker, id)
	if err != nil {
		return err
	}
	defer api.Close()
	return use(api)
}
