package adapter

import "fmt"

// Codes of JSON-RPC 2.0 (section 5.1), and the one that all errors of hosts have.
const (
	parseError     = -32700
	invalidRequest = -32600
	methodNotFound = -32601
	invalidParams  = -32602
	hostError      = 1
)

// ErrorKind says what kind of error a host answers with.
type ErrorKind string

// The kinds of errors.
const (
	UnknownPlugin  ErrorKind = "unknown-plugin"
	NotRunning     ErrorKind = "not-running"
	AlreadyRunning ErrorKind = "already-running"
	StartFailed    ErrorKind = "start-failed"
	PluginError    ErrorKind = "plugin-error"
	Lost           ErrorKind = "lost"
	Timeout        ErrorKind = "timeout"
	BadRequest     ErrorKind = "bad-request"
	Other          ErrorKind = "other"
)

// Error is an error as JSON-RPC answers with it.
type Error struct {
	Code    int        `json:"code"`
	Message string     `json:"message"`
	Data    *ErrorData `json:"data,omitempty"`
}

// ErrorData is the data of an error of a host's own.
type ErrorData struct {
	Kind ErrorKind `json:"kind"`
}

func (e *Error) Error() string { return e.Message }

// Errorf makes an error of a host's own.
func Errorf(kind ErrorKind, format string, args ...any) *Error {
	return &Error{hostError, fmt.Sprintf(format, args...), &ErrorData{kind}}
}

func protocolError(code int, format string, args ...any) *Error {
	return &Error{Code: code, Message: fmt.Sprintf(format, args...)}
}
