package evaluate_test

import (
	"math"
	"testing"

	"github.com/casefold/casefold/matcher/evaluate"
)

// Five records: persons {1,2,3} and {4,5}; clusters {1,2} and {3,4,5}.
// Pairs: true 3+1, joined 1+3, right {1,2} and {4,5} = 2.
// B-cubed precision: 1, 1, 1/3, 2/3, 2/3; recall: 2/3, 2/3, 1/3, 1, 1.
func TestCompare(t *testing.T) {
	got := evaluate.Compare([]int{1, 1, 2, 2, 2}, []string{"a", "a", "a", "b", "b"})
	want := evaluate.Comparison{Records: 5, TruePairs: 4, JoinedPairs: 4, RightPairs: 2, Largest: 3,
		Pairwise: evaluate.Measure{Precision: .5, Recall: .5, F1: .5}}
	near := func(a, b float64) bool { return math.Abs(a-b) < 1e-12 }
	if !near(got.BCubed.Precision, (1+1+1./3+2./3+2./3)/5) || !near(got.BCubed.Recall, (2./3+2./3+1./3+1+1)/5) {
		t.Errorf("B-cubed: %+v", got.BCubed)
	}
	got.BCubed = evaluate.Measure{}
	if got != want {
		t.Errorf("got %+v, want %+v", got, want)
	}
}
