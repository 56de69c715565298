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
	type cell struct {
		c C
		t T
	}
	inCluster, inTruth, inBoth := map[C]int{}, map[T]int{}, map[cell]int{}
	for i, c := range cluster {
		inCluster[c]++
		inTruth[truth[i]]++
		inBoth[cell{c, truth[i]}]++
	}
	out := Comparison{Records: len(cluster)}
	pairs := func(n int) int { return n * (n - 1) / 2 }
	for _, n := range inCluster {
		out.JoinedPairs += pairs(n)
		out.Largest = max(out.Largest, n)
	}
	for _, n := range inTruth {
		out.TruePairs += pairs(n)
	}
	// B-cubed: each record's precision is the share of its cluster that is its
	// person, its recall the share of its person that is in its cluster. The
	// sums run record by record, so that their rounding has one order.
	var p, r float64
	for i, c := range cluster {
		n := float64(inBoth[cell{c, truth[i]}])
		p += n / float64(inCluster[c])
		r += n / float64(inTruth[truth[i]])
	}
	for _, n := range inBoth {
		out.RightPairs += pairs(n)
	}
	out.Pairwise = measure(ratio(out.RightPairs, out.JoinedPairs), ratio(out.RightPairs, out.TruePairs))
	if n := float64(len(cluster)); n > 0 {
		out.BCubed = measure(p/n, r/n)
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
