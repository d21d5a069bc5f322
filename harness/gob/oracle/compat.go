package main

import (
	"bytes"
	"encoding/base64"
	"encoding/gob"
	"encoding/json"
	"os"
	"reflect"
	"time"
)

// Types that differ in ways that matter to a receiver, or do not.
type (
	pointY  struct{ Y, X int }
	pointX  struct{ X int }
	point3  struct{ X, Y, Z int }
	pointU  struct{ X uint }
	pointF  struct{ X, Y float64 }
	pointP  struct{ X **int }
	other   struct{ A string }
	line    struct{ From, To Point }
	lineU   struct{ From, To pointU }
	line3   struct{ From, To point3 }
	lineO   struct{ From, To other }
	chain   struct{ Chain *Chained }
	Chained struct {
		Name string
		Next *Chained
	}
	chainN struct{ Chain *ChainN }
	ChainN struct {
		Name int
		Next *ChainN
	}
	chainE struct{ Chain *ChainE }
	ChainE struct {
		Next  *ChainE
		Extra []string
	}
	flatChain struct{ Chain other }
	withAny   struct{ X any }
	withTime  struct{ At time.Time }
	withText  struct{ At string }
)

// samples are values of the types; each type is both sent and expected.
func samples() []any {
	return []any{
		ptr(5), ptr(uint(5)), ptr(int64(-5)), ptr(1.5), ptr("s"), ptr(true), ptr(complex(1, 2)), ptr([]byte("b")), ptr[any](7), new(any),
		&[]int{1}, &[]uint{1}, &[]string{"a"}, &[]any{1}, &[][]byte{{1}}, &[][]uint{{1}}, &[]Point{{1, 2}}, &[]point3{{1, 2, 3}}, &[]pointU{{1}}, &[]other{{"a"}},
		&[2]int{1, 2}, &[3]int{1, 2, 3}, &[2]byte{1, 2}, &[0]string{}, &[2]Point{{1, 2}, {}}, &[2]point3{{}, {1, 2, 3}},
		&map[string]int{"a": 1}, &map[string]uint{"a": 1}, &map[int]string{1: "a"}, &map[string]Point{"a": {1, 2}}, &map[string]point3{"a": {1, 2, 3}}, &map[string]any{"a": 1},
		&Point{1, 2}, &pointY{3, 4}, &pointX{5}, &point3{1, 2, 3}, &pointU{6}, &pointF{1, 2}, &pointP{ptr(ptr(8))}, &other{"a"}, &Empty{},
		&line{Point{1, 2}, Point{3, 4}}, &lineU{pointU{1}, pointU{2}}, &line3{point3{1, 2, 3}, point3{}}, &lineO{other{"a"}, other{"b"}},
		&chain{&Chained{"a", &Chained{"b", nil}}}, &chainN{&ChainN{1, &ChainN{2, nil}}}, &chainE{&ChainE{&ChainE{}, []string{"x"}}}, &flatChain{},
		&List{1, &List{2, nil}}, &Tree{"a", nil, &Tree{Key: "b"}}, &Nest{{}}, &Graph{"a": {}}, &Forest{Named: map[string]*Forest{}},
		&withAny{7}, &withTime{time.Unix(1, 0).UTC()}, &withText{"t"}, ptr(time.Unix(2, 0).UTC()), &Secret{"x"}, &Temp{5}, ptr(Level(3)), &Raw{1}, &Digest{1, 2, 3, 4},
	}
}

type printedCompat struct {
	Sent, Expected string
	Error          string          `json:",omitempty"`
	Got            json.RawMessage `json:",omitempty"`
}

// printCompat prints a line for each pair of sample types: the streams of both samples, and what Go makes of the
// first where it expects the type of the second.
func printCompat() error {
	lines := json.NewEncoder(os.Stdout)
	all := samples()
	for _, sent := range all {
		stream, err := testCase{"", []any{sent}}.stream()
		if err != nil {
			return err
		}
		for _, expected := range all {
			sample, err := testCase{"", []any{expected}}.stream()
			if err != nil {
				return err
			}
			printed := printedCompat{Sent: base64.StdEncoding.EncodeToString(stream), Expected: base64.StdEncoding.EncodeToString(sample)}
			got := reflect.New(reflect.TypeOf(expected).Elem())
			if err := gob.NewDecoder(bytes.NewReader(stream)).DecodeValue(got); err != nil {
				printed.Error = err.Error()
			} else {
				var text bytes.Buffer
				tagged(&text, got.Elem())
				printed.Got = text.Bytes()
			}
			if err := lines.Encode(printed); err != nil {
				return err
			}
		}
	}
	return nil
}
