package sdk

// LogLines calls Plugin.LogLines.
func (h *HooksRPC) LogLines(api API, lines []string) (logged int, err error) {
	err = h.client.Call("Plugin.LogLines", LogLinesArgs{API: h.serve(api), Lines: lines}, &logged)
	return logged, err
}

// SumKeys calls Plugin.SumKeys.
func (h *HooksRPC) SumKeys(api API, keys []string) (int64, []string, error) {
	var reply SumKeysReply
	err := h.client.Call("Plugin.SumKeys", SumKeysArgs{API: h.serve(api), Keys: keys}, &reply)
	return reply.Total, reply.Missing, err
}

// CopyKeys calls Plugin.CopyKeys.
func (h *HooksRPC) CopyKeys(api API, keys []string, prefix string) (int64, []string, error) {
	var reply CopyKeysReply
	args := CopyKeysArgs{API: h.serve(api), Keys: keys, Prefix: prefix}
	err := h.client.Call("Plugin.CopyKeys", args, &reply)
	return reply.Bytes, reply.Missing, err
}

// OpenCounter calls Plugin.OpenCounter, and dials the id that comes back.
func (h *HooksRPC) OpenCounter(start int64) (Counter, error) {
	var id uint32
	if err := h.client.Call("Plugin.OpenCounter", start, &id); err != nil {
		return nil, err
	}
	return dialCounter(h.broker, id)
}

// serve offers the API to the plugin for one connection, which ends when the plugin closes it. An id is never
// used again: a broker serves each one once.
func (h *HooksRPC) serve(api API) uint32 {
	id := h.broker.NextId()
	go h.broker.AcceptAndServe(id, &APIRPCServer{impl: api})
	return id
}
