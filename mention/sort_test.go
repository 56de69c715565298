package mention_test

import (
	"cmp"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/casefold/casefold/mention"
)

// TestSortsAreOneSort: by key, equal keys in the order they had.
func TestSortsAreOneSort(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		below := rapid.SampledFrom([]int{64, 60, 54, 30, 22, 10}).Draw(t, "below")
		few := rapid.Uint64Range(1, 1<<40).Draw(t, "values")
		n := rapid.IntRange(0, 400).Draw(t, "n")
		keys, items := make([]uint64, n), make([]uint32, n)
		upper := rapid.Uint64().Draw(t, "upper")
		for i := range keys {
			h := mention.Mix(upper, mention.Mix(uint64(i)%few, few))
			if below < 64 {
				h = upper>>below<<below | h&(1<<below-1)
			}
			keys[i], items[i] = h, uint32(i)
		}
		want := slices.Clone(items)
		slices.SortStableFunc(want, func(a, b uint32) int { return cmp.Compare(keys[a], keys[b]) })
		sorts := map[string]func([]uint64, []uint32){"by key": mention.SortByKey, "hashed": mention.SortHashed,
			"bucket": func(k []uint64, v []uint32) {
				mention.SortBucket(k, v, below, make([]uint64, n+3), make([]uint32, n+3))
			}}
		for name, sort := range sorts {
			k, v := slices.Clone(keys), slices.Clone(items)
			sort(k, v)
			if !slices.Equal(v, want) || !slices.IsSorted(k) {
				t.Errorf("%s, below %d: %d of %d", name, below, len(v), n)
			}
		}
	})
}
