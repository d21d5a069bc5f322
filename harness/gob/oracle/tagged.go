package main

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"math"
	"reflect"
	"strconv"
	"unicode/utf8"
)

const maxSafeInteger = 1<<53 - 1

// tagged writes a value in the tagged JSON form of harness/value. Nil pointers are the zero of what they point to,
// except in recursive types.
func tagged(b *bytes.Buffer, v reflect.Value) {
	t := v.Type()
	if byValue, byPointer := encodesItself(t); byValue || (byPointer && t.Kind() != reflect.Pointer) {
		if t.Kind() != reflect.Pointer || !v.IsNil() {
			data, err := ownBytes(v)
			if err != nil {
				panic(err)
			}
			tag(b, "$bytes", base64.StdEncoding.EncodeToString(data))
			return
		}
		tag(b, "$bytes", "")
		return
	}
	switch t.Kind() {
	case reflect.Bool:
		b.WriteString(strconv.FormatBool(v.Bool()))
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		n := v.Int()
		taggedInteger(b, strconv.FormatInt(n, 10), n >= -maxSafeInteger && n <= maxSafeInteger)
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64, reflect.Uintptr:
		taggedInteger(b, strconv.FormatUint(v.Uint(), 10), v.Uint() <= maxSafeInteger)
	case reflect.Float32, reflect.Float64:
		taggedFloat(b, v.Float())
	case reflect.Complex64, reflect.Complex128:
		b.WriteString(`{"$complex":[`)
		taggedFloat(b, real(v.Complex()))
		b.WriteByte(',')
		taggedFloat(b, imag(v.Complex()))
		b.WriteString("]}")
	case reflect.String:
		taggedString(b, v.String())
	case reflect.Slice:
		if t.Elem().Kind() == reflect.Uint8 {
			tag(b, "$bytes", base64.StdEncoding.EncodeToString(v.Bytes()))
			return
		}
		taggedList(b, v)
	case reflect.Array:
		taggedList(b, v)
	case reflect.Map:
		b.WriteString(`{"$map":[`)
		for i, entries := 0, v.MapRange(); entries.Next(); i++ {
			comma(b, i)
			b.WriteByte('[')
			tagged(b, entries.Key())
			b.WriteByte(',')
			tagged(b, entries.Value())
			b.WriteByte(']')
		}
		b.WriteString("]}")
	case reflect.Struct:
		taggedStruct(b, v)
	case reflect.Interface:
		if v.IsNil() {
			b.WriteString("null")
			return
		}
		name, _ := json.Marshal(registeredName(v.Elem().Type()))
		fmt.Fprintf(b, `{"$interface":{"type":%s,"value":`, name)
		tagged(b, v.Elem())
		b.WriteString("}}")
	case reflect.Pointer:
		switch {
		case !v.IsNil():
			tagged(b, v.Elem())
		case isRecursive(t.Elem()):
			b.WriteString("null")
		default:
			taggedZero(b, t.Elem())
		}
	default:
		panic("no tagged form of " + t.String())
	}
}

func taggedStruct(b *bytes.Buffer, v reflect.Value) {
	b.WriteByte('{')
	count := 0
	for i := 0; i < v.NumField(); i++ {
		field := v.Type().Field(i)
		if kind := base(field.Type).Kind(); !field.IsExported() || kind == reflect.Chan || kind == reflect.Func {
			continue
		}
		comma(b, count)
		count++
		name, _ := json.Marshal(field.Name)
		b.Write(name)
		b.WriteByte(':')
		// A zero that encodes itself is not asked for its bytes in a struct (encode.go, gobEncodeOpFor).
		if byValue, _ := encodesItself(field.Type); byValue && v.Field(i).IsZero() {
			tag(b, "$bytes", "")
		} else {
			tagged(b, v.Field(i))
		}
	}
	b.WriteByte('}')
}

// taggedZero is what stands for a field that was not sent.
func taggedZero(b *bytes.Buffer, t reflect.Type) {
	if byValue, byPointer := encodesItself(t); byValue || byPointer {
		tag(b, "$bytes", "")
		return
	}
	tagged(b, reflect.Zero(t))
}

func taggedList(b *bytes.Buffer, v reflect.Value) {
	b.WriteByte('[')
	for i := 0; i < v.Len(); i++ {
		comma(b, i)
		tagged(b, v.Index(i))
	}
	b.WriteByte(']')
}

func taggedInteger(b *bytes.Buffer, digits string, safe bool) {
	if safe {
		b.WriteString(digits)
	} else {
		tag(b, "$int", digits)
	}
}

func taggedFloat(b *bytes.Buffer, f float64) {
	switch {
	case math.IsNaN(f):
		tag(b, "$float", "NaN")
	case math.IsInf(f, 1):
		tag(b, "$float", "Infinity")
	case math.IsInf(f, -1):
		tag(b, "$float", "-Infinity")
	case f == 0 && math.Signbit(f):
		tag(b, "$float", "-0")
	default:
		b.WriteString(strconv.FormatFloat(f, 'g', -1, 64))
	}
}

func taggedString(b *bytes.Buffer, s string) {
	if !utf8.ValidString(s) {
		tag(b, "$string", base64.StdEncoding.EncodeToString([]byte(s)))
		return
	}
	text, _ := json.Marshal(s)
	b.Write(text)
}

func tag(b *bytes.Buffer, name, content string) {
	fmt.Fprintf(b, `{"%s":"%s"}`, name, content)
}

func comma(b *bytes.Buffer, index int) {
	if index > 0 {
		b.WriteByte(',')
	}
}

func base(t reflect.Type) reflect.Type {
	for t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	return t
}

// isRecursive says whether a type leads back to itself by fields and array elements.
func isRecursive(t reflect.Type) bool {
	t = base(t)
	seen := map[reflect.Type]bool{}
	var leadsBack func(from reflect.Type) bool
	visit := func(next reflect.Type) bool {
		next = base(next)
		if next == t {
			return true
		}
		if seen[next] {
			return false
		}
		seen[next] = true
		return leadsBack(next)
	}
	leadsBack = func(from reflect.Type) bool {
		if byValue, byPointer := encodesItself(from); byValue || byPointer {
			return false
		}
		switch from.Kind() {
		case reflect.Struct:
			for i := 0; i < from.NumField(); i++ {
				if from.Field(i).IsExported() && visit(from.Field(i).Type) {
					return true
				}
			}
		case reflect.Array:
			return from.Len() > 0 && visit(from.Elem())
		}
		return false
	}
	return leadsBack(t)
}
