package main

import (
	"math"
	"math/rand"
	"reflect"
)

// generator fills values. It notes whether it has used a NaN, which DeepEqual cannot judge.
type generator struct {
	*rand.Rand
	usedNaN bool
}

// fill sets v to something random that gob can send and give back: maps are never nil, and neither are pointers to
// what gob sends even if it is zero, since a receiver that has no pointers cannot tell.
func (g *generator) fill(v reflect.Value, isKey bool) {
	t := v.Type()
	switch t.Kind() {
	case reflect.Bool:
		v.SetBool(g.Intn(2) == 0)
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		v.SetInt(int64(g.bits()) >> (64 - t.Bits()))
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64, reflect.Uintptr:
		v.SetUint(g.bits() >> (64 - t.Bits()))
	case reflect.Float32, reflect.Float64:
		v.SetFloat(g.float(t.Bits(), isKey))
	case reflect.Complex64, reflect.Complex128:
		v.SetComplex(complex(g.float(t.Bits()/2, isKey), g.float(t.Bits()/2, isKey)))
	case reflect.String:
		v.SetString(g.text())
	case reflect.Slice:
		g.fillSlice(v)
	case reflect.Array:
		for i := 0; i < v.Len(); i++ {
			g.fillElement(v.Index(i), isKey)
		}
	case reflect.Map:
		v.Set(reflect.MakeMap(t))
		for n := g.Intn(4); n > 0; n-- {
			key, elem := reflect.New(t.Key()).Elem(), reflect.New(t.Elem()).Elem()
			g.fill(key, true)
			g.fillElement(elem, false)
			v.SetMapIndex(key, elem)
		}
	case reflect.Struct:
		for i := 0; i < v.NumField(); i++ {
			g.fill(v.Field(i), isKey)
		}
	case reflect.Interface:
		if g.Intn(4) > 0 {
			v.Set(g.concrete())
		}
	case reflect.Pointer:
		if canBeNil(t.Elem()) && g.Intn(4) == 0 {
			return
		}
		g.fillElement(v, false)
	}
}

// fillElement is fill where gob takes no nil pointers.
func (g *generator) fillElement(v reflect.Value, isKey bool) {
	for v.Kind() == reflect.Pointer {
		v.Set(reflect.New(v.Type().Elem()))
		v = v.Elem()
	}
	g.fill(v, isKey)
}

func canBeNil(t reflect.Type) bool {
	kind := base(t).Kind()
	return kind != reflect.Struct && kind != reflect.Array && kind != reflect.Map
}

func (g *generator) fillSlice(v reflect.Value) {
	n := g.Intn(4)
	if v.Type().Elem().Kind() == reflect.Uint8 {
		data := make([]byte, n*n*n*n)
		g.Read(data)
		v.SetBytes(data)
		return
	}
	if n == 0 {
		return
	}
	v.Set(reflect.MakeSlice(v.Type(), n, n))
	for i := 0; i < n; i++ {
		g.fillElement(v.Index(i), false)
	}
}

// bits are 64 bits whose upper ones are of interest: few of them, all, none, the edges.
func (g *generator) bits() uint64 {
	switch g.Intn(6) {
	case 0:
		return 0
	case 1:
		return math.MaxUint64
	case 2:
		return 1 << 63
	case 3:
		return math.MaxUint64 >> 1
	case 4:
		return g.Uint64()
	default:
		// Small after any shift to a narrower integer.
		return uint64(g.Intn(256)) << 56 >> uint(g.Intn(56))
	}
}

func (g *generator) float(bits int, isKey bool) float64 {
	var f float64
	switch g.Intn(8) {
	case 0:
		f = 0
	case 1:
		f = math.Copysign(0, -1)
	case 2:
		f = math.Inf(1 - 2*g.Intn(2))
	case 3:
		f = math.NaN()
	case 4:
		f = float64(g.Intn(2000) - 1000)
	case 5:
		f = math.SmallestNonzeroFloat64 * float64(g.Intn(9))
	default:
		f = math.Float64frombits(g.Uint64())
	}
	if bits == 32 {
		f = float64(float32(f))
	}
	if f != f {
		if isKey {
			return 1
		}
		g.usedNaN = true
	}
	return f
}

var runes = []rune("aZ09 _\"\\\x00\x7fäßÿĀ€中\ufeff\ufffd💡𝔾\u2028")

func (g *generator) text() string {
	switch g.Intn(6) {
	case 0:
		return ""
	case 1:
		data := make([]byte, g.Intn(20))
		g.Read(data)
		return string(data)
	case 2:
		ascii := make([]byte, g.Intn(300))
		for i := range ascii {
			ascii[i] = byte(' ' + g.Intn(95))
		}
		return string(ascii)
	default:
		text := make([]rune, g.Intn(16))
		for i := range text {
			text[i] = runes[g.Intn(len(runes))]
		}
		return string(text)
	}
}

// Box is a concrete type that every program does not know, and may hold another.
type Box struct {
	Label   string
	Content any
}

func init() {
	register("oracle.Box", Box{})
}

var concreteTypes = []reflect.Type{
	reflect.TypeOf(0), reflect.TypeOf(int64(0)), reflect.TypeOf(uint8(0)), reflect.TypeOf(uint64(0)), reflect.TypeOf(float64(0)),
	reflect.TypeOf(complex64(0)), reflect.TypeOf(true), reflect.TypeOf(""), reflect.TypeOf([]byte{}), reflect.TypeOf([]string{}),
	reflect.TypeOf([]float32{}), reflect.TypeOf(Box{}), reflect.TypeOf(map[string]int{}),
}

func (g *generator) concrete() reflect.Value {
	v := reflect.New(concreteTypes[g.Intn(len(concreteTypes))]).Elem()
	g.fill(v, false)
	return v
}
