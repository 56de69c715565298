package cluster_test

import (
	"context"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/casefold/casefold/matcher/cluster"
)

// A world is random evidence between n items: three slots a pair, some of which
// tell nothing, some pairs denied, some items together from the start.
type world struct {
	n       int
	edges   []cluster.Edge
	options cluster.Options
}

func random(seed uint64) world {
	rng := rand.New(rand.NewPCG(seed, 1))
	n := 30 + rng.IntN(40)
	const slots = 3
	says := make([][slots]int64, n*n)
	told := make([][slots]bool, n*n)
	denied := make([]bool, n*n)
	w := world{n: n}
	score := func(e *cluster.Evidence) int64 {
		sum := int64(-4000)
		for s := range slots {
			if e.Told[s] > 0 {
				sum += e.Sum[s] / int64(e.Told[s])
			}
		}
		return sum
	}
	for a := range n {
		for b := a + 1; b < n; b++ {
			at, near := a*n+b, a/4 == b/4
			e := cluster.Evidence{Sum: make([]int64, slots), Told: make([]int32, slots)}
			for s := range slots {
				if told[at][s] = rng.IntN(4) > 0; told[at][s] {
					if says[at][s] = int64(rng.IntN(9000) - 5000); near {
						says[at][s] += 5000
					}
					e.Sum[s], e.Told[s] = says[at][s], 1
				}
			}
			denied[at] = rng.IntN(15) == 0
			if weight := score(&e); weight > -3000 {
				w.edges = append(w.edges, cluster.Edge{A: uint32(a), B: uint32(b), Weight: int32(weight)})
			}
			if near && rng.IntN(25) == 0 {
				w.options.Together = append(w.options.Together, [2]uint32{uint32(a), uint32(b)})
			}
		}
	}
	w.options.Workers, w.options.Slots, w.options.Best, w.options.Score = 1+int(seed%3), slots, []bool{false, false, true}, score
	w.options.Add = func(a, b uint32, to *cluster.Evidence) {
		for s := range slots {
			if at := int(a)*n + int(b); told[at][s] {
				to.Add(s, says[at][s], 1, s == 2)
			}
		}
	}
	w.options.Denied = func(a, b uint32) bool { return denied[int(a)*n+int(b)] }
	w.options.Chance = func(weight int64) int64 { return weight }
	return w
}

// TestASweepCutsAsPartitionDoes: the partitions of a sweep are those of
// clustering at each threshold by itself.
func TestASweepCutsAsPartitionDoes(t *testing.T) {
	ctx := context.Background()
	distinct := 0
	for seed := range uint64(60) {
		w := random(seed)
		thresholds := []int64{0, 3000, -2000, 9000, 1000, -2000, 5000}
		want := []int64{9000, 5000, 3000, 1000, 0, -2000}
		pairs := -1
		err := cluster.Sweep(ctx, w.n, w.edges, w.options, thresholds, func(c cluster.Cut) error {
			if len(want) == 0 || c.Threshold != want[0] {
				t.Fatalf("seed %d: cut at %d, want %v", seed, c.Threshold, want)
			}
			want = want[1:]
			o := w.options
			o.Threshold = c.Threshold
			res, err := cluster.Partition(ctx, w.n, w.edges, o)
			if err != nil {
				return err
			}
			if !slices.Equal(c.Of, res.Of) || c.Pairs != res.Pairs || c.Chance != res.Chance {
				t.Errorf("seed %d at %d: %d pairs, chance %d, %v; clustered anew: %d, %d, %v", seed, c.Threshold, c.Pairs, c.Chance, c.Of, res.Pairs, res.Chance, res.Of)
			}
			if c.Pairs != pairs {
				distinct++
			}
			pairs = c.Pairs
			return nil
		})
		if err != nil || len(want) > 0 {
			t.Fatalf("seed %d: thresholds left %v, %v", seed, want, err)
		}
	}
	if distinct < 200 {
		t.Errorf("only %d different cuts", distinct)
	}
}

// TestJoinsMakeThePartition: joining what Joins gives makes the clusters of
// Partition, and their pairs and chances add up.
func TestJoinsMakeThePartition(t *testing.T) {
	ctx := context.Background()
	for seed := range uint64(30) {
		w := random(seed)
		w.options.Threshold, w.options.Workers = 500, 1
		res, err := cluster.Partition(ctx, w.n, w.edges, w.options)
		if err != nil {
			t.Fatal(err)
		}
		of := make([]uint32, w.n)
		for i := range of {
			of[i] = uint32(i)
		}
		merge := func(a, b uint32) {
			a, b = of[a], of[b]
			for i := range of {
				if of[i] == max(a, b) {
					of[i] = min(a, b)
				}
			}
		}
		for _, p := range w.options.Together {
			merge(p[0], p[1])
		}
		pairs, chance := 0, int64(0)
		if err := cluster.Joins(ctx, w.n, w.edges, w.options, func(_ int, a, b []uint32, weight int64) {
			pairs += len(a) * len(b)
			chance += int64(len(a)*len(b)) * w.options.Chance(weight)
			merge(a[0], b[0])
		}); err != nil {
			t.Fatal(err)
		}
		if !slices.Equal(of, res.Of) || pairs != res.Pairs || chance != res.Chance {
			t.Errorf("seed %d: %d pairs, chance %d, %v; want %d, %d, %v", seed, pairs, chance, of, res.Pairs, res.Chance, res.Of)
		}
	}
}
