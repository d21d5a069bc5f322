package main

import (
	"encoding"
	"encoding/gob"
	"reflect"
)

var (
	gobEncoder      = reflect.TypeOf((*gob.GobEncoder)(nil)).Elem()
	binaryMarshaler = reflect.TypeOf((*encoding.BinaryMarshaler)(nil)).Elem()
)

// encodesItself says whether gob asks values of the type, or pointers to them, for their bytes.
func encodesItself(t reflect.Type) (byValue, byPointer bool) {
	p := reflect.PointerTo(t)
	byValue = t.Implements(gobEncoder) || t.Implements(binaryMarshaler)
	return byValue, p.Implements(gobEncoder) || p.Implements(binaryMarshaler)
}

// ownBytes is what a value that encodes itself sends.
func ownBytes(v reflect.Value) ([]byte, error) {
	if byValue, _ := encodesItself(v.Type()); !byValue {
		p := reflect.New(v.Type())
		p.Elem().Set(v)
		v = p
	}
	if g, ok := v.Interface().(gob.GobEncoder); ok {
		return g.GobEncode()
	}
	return v.Interface().(encoding.BinaryMarshaler).MarshalBinary()
}
