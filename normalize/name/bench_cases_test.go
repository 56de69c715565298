package name

import (
	"slices"
	"strings"
	"testing"
)

// TestNamePairs reads pairs of names that people labeled as one person's or
// not (opensanctions/nomenklatura name bench, MIT). Normalizing alone must bring
// together what differs only in writing, and must not make two people equal.
// The floor is what was reached.
func TestNamePairs(t *testing.T) {
	same, different, equalSame, equalDifferent := 0, 0, 0, 0
	for _, r := range rows(t, "nicknames/opensanctions_name_bench_cases.csv")[1:] {
		if len(r) < 7 || r[1] != "Person" {
			continue
		}
		equal := key(r[2]) == key(r[3]) && key(r[2]) != ""
		switch r[4] {
		case "true":
			same++
			if equal {
				equalSame++
			} else if testing.Verbose() {
				t.Logf("apart: %q and %q (%s)", r[2], r[3], r[6])
			}
		case "false":
			different++
			if equal {
				equalDifferent++
				t.Logf("equal: %q and %q (%s %s)", r[2], r[3], r[6], r[7])
			}
		}
	}
	t.Logf("equal by normalizing alone: %d of %d that are one person, %d of %d that are two", equalSame, same, equalDifferent, different)
	if share := float64(equalSame) / float64(same); share < .09 {
		t.Errorf("%.3f of the pairs of one person are equal, floor .09", share)
	}
	if equalDifferent > 4 {
		t.Errorf("%d pairs of two people became equal", equalDifferent)
	}
}

// key is the words of a name in order of the alphabet.
func key(s string) string {
	ns, _ := Parse(s, "")
	if len(ns) == 0 {
		return ""
	}
	ws := strings.Fields(ns[0].Last + " " + ns[0].First + " " + ns[0].Middle + " " + ns[0].Suffix)
	slices.Sort(ws)
	return strings.Join(ws, " ")
}
