package relief

import "github.com/casefold/casefold"

// A cause tells why a verdict is what it is: how a decided one is known, or
// why an unknown one is unknown. Causes of unknowns grow in strength: a
// presumption of law fills only what is missing, never what is contradictory.
type cause uint8

const (
	told        cause = iota // decided by rows
	presumed                 // decided by a presumption that is cited
	missing                  // unknown: nobody tells it
	straddles                // unknown: the interval is too wide
	possible                 // unknown: something may or may not be what the clause asks for
	unwitnessed              // unknown: an absence that no source vouches for
	conflict                 // unknown: tellers contradict
	unsettled                // unknown: the law or its text is open
	numCauses
)

var causeWords = [numCauses]string{"told", "presumed", "not told", "interval too wide",
	"possible", "absence without a witness", "contradictory", "not settled in law"}

func (c cause) String() string { return causeWords[c] }

// A verdict is a truth with its cause, packed so that it can key a trie.
type verdict uint8

func mk(t casefold.Truth, c cause) verdict { return verdict(t) | verdict(c)<<2 }

func (v verdict) truth() casefold.Truth { return casefold.Truth(v & 3) }
func (v verdict) cause() cause          { return cause(v >> 2) }

var (
	vYes = mk(casefold.True, told)
	vNo  = mk(casefold.False, told)
)

func unknown(c cause) verdict { return mk(casefold.Unknown, c) }

func decided(t casefold.Truth) verdict {
	if t == casefold.Unknown {
		return unknown(straddles)
	}
	return mk(t, told)
}

func (v verdict) not() verdict { return mk(v.truth().Not(), v.cause()) }

// and joins two verdicts as Kleene does. A False keeps the cause of the first
// False; a True is presumed if either side is; an Unknown keeps the stronger
// cause, so that a presumption cannot swallow a contradiction.
func (v verdict) and(w verdict) verdict {
	a, b := v.truth(), w.truth()
	switch {
	case a == casefold.False:
		return v
	case b == casefold.False:
		return w
	case a == casefold.True && b == casefold.True:
		return mk(casefold.True, max(v.cause(), w.cause()))
	case a == casefold.Unknown && b == casefold.Unknown:
		return unknown(max(v.cause(), w.cause()))
	case a == casefold.Unknown:
		return v
	}
	return w
}

func (v verdict) or(w verdict) verdict { return v.not().and(w.not()).not() }
