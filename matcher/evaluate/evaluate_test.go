package evaluate_test

import (
	"math"
	"testing"

	"github.com/casefold/casefold"
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

// Two groups: men are linked well, of the women's true pairs one in two is
// missed. The gap is flagged, and a group of few records is not shown.
func TestByGroupFlagsAGap(t *testing.T) {
	var cluster, truth []int
	var group []string
	for p := range 400 {
		g := "M"
		if p%2 == 1 {
			g = "F"
		}
		cluster, truth, group = append(cluster, p, p), append(truth, p, p), append(group, g, g)
		if g == "F" && p%4 == 1 {
			cluster[len(cluster)-1] = 1000 + p
		}
	}
	group[0], group[1] = "X", "X"
	got := evaluate.ByGroup(cluster, truth, group, 1)
	if len(got) != 2 || got[0].Group != "F" || got[1].Group != "M" {
		t.Fatalf("groups %+v", got)
	}
	if f := got[0]; f.Pairwise.Recall != .5 || !f.Gap || f.Recall.Low > .5 || f.Recall.High < .5 || f.Recall.Low < .3 {
		t.Errorf("women: %+v", f)
	}
	if m := got[1]; m.Pairwise.Recall != 1 || m.Gap {
		t.Errorf("men: %+v", m)
	}
	if p, r := evaluate.Bounds(cluster, truth, 1); p != 1 || r >= .75 || r < .6 {
		t.Errorf("bounds %v %v; the recall of all is .75", p, r)
	}
}

func TestHiddenPersonsLoseEveryNumber(t *testing.T) {
	r := casefold.Record{Person: casefold.PersonFacts{PersonKey: "k", Names: []casefold.Name{{Last: "NG"}},
		Identifiers: []casefold.Identifier{{Kind: casefold.SSN, Value: "1"}, {Kind: casefold.CII, Issuer: "CA-DOJ", How: casefold.Print, Value: "7"}}}}
	linked, person, hidden := evaluate.Hide(&r, 1, 3)
	if !hidden || person != "cii CA-DOJ 7" || linked.Person.PersonKey != "" || linked.Person.Identifiers != nil || len(linked.Person.Names) != 1 {
		t.Errorf("hidden: %v %q %+v", hidden, person, linked.Person)
	}
	if r.Person.PersonKey != "k" || len(r.Person.Identifiers) != 2 {
		t.Error("the record itself was changed")
	}
	if _, _, hidden := evaluate.Hide(&r, 0, 3); hidden {
		t.Error("hidden at share 0")
	}
	// Persons a and b, each twice; b is hidden and split, a is joined by number.
	m := evaluate.Estimate([]int{1, 1, 2, 3}, []string{"a", "a", "b", "b"}, []bool{false, false, true, true}, 1)
	if m.Pairwise.Recall != 0 || m.Pairwise.Precision != 1 || m.Records != 2 {
		t.Errorf("estimate %+v", m)
	}
}
