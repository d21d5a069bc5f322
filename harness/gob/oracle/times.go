package main

import (
	"bytes"
	"encoding/gob"
	"fmt"
	"testing"
)

// Entry is a list element of eight fields, such as a plugin's configuration has.
type Entry struct {
	Title, Description, Key string
	Type                    int
	Default, Placeholder    string
	Values                  []string
	IsUserSpecific          bool
}

// Configuration is what the speed of the codec is told by.
type Configuration struct{ Configuration []Entry }

func sampleConfiguration() Configuration {
	var c Configuration
	for i := 0; i < 10; i++ {
		c.Configuration = append(c.Configuration, Entry{
			fmt.Sprintf("Setting %d", i), "What this setting does to the lamp", fmt.Sprintf("setting_%d", i),
			i % 4, "default", "type here", []string{"one", "two"}, i%2 == 0,
		})
	}
	return c
}

// printTimes prints what a Go program takes to send and to receive ten entries once the types are known.
func printTimes() error {
	value := sampleConfiguration()
	encoding := testing.Benchmark(func(b *testing.B) {
		var stream bytes.Buffer
		encoder := gob.NewEncoder(&stream)
		for i := 0; i < b.N; i++ {
			stream.Reset()
			_ = encoder.Encode(&value)
		}
	})
	decoding := testing.Benchmark(func(b *testing.B) {
		var stream bytes.Buffer
		encoder, decoder := gob.NewEncoder(&stream), gob.NewDecoder(&stream)
		_ = encoder.Encode(&value)
		before := stream.Len()
		_ = encoder.Encode(&value)
		message := append([]byte{}, stream.Bytes()[before:]...)
		for i := 0; i < 2; i++ {
			_ = decoder.Decode(&Configuration{})
		}
		b.ResetTimer()
		for i := 0; i < b.N; i++ {
			stream.Write(message)
			if err := decoder.Decode(&Configuration{}); err != nil {
				b.Fatal(err)
			}
		}
	})
	fmt.Printf("encode %d ns\ndecode %d ns\n", encoding.NsPerOp(), decoding.NsPerOp())
	return nil
}
