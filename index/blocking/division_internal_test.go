package blocking

import (
	"cmp"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/casefold/casefold/mention"
)

// TestADivisionLosesOnlySingleKeys: what comes out is sorted, and holds every
// key that occurs twice as often as it was put, in the order of putting.
func TestADivisionLosesOnlySingleKeys(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.SampledFrom([]int{0, 1, 2, 63, 64, 1000, 3 * partKeys}).Draw(t, "n")
		values, one := rapid.Uint64Range(1, 2*uint64(n)+1).Draw(t, "values"), rapid.Bool().Draw(t, "one value is half of all")
		var in keyed
		often := map[uint64]int{}
		for i := range n {
			h := mention.Mix(uint64(i)*0x9e37%values, values)
			if one && i%2 == 0 {
				h = 1 << 40
			}
			in.key, in.mention = append(in.key, h), append(in.mention, uint32(i))
			often[h]++
		}
		order := slices.Clone(in.mention)
		slices.SortStableFunc(order, func(a, b uint32) int { return cmp.Compare(in.key[a], in.key[b]) })
		var want []uint32
		for _, m := range order {
			if often[in.key[m]] > 1 {
				want = append(want, m)
			}
		}
		out := keyed{slices.Clone(in.key), in.mention}.sorted()
		if !slices.IsSorted(out.key) {
			t.Fatal("not sorted")
		}
		var got []uint32
		singles := 0
		for i, m := range out.mention {
			if in.key[m] != out.key[i] {
				t.Fatalf("mention %d has another key", m)
			}
			if often[out.key[i]] > 1 {
				got = append(got, m)
			} else {
				singles++
			}
		}
		if !slices.Equal(got, want) {
			t.Errorf("%d mentions share a key, not %d", len(got), len(want))
		}
		if singles > n/8+8 {
			t.Errorf("%d of %d single keys are left", singles, n)
		}
	})
}
