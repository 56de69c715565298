package mention_test

import (
	"testing"

	"github.com/casefold/casefold/mention"
)

// Neighboring numbers and texts that differ in one letter have different
// hashes, whose upper bits are spread.
func TestHashesAreSpread(t *testing.T) {
	seen := map[uint64]bool{}
	var buckets [64]int
	const n = 100_000
	for i := range uint64(n) {
		h := mention.Mix(i, 7)
		if seen[h] || seen[mention.Mix(7, i)] && i != 7 {
			t.Fatalf("Mix(%d, 7) collides", i)
		}
		seen[h] = true
		buckets[h>>58]++
		seen[mention.Hash(string([]byte{byte(i), byte(i >> 8), byte(i >> 16), 'x'}))] = true
	}
	if len(seen) != 2*n {
		t.Errorf("%d different hashes of %d", len(seen), 2*n)
	}
	for b, k := range buckets {
		if k < n/64*8/10 || k > n/64*12/10 {
			t.Errorf("bucket %d holds %d of %d", b, k, n)
		}
	}
	if mention.Hash("AB") == mention.Hash("AB\x00") || mention.Mix(1, 2) == mention.Mix(2, 1) {
		t.Error("length or order is lost")
	}
}
