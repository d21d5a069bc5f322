package main

import (
	"encoding/gob"
	"reflect"
)

var namesByType = map[reflect.Type]string{}

// register makes a type known to gob under a name of our choice, and to us as well: gob does not tell its names.
func register(name string, value any) {
	gob.RegisterName(name, value)
	namesByType[reflect.TypeOf(value)] = name
}

// registeredName is the name that a concrete type has on the wire. The basic types are called what they are.
func registeredName(t reflect.Type) string {
	if name, ok := namesByType[t]; ok {
		return name
	}
	return t.String()
}
