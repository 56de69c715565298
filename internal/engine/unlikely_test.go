package engine

import (
	"testing"

	"github.com/casefold/casefold"
	"github.com/casefold/casefold/matcher"
)

// TestUnlikely: only a forbidden link that neither its strongest pair nor the
// whole speaks for keeps no determination waiting (ADR 138).
func TestUnlikely(t *testing.T) {
	const link, possible = 0, -5615
	for _, c := range []struct {
		name string
		l    matcher.PossibleLink
		want bool
	}{
		{"two numbers, one weak pair, all else against", matcher.PossibleLink{Reason: casefold.LinkTwoNumbers, Weight: -1962, Whole: -40000}, true},
		{"two numbers, and all they tell agrees", matcher.PossibleLink{Reason: casefold.LinkTwoNumbers, Weight: -1962, Whole: 30000}, false},
		{"two numbers, a row that fits either", matcher.PossibleLink{Reason: casefold.LinkTwoNumbers, Weight: 9071, Whole: -40000}, false},
		{"custody elsewhere, one weak pair", matcher.PossibleLink{Reason: casefold.LinkCustody, Weight: -1, Whole: -5616}, true},
		{"custody elsewhere, the whole just possible", matcher.PossibleLink{Reason: casefold.LinkCustody, Weight: -1, Whole: -5615}, false},
		{"weak and not forbidden", matcher.PossibleLink{Reason: casefold.LinkWeak, Weight: -5000, Whole: -40000}, false},
		{"a chain", matcher.PossibleLink{Reason: casefold.LinkChain, Weight: 100, Whole: -40000}, false},
	} {
		if got := unlikely(&c.l, link, possible); got != c.want {
			t.Errorf("%s: %v", c.name, got)
		}
	}
}
