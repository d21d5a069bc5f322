// Package jsonform writes and reads Go values in the JSON form of the host adapter: plain JSON, and where that
// falls short {"$int": "9223372036854775807"} for integers beyond 2^53 and {"$string": "<base64>"} for strings
// that are not UTF-8. It has what the Iglu interface needs: structs, slices, strings, booleans, integers.
package jsonform

import (
	"encoding/base64"
	"fmt"
	"reflect"
	"strconv"
	"unicode/utf8"
)

// maxSafe is the greatest integer that a JavaScript number holds without loss, Number.MAX_SAFE_INTEGER.
const maxSafe = 1<<53 - 1

// Encode gives what encoding/json will write as the JSON form of v. A struct has all its fields, a nil slice
// is an empty list.
func Encode(v any) any {
	return encode(reflect.ValueOf(v))
}

func encode(v reflect.Value) any {
	switch v.Kind() {
	case reflect.Invalid:
		return nil
	case reflect.Bool:
		return v.Bool()
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		if i := v.Int(); i < -maxSafe || i > maxSafe {
			return map[string]any{"$int": strconv.FormatInt(i, 10)}
		}
		return v.Int()
	case reflect.String:
		if s := v.String(); !utf8.ValidString(s) {
			return map[string]any{"$string": base64.StdEncoding.EncodeToString([]byte(s))}
		}
		return v.String()
	case reflect.Slice:
		list := make([]any, v.Len())
		for i := range list {
			list[i] = encode(v.Index(i))
		}
		return list
	case reflect.Struct:
		fields := make(map[string]any, v.NumField())
		for i := range v.NumField() {
			fields[v.Type().Field(i).Name] = encode(v.Field(i))
		}
		return fields
	case reflect.Pointer, reflect.Interface:
		return encode(v.Elem())
	default:
		return fmt.Sprint(v)
	}
}
