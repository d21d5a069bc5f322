package main

import (
	"bytes"
	"encoding/base64"
	"encoding/gob"
	"encoding/json"
	"fmt"
	"os"
	"reflect"
)

// testCase is one stream: pointers to the values on it. The names are those of ../cases.util.ts.
type testCase struct {
	name   string
	values []any
}

func allCases() []testCase {
	var all []testCase
	for _, cases := range [][]testCase{recursiveCases(), interfaceCases(), opaqueCases(), shapeCases()} {
		all = append(all, cases...)
	}
	return all
}

func (c testCase) stream() ([]byte, error) {
	var stream bytes.Buffer
	encoder := gob.NewEncoder(&stream)
	for _, value := range c.values {
		if err := encoder.Encode(value); err != nil {
			return nil, fmt.Errorf("%s: %w", c.name, err)
		}
	}
	return stream.Bytes(), nil
}

// decode reads a stream into values of the case's types.
func (c testCase) decode(stream []byte) ([]reflect.Value, error) {
	decoder := gob.NewDecoder(bytes.NewReader(stream))
	var values []reflect.Value
	for i, value := range c.values {
		got := reflect.New(reflect.TypeOf(value).Elem())
		if err := decoder.DecodeValue(got); err != nil {
			return nil, fmt.Errorf("value %d: %w", i, err)
		}
		values = append(values, got.Elem())
	}
	return values, nil
}

type printedCase struct {
	Name   string
	Gob    string
	Values []json.RawMessage
}

// printCases prints for each case its stream and its values in tagged JSON, one case a line.
func printCases() error {
	lines := json.NewEncoder(os.Stdout)
	for _, c := range allCases() {
		stream, err := c.stream()
		if err != nil {
			return err
		}
		printed := printedCase{Name: c.name, Gob: base64.StdEncoding.EncodeToString(stream)}
		for _, value := range c.values {
			var text bytes.Buffer
			tagged(&text, reflect.ValueOf(value).Elem())
			printed.Values = append(printed.Values, text.Bytes())
		}
		if err := lines.Encode(printed); err != nil {
			return err
		}
	}
	return nil
}

// checkCases reads {"Name", "Gob"} lines, and prints for each what is wrong with the stream, or an empty line. The
// values must be what Go has when it reads its own stream.
func checkCases() error {
	cases := map[string]testCase{}
	for _, c := range allCases() {
		cases[c.name] = c
	}
	for lines := json.NewDecoder(os.Stdin); lines.More(); {
		var sent struct {
			Name string
			Gob  []byte
		}
		if err := lines.Decode(&sent); err != nil {
			return err
		}
		c, ok := cases[sent.Name]
		if !ok {
			fmt.Println("there is no such case")
			continue
		}
		fmt.Println(c.problemWith(sent.Gob))
	}
	return nil
}

func (c testCase) problemWith(stream []byte) string {
	own, err := c.stream()
	if err != nil {
		return err.Error()
	}
	want, err := c.decode(own)
	if err != nil {
		return "Go's own: " + err.Error()
	}
	got, err := c.decode(stream)
	if err != nil {
		return err.Error()
	}
	for i := range want {
		if !same(got[i], want[i]) {
			return fmt.Sprintf("value %d: got %#v, want %#v", i, got[i], want[i])
		}
	}
	return ""
}

// printBytes prints the stream of one case, from a process that has sent nothing before: its type ids are the first.
func printBytes(name string) error {
	for _, c := range allCases() {
		if c.name == name {
			stream, err := c.stream()
			if err != nil {
				return err
			}
			_, err = os.Stdout.Write(stream)
			return err
		}
	}
	return fmt.Errorf("no case %q", name)
}

func ptr[T any](value T) *T { return &value }
