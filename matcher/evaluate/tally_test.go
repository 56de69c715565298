package evaluate_test

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/casefold/casefold/matcher/evaluate"
)

// TestTallyCountsAsAPassDoes: joins in any order, chains and large clusters
// among them, give at every moment what a pass over all records gives.
func TestTallyCountsAsAPassDoes(t *testing.T) {
	for seed := range uint64(60) {
		rnd := rand.New(rand.NewPCG(seed, 7))
		n := 1 + rnd.IntN(400)
		persons := 1 + rnd.IntN(n)
		truth, cluster := make([]uint32, n), make([]int, n)
		for r := range truth {
			truth[r], cluster[r] = uint32(rnd.IntN(persons)), r
		}
		tally := evaluate.NewTally(truth)
		for range 1 + n/40 {
			for range 40 {
				a, b := rnd.IntN(n), rnd.IntN(n)
				if seed%2 == 0 { // mostly right joins
					for try := 0; try < 20 && truth[a] != truth[b]; try++ {
						b = rnd.IntN(n)
					}
				}
				tally.Join(uint32(a), uint32(b))
				from, to := cluster[b], cluster[a]
				for r := range cluster {
					if cluster[r] == from {
						cluster[r] = to
					}
				}
			}
			want, got := byPass(cluster, truth), tally.Comparison()
			if math.Abs(got.BCubed.Precision-want.BCubed.Precision) > 1e-12 || math.Abs(got.BCubed.Recall-want.BCubed.Recall) > 1e-12 {
				t.Fatalf("seed %d: B-cubed %+v, by a pass %+v", seed, got.BCubed, want.BCubed)
			}
			if whole := evaluate.Compare(cluster, truth); whole != got {
				t.Fatalf("seed %d: %+v, built at once %+v", seed, got, whole)
			}
			got.BCubed, want.BCubed, got.Pairwise = evaluate.Measure{}, evaluate.Measure{}, evaluate.Measure{}
			if got != want {
				t.Fatalf("seed %d: %+v, by a pass %+v", seed, got, want)
			}
		}
	}
}

// byPass is the comparison as it is defined, without the pairwise shares.
func byPass(cluster []int, truth []uint32) evaluate.Comparison {
	type both struct {
		c int
		t uint32
	}
	inCluster, inTruth, inBoth := map[int]int{}, map[uint32]int{}, map[both]int{}
	for r, c := range cluster {
		inCluster[c]++
		inTruth[truth[r]]++
		inBoth[both{c, truth[r]}]++
	}
	out := evaluate.Comparison{Records: len(cluster)}
	for i := range cluster {
		for j := range i {
			same, joined := truth[i] == truth[j], cluster[i] == cluster[j]
			out.TruePairs += count(same)
			out.JoinedPairs += count(joined)
			out.RightPairs += count(same && joined)
		}
		held := float64(inBoth[both{cluster[i], truth[i]}])
		out.BCubed.Precision += held / float64(inCluster[cluster[i]]) / float64(len(cluster))
		out.BCubed.Recall += held / float64(inTruth[truth[i]]) / float64(len(cluster))
		out.Largest = max(out.Largest, inCluster[cluster[i]])
	}
	return out
}

func count(b bool) int {
	if b {
		return 1
	}
	return 0
}
