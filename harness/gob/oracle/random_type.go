package main

import (
	"fmt"
	"math/rand"
	"reflect"
)

const maxTypeDepth = 4

var leaves = []reflect.Type{
	reflect.TypeOf(false),
	reflect.TypeOf(int(0)), reflect.TypeOf(int8(0)), reflect.TypeOf(int16(0)), reflect.TypeOf(int32(0)), reflect.TypeOf(int64(0)),
	reflect.TypeOf(uint(0)), reflect.TypeOf(uint8(0)), reflect.TypeOf(uint16(0)), reflect.TypeOf(uint32(0)), reflect.TypeOf(uint64(0)),
	reflect.TypeOf(uintptr(0)),
	reflect.TypeOf(float32(0)), reflect.TypeOf(float64(0)),
	reflect.TypeOf(complex64(0)), reflect.TypeOf(complex128(0)),
	reflect.TypeOf(""), reflect.TypeOf([]byte(nil)), reflect.TypeOf((*any)(nil)).Elem(),
}

var keyLeaves = append(append([]reflect.Type{}, leaves[:14]...), leaves[16])

// randomType makes a type of exported names, nested up to maxTypeDepth.
func randomType(r *rand.Rand, depth int) reflect.Type {
	// The top is a struct more often than not, as in net/rpc.
	if depth == 0 && r.Intn(3) > 0 {
		return randomStruct(r, depth, randomType)
	}
	if depth >= maxTypeDepth || r.Intn(100) < 40 {
		return leaves[r.Intn(len(leaves))]
	}
	switch r.Intn(6) {
	case 0, 1:
		return randomStruct(r, depth, randomType)
	case 2:
		return reflect.SliceOf(randomType(r, depth+1))
	case 3:
		return reflect.ArrayOf(r.Intn(4), randomType(r, depth+1))
	case 4:
		return reflect.MapOf(randomKey(r, depth+1), randomType(r, depth+1))
	default:
		return reflect.PointerTo(randomType(r, depth+1))
	}
}

var fieldNames = []string{"A", "Name", "ID", "Ünit", "X_1", "Z"}

func randomStruct(r *rand.Rand, depth int, part func(*rand.Rand, int) reflect.Type) reflect.Type {
	fields := make([]reflect.StructField, 1+r.Intn(len(fieldNames)))
	for i := range fields {
		fields[i] = reflect.StructField{Name: fieldNames[i], Type: part(r, depth+1)}
	}
	return reflect.StructOf(fields)
}

// randomKey makes a type that can be a map's key. Floats are among them, NaN is not.
func randomKey(r *rand.Rand, depth int) reflect.Type {
	if depth < maxTypeDepth {
		switch r.Intn(12) {
		case 0:
			return reflect.ArrayOf(1+r.Intn(2), randomKey(r, depth+1))
		case 1:
			return randomStruct(r, depth, randomKey)
		}
	}
	return keyLeaves[r.Intn(len(keyLeaves))]
}

// count adds the kinds that a type is made of. []byte is a kind to gob.
func count(t reflect.Type, times int, kinds map[string]int) {
	switch t.Kind() {
	case reflect.Slice:
		if t.Elem().Kind() == reflect.Uint8 {
			kinds["bytes"] += times
			return
		}
		count(t.Elem(), times, kinds)
	case reflect.Array, reflect.Pointer:
		count(t.Elem(), times, kinds)
	case reflect.Map:
		count(t.Key(), times, kinds)
		count(t.Elem(), times, kinds)
	case reflect.Struct:
		for i := 0; i < t.NumField(); i++ {
			count(t.Field(i).Type, times, kinds)
		}
	}
	kinds[kindName(t)] += times
}

func kindName(t reflect.Type) string {
	if t.Kind() == reflect.Pointer {
		return "pointer"
	}
	return fmt.Sprint(t.Kind())
}
