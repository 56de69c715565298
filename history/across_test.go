package history

import (
	"os"
	"slices"
	"testing"

	"github.com/casefold/casefold"
)

// TestAcross: one person whom the linkage left in two has one conviction in two
// histories; the two name each other, the other convictions do not.
func TestAcross(t *testing.T) {
	data, err := os.ReadFile("testdata/situations/two-state-numbers-of-one-person.txtar")
	if err != nil {
		t.Fatal(err)
	}
	c := parseCase(t, data)
	b := NewBuilder(c.sources, casefold.Office{}, Options{})
	halves := [2]casefold.History{}
	for i, key := range []string{"7001", "9123"} {
		own := slices.DeleteFunc(slices.Clone(c.records), func(r casefold.Record) bool { return r.Person.PersonKey != key })
		halves[i] = b.Build("p"+key, own)
	}
	stranger := build(t, "known-from-the-police-only")

	var all, other Shared
	all.Add(0, &halves[0])
	other.Add(7, &halves[1])
	other.Add(3, &stranger)
	all.Merge(&other)
	if got := all.Pairs(8); !slices.Equal(got, [][2]int32{{0, 7}}) {
		t.Fatalf("pairs %v", got)
	}
	doubles := Doubles(&halves[0], &halves[1])
	if len(doubles) != 1 || halves[0].Convictions[doubles[0][0]].CaseNumber.Value != "01F0099" {
		t.Errorf("doubles %v", doubles)
	}
	if got := Doubles(&halves[0], &stranger); got != nil {
		t.Errorf("a stranger's conviction is taken for one of these: %v", got)
	}
}
