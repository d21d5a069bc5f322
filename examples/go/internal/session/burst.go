package session

// inFlight is how many calls a burst makes at once.
const inFlight = 32

// Burst calls a method of the plugin from many goroutines at once, rounds times over, and writes one line
// about it all. Each call gets its number.
func (s *Session) Burst(method string, rounds int, call func(n int) error) {
	args := map[string]int{"inFlight": inFlight, "rounds": rounds}
	s.Call(method, args, func() (any, error) {
		for range rounds {
			if err := atOnce(call); err != nil {
				return nil, err
			}
		}
		return "all answered", nil
	})
}

func atOnce(call func(n int) error) error {
	errs := make(chan error, inFlight)
	for n := range inFlight {
		go func() { errs <- call(n) }()
	}
	var first error
	for range inFlight {
		if err := <-errs; err != nil && first == nil {
			first = err
		}
	}
	return first
}
