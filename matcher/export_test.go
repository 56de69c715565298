package matcher

import (
	"github.com/casefold/casefold"
	"github.com/casefold/casefold/mention"
)

// Denial is why two mentions may not be joined, for tests that count causes.
func Denial(s *mention.Set, a, b uint32) casefold.LinkReason {
	return denial(s, nil, min(a, b), max(a, b))
}
