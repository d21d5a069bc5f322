package main

import (
	"errors"
	"math/big"
	"net/netip"
	"net/url"
	"time"
)

// Secret encodes itself for gob.
type Secret struct{ text string }

// GobEncode implements gob.GobEncoder.
func (s Secret) GobEncode() ([]byte, error) { return []byte("<" + s.text + ">"), nil }

// GobDecode implements gob.GobDecoder.
func (s *Secret) GobDecode(data []byte) error {
	if len(data) < 2 || data[0] != '<' {
		return errors.New("no secret")
	}
	s.text = string(data[1 : len(data)-1])
	return nil
}

// Temp encodes itself for anyone who asks for bytes.
type Temp struct{ degrees byte }

// MarshalBinary implements encoding.BinaryMarshaler.
func (t Temp) MarshalBinary() ([]byte, error) { return []byte{t.degrees}, nil }

// UnmarshalBinary implements encoding.BinaryUnmarshaler.
func (t *Temp) UnmarshalBinary(data []byte) error {
	t.degrees = data[0]
	return nil
}

// Level encodes itself as text; gob does not ask for that.
type Level int

// MarshalText implements encoding.TextMarshaler.
func (l Level) MarshalText() ([]byte, error) { return []byte("level"), nil }

// UnmarshalText implements encoding.TextUnmarshaler.
func (l *Level) UnmarshalText([]byte) error { return nil }

// Secrets has such types in every place.
type Secrets struct {
	One  Secret
	Zero Secret
	Ptr  *Secret
	Nil  *Secret
	List []Secret
	Map  map[string]Temp
	Temp Temp
}

// Times has the type that most programs send.
type Times struct {
	At    time.Time
	Zero  time.Time
	Later *time.Time
	For   time.Duration
}

// Numbers has pointers to what encodes itself.
type Numbers struct {
	Int   *big.Int
	Float *big.Float
	None  *big.Int
	Value big.Int
}

// Places has a BinaryMarshaler by pointer and one by value.
type Places struct {
	URL  *url.URL
	Addr netip.Addr
	None netip.Addr
}

func opaqueCases() []testCase {
	at := time.Date(2026, 8, 17, 12, 30, 0, 5, time.FixedZone("", 7200))
	address, _ := url.Parse("https://user@example.com:8080/a%20b?q=1#f")
	large, _ := new(big.Int).SetString("-123456789012345678901234567890", 10)
	return []testCase{
		{"GobEncoder and BinaryMarshaler", []any{
			&Secrets{One: Secret{"x"}, Ptr: &Secret{"p"}, List: []Secret{{}, {"l"}}, Map: map[string]Temp{"t": {36}}, Temp: Temp{20}},
			&Secrets{Map: map[string]Temp{}},
		}},
		{"top-level GobEncoder", []any{&Secret{"top"}, &Secret{"again"}}},
		{"TextMarshaler", []any{ptr(Level(7)), &[]Level{1, 2}}},
		{"time.Time", []any{&Times{At: at, Later: ptr(at.UTC()), For: time.Minute}, ptr(at)}},
		{"big.Int and big.Float", []any{&Numbers{Int: large, Float: big.NewFloat(1.5)}}},
		{"url.URL and netip.Addr", []any{&Places{URL: address, Addr: netip.MustParseAddr("fe80::1%eth0")}}},
	}
}
