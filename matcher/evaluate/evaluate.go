// Package evaluate measures a partition: against truth where there is one, by
// pairs and by B-cubed; without labels from the model's own chances; and both
// by subgroup, with intervals. It takes cluster numbers and truth numbers per
// record and knows nothing of how they came about.
package evaluate

// A Measure is precision, recall and their harmonic mean, each in [0, 1].
type Measure struct {
	Precision float64 `json:"precision"`
	Recall    float64 `json:"recall"`
	F1        float64 `json:"f1"`
}

// A Comparison of a partition with the truth.
type Comparison struct {
	Records     int     `json:"records"`
	TruePairs   int     `json:"true_pairs"`   // pairs of records of one true person
	JoinedPairs int     `json:"joined_pairs"` // pairs of records joined
	RightPairs  int     `json:"right_pairs"`  // joined pairs of one true person
	Pairwise    Measure `json:"pairwise"`
	BCubed      Measure `json:"bcubed"`
	Largest     int     `json:"largest"` // records in the largest cluster
}

// Compare compares the clusters of records with their true persons; equal
// numbers are one cluster, or one person. Every true pair counts, whether or
// not it was ever a candidate.
func Compare[C, T comparable](cluster []C, truth []T) Comparison {
	t := NewTally(numbered(truth))
	first := map[C]uint32{}
	for r, c := range cluster {
		if f, ok := first[c]; ok {
			t.Join(f, uint32(r))
		} else {
			first[c] = uint32(r)
		}
	}
	return t.Comparison()
}

// numbered gives equal things equal numbers, from 0.
func numbered[T comparable](list []T) []uint32 {
	out, numbers := make([]uint32, len(list)), map[T]uint32{}
	for i, v := range list {
		n, ok := numbers[v]
		if !ok {
			n = uint32(len(numbers))
			numbers[v] = n
		}
		out[i] = n
	}
	return out
}

func measure(p, r float64) Measure {
	m := Measure{Precision: p, Recall: r}
	if p+r > 0 {
		m.F1 = 2 * p * r / (p + r)
	}
	return m
}

// ratio is a/b; of nothing, 1: nothing was claimed, or nothing was to be found.
func ratio(a, b int) float64 {
	if b == 0 {
		return 1
	}
	return float64(a) / float64(b)
}
