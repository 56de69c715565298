package caseno

import (
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// TestDigitsAlone holds the short way against the long one.
func TestDigitsAlone(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.StringMatching(`[0-9]{0,6}(-{0,2}[0-9]{0,4}){0,13}`).Draw(t, "number")
		if key, ok := digitsAlone(s); ok && !slices.Equal([]string{key}, bookings(s)) {
			t.Fatalf("%q: %q, the long way %q", s, key, bookings(s))
		}
	})
}
