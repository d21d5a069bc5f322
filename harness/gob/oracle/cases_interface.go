package main

// Shape is an interface with methods: nothing of that is sent.
type Shape interface{ Area() float64 }

// Circle is a Shape.
type Circle struct{ R float64 }

// Area implements Shape.
func (c Circle) Area() float64 { return c.R * c.R * 3 }

// Rect is a Shape by its pointer.
type Rect struct{ W, H float64 }

// Area implements Shape.
func (r *Rect) Area() float64 { return r.W * r.H }

// Holder has an interface between other fields.
type Holder struct {
	Before int
	Held   any
	After  int
}

// Wrap holds anything, itself too.
type Wrap struct {
	Depth int
	Inner any
}

// Inner is first met deep inside.
type Inner struct{ Points []Point }

// Fault is an error that both sides know.
type Fault struct{ Code int }

// Error implements error.
func (f *Fault) Error() string { return "fault" }

// Reply is what many plugins answer.
type Reply struct {
	Value string
	Err   error
}

// Mixed has interfaces in every place.
type Mixed struct {
	A    any
	B    Shape
	List []any
	Map  map[string]any
	Pair [2]any
	Keys map[any]any
	Z    int
}

func init() {
	register("main.Circle", Circle{})
	register("*main.Rect", &Rect{})
	register("main.Wrap", Wrap{})
	register("main.Inner", Inner{})
	register("*main.Fault", &Fault{})
	register("ints", map[string]int{})
	register("points", []Point{})
	register("level", Level(0))
}

func interfaceCases() []testCase {
	return []testCase{
		{"nil interface", []any{new(any), new(any)}},
		{"interface of a basic type", []any{ptr[any](7), ptr[any]("x"), ptr[any](uint8(3)), ptr[any]([]string{"a", "b"}), ptr[any]([]byte("b"))}},
		{"interface of a struct", []any{ptr[any](Circle{2}), ptr[Shape](Circle{})}},
		{"interface of a pointer", []any{ptr[Shape](&Rect{2, 3})}},
		{"interface of a map", []any{ptr[any](map[string]int{"a": 1})}},
		{"interface of a slice", []any{ptr[any]([]Point{{1, 2}, {}})}},
		{"interface of a named int", []any{ptr[any](Level(-3))}},
		{"interface field", []any{&Holder{1, Circle{2}, 3}, &Holder{1, Circle{4}, 3}, &Holder{1, nil, 3}}},
		{"interface slice", []any{&[]Shape{Circle{1}, nil, &Rect{1, 2}, Circle{0}}}},
		{"interface map", []any{&map[string]any{"circle": Circle{1}}}},
		{"interface array", []any{&[3]any{1, nil, "x"}}},
		{"interface keys", []any{&map[any]int{Circle{1}: 1}}},
		{"nested interfaces", []any{
			ptr[any](Wrap{1, Wrap{2, Wrap{3, Inner{[]Point{{1, 2}}}}}}),
			ptr[any](Wrap{1, Inner{}}),
		}},
		{"types first met inside", []any{&Mixed{
			A:    Wrap{1, Inner{[]Point{{1, 2}}}},
			B:    Circle{1},
			List: []any{1, map[string]int{"a": 1}, nil, []Point{{3, 4}}, &Rect{1, 1}},
			Map:  map[string]any{"k": Wrap{2, &Fault{3}}},
			Pair: [2]any{Level(1), nil},
			Keys: map[any]any{Level(5): Inner{}},
			Z:    9,
		}}},
		{"error field", []any{&Reply{"", &Fault{5}}, &Reply{"fine", nil}}},
	}
}
