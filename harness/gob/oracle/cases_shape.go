package main

import "math"

// Point is gob's own example (doc.go).
type Point struct{ X, Y int }

// Named types are sent as what they are made of.
type (
	Celsius float64
	Words   []string
	Scores  map[Level]bool
	Digest  [4]byte
	Raw     []byte
	Chars   []rune
)

// Naming has named types in its fields.
type Naming struct {
	Celsius Celsius
	Words   Words
	Scores  Scores
	Digest  Digest
	Raw     Raw
	Chars   Chars
}

// Base is embedded.
type Base struct{ ID string }

// Derived embeds: gob sends fields of the embedded types' names.
type Derived struct {
	Base
	*Point
	Name string
}

// Pointers are flattened.
type Pointers struct {
	Int    **int
	String ***string
	List   *[]int
	Struct *Point
	Nil    **int
	NoList *[]int
}

// Kinds has every kind.
type Kinds struct {
	Bool       bool
	Int        int
	Int8       int8
	Int64      int64
	Uint       uint
	Uint8      uint8
	Uint64     uint64
	Uintptr    uintptr
	Float32    float32
	Float64    float64
	Complex64  complex64
	Complex128 complex128
	String     string
	Bytes      []byte
	Array      [2]byte
	Slice      []int
	Map        map[string]int
	Struct     Point
	Pointer    *int
	Any        any
}

// Partly has fields that are not sent.
type Partly struct {
	Sent    int
	private int
	Chan    chan int
	Func    func()
	Also    string
}

// Request is net/rpc's.
type Request struct {
	ServiceMethod string
	Seq           uint64
}

// Empty has nothing.
type Empty struct{}

func shapeCases() []testCase {
	kinds := Kinds{
		true, -1, math.MinInt8, math.MinInt64, 1, math.MaxUint8, math.MaxUint64, 7, 1.5, -math.MaxFloat64,
		complex(1, -2), complex(math.Inf(1), math.Copysign(0, -1)), "ä\x00💡", []byte{0, 255}, [2]byte{128, 0},
		[]int{0, -64, 64, 1 << 40}, map[string]int{"": 0}, Point{1, 0}, ptr(9), nil,
	}
	return []testCase{
		{"gob's Point", []any{&Point{22, 33}, &Point{22, 33}}},
		{"every kind", []any{&kinds, &Kinds{Map: map[string]int{}}}},
		{"named types", []any{&Naming{36.6, Words{"a"}, Scores{3: true}, Digest{1, 2, 3, 200}, Raw("raw"), Chars("ä")}}},
		{"embedded structs", []any{&Derived{Base{"b"}, &Point{1, 2}, "n"}, &Derived{}}},
		{"pointers to pointers", []any{&Pointers{Int: ptr(ptr(5)), String: ptr(ptr(ptr("s"))), List: &[]int{1}, Struct: &Point{1, 1}}, &Pointers{}}},
		{"arrays of arrays", []any{&[2][3]uint8{{1, 2, 3}, {250}}, &[0]int{}, &[2]Point{{1, 2}}}},
		{"maps of structs", []any{&map[string]Point{"p": {1, 2}}, &map[Point]string{{3, 4}: "q"}, &map[string]map[int]bool{"m": {-5: true}}}},
		{"empty structs", []any{&Empty{}, &[]Empty{{}, {}}, &map[string]Empty{"e": {}}}},
		{"unsent fields", []any{&Partly{Sent: 1, private: 2, Also: "a"}}},
		{"top-level scalars", []any{ptr(3), ptr("s"), ptr(""), ptr(true), ptr(false), ptr(uint(7)), ptr(17.0), ptr(0.0), ptr(complex(1, 2)), &[]byte{1}, &[]byte{}}},
		{"a stream of shared types", []any{&Point{1, 2}, &[]Point{{3, 4}}, &map[string]Point{"k": {5, 6}}, &Point{}, &[]Point{{7, 8}, {9, 9}}}},
		{"bytes and their like", []any{ptr([]byte("bytes")), &[4]byte{1, 2, 3, 255}, &[]uint{1, 300}, &[]int8{-1, 1}}},
		{"slices of slices", []any{&[][][]string{{{"a", ""}, {}}, {}}}},
		{"edges of the integers", []any{
			&[]int64{math.MinInt64, math.MaxInt64, 1 << 53, -1 << 53, 1<<53 - 1, -1<<53 + 1, -1<<53 - 1, 1<<52 - 1, 1 << 52, -1 << 52, 63, 64, -64, -65},
			&[]uint64{math.MaxUint64, 1 << 63, 1 << 53, 1<<53 - 1, 1 << 32, 1<<32 - 1, 127, 128, 255, 256, 65535, 65536, 1<<24 - 1, 1 << 24},
		}},
		{"floats", []any{&[]float64{0, math.Copysign(0, -1), 1, -1, 17, 0.1, math.Inf(1), math.Inf(-1), math.NaN(), math.SmallestNonzeroFloat64, math.MaxFloat64}, &[]float32{1.5}}},
		{"strings", []any{&[]string{"", "a", "\xff", "ä", "\xed\xa0\x80", "\ufeffbom", "\ufffd", string(make([]byte, 300))}}},
		{"net/rpc headers", []any{&Request{"Plugin.GetManifest", 0}, &Request{"Plugin.OnLoad", 1 << 40}}},
	}
}
