package main

// List is recursive by itself.
type List struct {
	Value int
	Next  *List
}

// Tree is recursive twice.
type Tree struct {
	Key         string
	Left, Right *Tree
}

// Person and Pet are recursive by each other.
type Person struct {
	Name string
	Pet  *Pet
}
type Pet struct {
	Legs  uint
	Owner *Person
}

// Owned is not recursive, what it holds is.
type Owned struct {
	First Person
	Last  *Pet
}

// Nest is recursive without a struct.
type Nest []Nest

// Graph is recursive by a map.
type Graph map[string]Graph

// Forest is recursive by slices and maps, which are never nil pointers.
type Forest struct {
	Name  string
	Trees []Forest
	Named map[string]*Forest
}

// Pair is recursive by an array.
type Pair struct {
	Depth int
	Parts *[2]Pair
}

// Ring is recursive by a slice in a map.
type Ring map[string][]Ring

// Shelf is recursive by a slice in an array: it has its type id before the array has.
type Shelf map[string][1][]Shelf

// Album is recursive by a struct, in which it has its type id before the fields after it.
type Album map[string]Track

// Track is an Album's.
type Track struct {
	Album Album
	Tags  []string
}

func recursiveCases() []testCase {
	return []testCase{
		{"recursive list", []any{&List{1, &List{2, &List{0, &List{4, nil}}}}, &List{}}},
		{"recursive tree", []any{&Tree{"m", &Tree{"c", nil, &Tree{Key: "d"}}, &Tree{Key: "x"}}}},
		{"mutually recursive", []any{&Person{"Ann", &Pet{4, &Person{"Bob", &Pet{}}}}, &Person{}}},
		{"holding recursive", []any{&Owned{Person{"Ann", nil}, &Pet{2, nil}}, &Owned{}}},
		{"recursive slice", []any{&Nest{{}, {{}, {{}}}}}},
		{"recursive map", []any{&Graph{"a": {"b": {}}}}},
		{"recursive by slice and map", []any{
			&Forest{"f", []Forest{{Name: "g"}}, map[string]*Forest{"h": {Name: "i"}}},
			&Forest{Named: map[string]*Forest{}},
		}},
		{"recursive array", []any{&Pair{1, &[2]Pair{{2, nil}, {3, &[2]Pair{}}}}}},
		{"recursive slice in an array", []any{&Shelf{"a": {{{}}}}}},
		{"recursive map of structs", []any{&Album{"a": {Album{}, []string{"t"}}}}},
		{"recursive slice in a map", []any{&Ring{"a": {{"b": nil}, {}}}}},
	}
}
