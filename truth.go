package casefold

// A Truth is one of Kleene's three values. The zero value is Unknown, so that
// what nobody set is never taken for No.
type Truth int8

const (
	Unknown Truth = iota
	False
	True
)

// Of turns a bool into a Truth.
func Of(b bool) Truth {
	if b {
		return True
	}
	return False
}

// And, Or and Not are Kleene's strong connectives.
func (t Truth) And(u Truth) Truth {
	switch {
	case t == False || u == False:
		return False
	case t == True && u == True:
		return True
	}
	return Unknown
}

func (t Truth) Or(u Truth) Truth { return t.Not().And(u.Not()).Not() }

func (t Truth) Not() Truth {
	switch t {
	case True:
		return False
	case False:
		return True
	}
	return Unknown
}

// String is yes, no or unknown, the words of the exports.
func (t Truth) String() string {
	switch t {
	case True:
		return "yes"
	case False:
		return "no"
	}
	return "unknown"
}

// MarshalText and UnmarshalText use the form of String, also in JSON.
func (t Truth) MarshalText() ([]byte, error) { return []byte(t.String()), nil }
func (t *Truth) UnmarshalText(b []byte) error {
	switch string(b) {
	case "yes":
		*t = True
	case "no":
		*t = False
	default:
		*t = Unknown
	}
	return nil
}
