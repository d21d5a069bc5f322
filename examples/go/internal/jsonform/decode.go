package jsonform

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"reflect"
)

// Decode reads the JSON form of a value of the type that into points to. A field that is not there is zero.
// The error names the path to what is wrong.
func Decode(data []byte, into any) error {
	var tree any
	if err := json.Unmarshal(data, &tree); err != nil {
		return err
	}
	return decode(tree, reflect.ValueOf(into).Elem(), "args")
}

func decode(tree any, v reflect.Value, path string) error {
	switch v.Kind() {
	case reflect.Bool:
		if b, ok := tree.(bool); ok {
			v.SetBool(b)
			return nil
		}
	case reflect.String:
		if s, ok := text(tree); ok {
			v.SetString(s)
			return nil
		}
	case reflect.Slice:
		if list, ok := tree.([]any); ok {
			return decodeSlice(list, v, path)
		}
	case reflect.Struct:
		if fields, ok := tree.(map[string]any); ok {
			return decodeStruct(fields, v, path)
		}
	}
	return fmt.Errorf("%s is not of type %s", path, v.Type())
}

func text(tree any) (string, bool) {
	if tagged, ok := tree.(map[string]any); ok && len(tagged) == 1 {
		encoded, _ := tagged["$string"].(string)
		bytes, err := base64.StdEncoding.DecodeString(encoded)
		return string(bytes), err == nil && encoded != ""
	}
	s, ok := tree.(string)
	return s, ok
}

func decodeSlice(list []any, v reflect.Value, path string) error {
	v.Set(reflect.MakeSlice(v.Type(), len(list), len(list)))
	for i, item := range list {
		if err := decode(item, v.Index(i), fmt.Sprintf("%s[%d]", path, i)); err != nil {
			return err
		}
	}
	return nil
}

func decodeStruct(fields map[string]any, v reflect.Value, path string) error {
	for name, field := range fields {
		target := v.FieldByName(name)
		if !target.IsValid() {
			return fmt.Errorf("%s has the field %q, which %s has not", path, name, v.Type())
		}
		if err := decode(field, target, path+"."+name); err != nil {
			return err
		}
	}
	return nil
}
