package engine

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// TestInOrderIsSorting holds the order of keys to that of a plain sort.
func TestInOrderIsSorting(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		prefix := rapid.SampledFrom([]string{"", "h:", "2019-CR-00"}).Draw(t, "prefix")
		keys := rapid.SliceOf(rapid.StringMatching(`[a-c]{0,10}(\.[0-9])?(\x00[a-b])?`)).Draw(t, "keys")
		for i := range keys {
			keys[i] = prefix + keys[i]
		}
		later := func(a, b int32) int { return int(b - a) } // the last of equals first
		got := inOrder(len(keys), func(i int32) string { return keys[i] }, later)
		want := make([]int32, len(keys))
		for i := range want {
			want[i] = int32(i)
		}
		slices.SortFunc(want, func(a, b int32) int {
			if c := strings.Compare(keys[a], keys[b]); c != 0 {
				return c
			}
			return later(a, b)
		})
		if !slices.Equal(got, want) {
			t.Fatalf("%q: %v instead of %v", keys, got, want)
		}
	})
}
