package main

import (
	"bufio"
	"bytes"
	"encoding/gob"
	"encoding/json"
	"fmt"
	"math/rand"
	"os"
	"reflect"
)

// pair is a type and a value of it, as it is once Go itself has sent and received it.
type pair struct {
	t       reflect.Type
	first   bool
	want    reflect.Value
	usedNaN bool
}

type summary struct {
	Pairs    int
	Kinds    map[string]int
	Failures []string
}

// random writes two frames for each of types × values pairs: the value in tagged JSON, behind an N if the type and
// with it a stream is new and an S if not, and its bytes. It reads one frame for each: the bytes that it is sent
// back. The last frame is a summary.
func random(seed int64, types, values int) error {
	out := bufio.NewWriterSize(os.Stdout, 1<<16)
	sent := make(chan pair, 1<<12)
	checked := make(chan summary)
	go func() { checked <- check(sent) }()

	kinds := map[string]int{}
	g := &generator{Rand: rand.New(rand.NewSource(seed))}
	for i := 0; i < types; i++ {
		t := randomType(g.Rand, 0)
		count(t, values, kinds)
		if err := sendValues(g, t, values, out, sent); err != nil {
			return fmt.Errorf("%s: %w", t, err)
		}
	}
	close(sent)
	if err := out.Flush(); err != nil {
		return err
	}
	result := <-checked
	result.Kinds = kinds
	report, err := json.Marshal(result)
	if err != nil {
		return err
	}
	if err := writeFrame(out, report); err != nil {
		return err
	}
	return out.Flush()
}

// sendValues sends values of one type as one stream.
func sendValues(g *generator, t reflect.Type, values int, out *bufio.Writer, sent chan<- pair) error {
	var stream, own bytes.Buffer
	encoder, decoder := gob.NewEncoder(&stream), gob.NewDecoder(&own)
	for i := 0; i < values; i++ {
		v := reflect.New(t)
		g.usedNaN = false
		g.fillElement(v.Elem(), false)
		stream.Reset()
		if err := encoder.EncodeValue(v); err != nil {
			return err
		}
		own.Write(stream.Bytes())
		want := reflect.New(t)
		if err := decoder.DecodeValue(want); err != nil {
			return err
		}
		var text bytes.Buffer
		text.WriteByte("SN"[b2i(i == 0)])
		tagged(&text, want.Elem())
		if err := writeFrame(out, text.Bytes()); err != nil {
			return err
		}
		if err := writeFrame(out, stream.Bytes()); err != nil {
			return err
		}
		next := pair{t, i == 0, want.Elem(), g.usedNaN}
		select {
		case sent <- next:
		default:
			// Before we wait for answers, everything must be on its way.
			if err := out.Flush(); err != nil {
				return err
			}
			sent <- next
		}
	}
	return nil
}

func check(sent <-chan pair) summary {
	in := bufio.NewReaderSize(os.Stdin, 1<<16)
	var result summary
	var stream bytes.Buffer
	var decoder *gob.Decoder
	for p := range sent {
		result.Pairs++
		if p.first {
			stream.Reset()
			decoder = gob.NewDecoder(&stream)
		}
		frame, err := readFrame(in)
		if err == nil {
			stream.Write(frame)
			err = checkOne(decoder, p)
		}
		if err != nil && len(result.Failures) < 20 {
			result.Failures = append(result.Failures, fmt.Sprintf("pair %d, %s, %x: %v", result.Pairs, p.t, frame, err))
		}
	}
	return result
}

func checkOne(decoder *gob.Decoder, p pair) error {
	got := reflect.New(p.t)
	if err := decoder.DecodeValue(got); err != nil {
		return err
	}
	if !same(got.Elem(), p.want) || (!p.usedNaN && !reflect.DeepEqual(got.Elem().Interface(), p.want.Interface())) {
		return fmt.Errorf("got %#v, want %#v", got.Elem(), p.want)
	}
	return nil
}

func b2i(b bool) int {
	if b {
		return 1
	}
	return 0
}
