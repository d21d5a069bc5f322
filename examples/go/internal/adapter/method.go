package adapter

import (
	"bytes"
	"encoding/json"
)

// Method answers one request.
type Method func(params json.RawMessage) (any, error)

// The parameters of the protocol's methods.
type (
	LoadParams struct {
		Dir *string `json:"dir"`
	}
	IDParams struct {
		ID *string `json:"id"`
	}
	CallParams struct {
		ID     *string         `json:"id"`
		Method *string         `json:"method"`
		Args   json.RawMessage `json:"args"`
	}
	NoParams struct{}
)

func (p LoadParams) complete() bool { return p.Dir != nil }
func (p IDParams) complete() bool   { return p.ID != nil }
func (p CallParams) complete() bool { return p.ID != nil && p.Method != nil }
func (NoParams) complete() bool     { return true }

// With makes a method of a function that wants its parameters read. Those that it does not know, or that are
// missing, are an error.
func With[Params interface{ complete() bool }, Answer any](answer func(Params) (Answer, error)) Method {
	return func(raw json.RawMessage) (any, error) {
		if len(raw) == 0 {
			raw = json.RawMessage("{}")
		}
		var params Params
		decoder := json.NewDecoder(bytes.NewReader(raw))
		decoder.DisallowUnknownFields()
		if err := decoder.Decode(&params); err != nil {
			return nil, protocolError(invalidParams, "the parameters cannot be read: %v", err)
		}
		if !params.complete() || raw[0] != '{' {
			return nil, protocolError(invalidParams, "parameters are missing: expected %s", names(params))
		}
		return answer(params)
	}
}

func names(params any) string {
	text, _ := json.Marshal(params)
	return string(text)
}
