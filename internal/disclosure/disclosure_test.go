package disclosure

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/casefold/casefold"
)

// The limit of the tests hides what is called SECRET, and does not know about
// what is called MAYBE.
func secret(o *casefold.Offense) casefold.Truth {
	switch {
	case o == nil:
		return casefold.False
	case o.Section == "SECRET":
		return casefold.True
	case o.Section == "MAYBE":
		return casefold.Unknown
	}
	return casefold.False
}

var testLimit = Limit{
	Conviction: func(c *casefold.Conviction) casefold.Truth { return secret(&c.Offense.Value) },
	Charge:     func(o *casefold.Offense, _ casefold.Date) casefold.Truth { return secret(o) },
}

func row(n int) casefold.Teller { return casefold.Teller{Source: "s", RowKey: fmt.Sprint("row", n)} }

func rowsOf(ns ...int) (out []casefold.Teller) {
	for _, n := range ns {
		out = append(out, row(n))
	}
	return out
}

func offense(section string) *casefold.Offense {
	return &casefold.Offense{Statute: casefold.Statute{Code: "HS", Section: section}}
}

// person has a secret conviction told by rows 1 and 2 and an open one told by
// rows 2 and 3; row 4 tells a name only.
func person() *casefold.History {
	conviction := func(id, section string, in int, rows ...int) casefold.Conviction {
		return casefold.Conviction{ID: id, PersonID: "P", Case: in, Cycle: in, Tellers: rowsOf(rows...), Caption: casefold.Caption{Teller: row(rows[0])},
			Offense: casefold.Fact[casefold.Offense]{Value: *offense(section), Status: casefold.FactKnown, Tellers: rowsOf(rows...)}}
	}
	file := func(number string, at int, section string, rows ...int) casefold.Case {
		return casefold.Case{Numbers: []casefold.CaseNumber{{Verbatim: number, Key: number}}, Tellers: rowsOf(rows...),
			Counts: []casefold.Count{{Conviction: at, Offense: offense(section), Tellers: rowsOf(rows...)}}}
	}
	return &casefold.History{PersonID: "P", Tellers: rowsOf(1, 2, 3, 4),
		Names:       []casefold.Told[casefold.Name]{{Value: casefold.Name{Last: "ALIAS"}, Tellers: rowsOf(1)}, {Value: casefold.Name{Last: "DOE"}, Tellers: rowsOf(1, 2, 3, 4)}},
		Birth:       casefold.Fact[casefold.Date]{Value: casefold.On(19700101), Status: casefold.FactConflicting, Tellers: rowsOf(1), Others: []casefold.Told[casefold.Date]{{Value: casefold.On(19710101), Tellers: rowsOf(3)}}},
		Cases:       []casefold.Case{file("A1", 0, "SECRET", 1, 2), file("B2", 1, "459", 2, 3)},
		Cycles:      []casefold.Cycle{{Cases: []int{0}, Tellers: rowsOf(1)}, {Cases: []int{1}, Tellers: rowsOf(2, 3)}},
		Convictions: []casefold.Conviction{conviction("C-S", "SECRET", 0, 1, 2), conviction("C-O", "459", 1, 2, 3)},
		Gaps:        []casefold.Gap{{Text: "of row 2", Tellers: rowsOf(2)}, {Text: "of row 3", Tellers: rowsOf(3)}},
		Custody:     []casefold.Stay{{Tellers: rowsOf(1)}, {Tellers: rowsOf(1, 3)}}}
}

func TestWhatIsLeftOfAPerson(t *testing.T) {
	h := person()
	before := text(t, h)
	v := testLimit.Of(h, Inquiry)
	got := v.History
	if text(t, h) != before {
		t.Error("the history itself was changed")
	}
	for what, ok := range map[string]bool{
		"one conviction, in the first file and cycle": len(got.Convictions) == 1 && got.Convictions[0].ID == "C-O" && got.Convictions[0].Case == 0 && got.Convictions[0].Cycle == 0,
		"its count points to it":                      len(got.Cases) == 1 && got.Cases[0].Counts[0].Conviction == 0,
		"the cycle points to the file":                len(got.Cycles) == 1 && got.Cycles[0].Cases[0] == 0,
		"the alias of the secret row is gone":         len(got.Names) == 1 && got.Names[0].Value.Last == "DOE" && len(got.Names[0].Tellers) == 3,
		"the next birth date takes the place":         got.Birth.Value == casefold.On(19710101) && len(got.Birth.Others) == 0,
		"three rows":                                  len(got.Tellers) == 3,
		"the stay that another row tells":             len(got.Custody) == 1 && len(got.Custody[0].Tellers) == 1,
		"the gap that speaks of a mixed row is gone":  len(got.Gaps) == 1 && got.Gaps[0].Text == "of row 3",
		"the secret row is not shown":                 !v.Row(row(1)),
		"the mixed row is not shown as it came":       !v.Row(row(2)),
		"the others are":                              v.Row(row(3)) && v.Row(row(4)),
	} {
		if !ok {
			t.Errorf("not so: %s\n%s", what, text(t, got))
		}
	}
	if v := testLimit.Of(h, Relief); v.History != h || v.Changed || !v.Row(row(1)) {
		t.Error("relief does not see everything")
	}
}

// TestOnlySecrets: of a person of whom only hidden records tell, nothing is
// left; what is not surely within the limit is hidden too.
func TestOnlySecrets(t *testing.T) {
	for _, section := range []string{"SECRET", "MAYBE"} {
		h := &casefold.History{PersonID: "P", Tellers: rowsOf(1),
			Cases:       []casefold.Case{{Counts: []casefold.Count{{Conviction: 0, Offense: offense(section), Tellers: rowsOf(1)}}, Tellers: rowsOf(1)}},
			Convictions: []casefold.Conviction{{ID: "C", Offense: casefold.Fact[casefold.Offense]{Value: *offense(section)}, Tellers: rowsOf(1)}}}
		if v := testLimit.Of(h, Inquiry); v.History != nil || !v.Changed {
			t.Errorf("%s: %s is left", section, text(t, v.History))
		}
	}
}

func TestPurposes(t *testing.T) {
	for word, want := range map[string]Purpose{"": Inquiry, "inquiry": Inquiry, "relief": Relief} {
		if got, err := ParsePurpose(word); got != want || err != nil {
			t.Errorf("%q: %q %v", word, got, err)
		}
	}
	if _, err := ParsePurpose("curiosity"); err == nil {
		t.Error("curiosity is a purpose")
	}
}

func text(t interface{ Fatal(...any) }, v any) string {
	b, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// TestNothingSecretIsLeft, whatever the person: no hidden conviction, no row
// that tells only hidden records, and every index still leads where it led.
func TestNothingSecretIsLeft(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		h := drawn(t)
		before := text(t, h)
		v := testLimit.Of(h, Inquiry)
		if text(t, h) != before {
			t.Fatal("the history itself was changed")
		}
		if v.History == nil {
			return
		}
		left := text(t, v.History)
		if strings.Contains(left, "SECRET") || strings.Contains(left, "MAYBE") {
			t.Fatalf("an offence is left: %s", left)
		}
		for _, c := range h.Convictions {
			if secret(&c.Offense.Value) != casefold.False && strings.Contains(left, `"`+c.ID+`"`) {
				t.Fatalf("%s is left: %s", c.ID, left)
			}
		}
		for _, r := range h.Tellers {
			if v.hidden[r] && strings.Contains(left, `"`+r.RowKey+`"`) {
				t.Fatalf("%s is left: %s", r, left)
			}
		}
		for i, c := range v.History.Convictions {
			if c.Case >= 0 {
				file := v.History.Cases[c.Case]
				if len(file.Numbers) == 0 || file.Numbers[0].Key != "of "+c.ID[2:3] {
					t.Fatalf("%s stands in another file: %s", c.ID, left)
				}
				found := false
				for _, n := range file.Counts {
					found = found || n.Conviction == i
				}
				if !found {
					t.Fatalf("no count leads to %s: %s", c.ID, left)
				}
			}
		}
	})
}

// drawn makes a person with a few files; the number of a file is the first
// letter of the IDs of its convictions.
func drawn(t *rapid.T) *casefold.History {
	sections := rapid.SampledFrom([]string{"SECRET", "MAYBE", "459", "11359"})
	some := func() []casefold.Teller {
		return rowsOf(rapid.SliceOfNDistinct(rapid.IntRange(0, 9), 1, 3, rapid.ID[int]).Draw(t, "rows")...)
	}
	h := &casefold.History{PersonID: "P"}
	for n := range 10 {
		h.Tellers = append(h.Tellers, row(n))
	}
	for f := range rapid.IntRange(1, 4).Draw(t, "files") {
		letter := string(rune('a' + f))
		file := casefold.Case{Numbers: []casefold.CaseNumber{{Key: "of " + letter}}}
		for n := range rapid.IntRange(1, 3).Draw(t, "counts") {
			count := casefold.Count{Conviction: -1, Offense: offense(sections.Draw(t, "charge")), Tellers: some()}
			if rapid.Bool().Draw(t, "convicted") {
				count.Conviction = len(h.Convictions)
				h.Convictions = append(h.Convictions, casefold.Conviction{ID: fmt.Sprintf("C-%s%d", letter, n), Case: f, Cycle: f, Tellers: count.Tellers,
					Offense:    casefold.Fact[casefold.Offense]{Value: *count.Offense, Status: casefold.FactKnown, Tellers: count.Tellers},
					Arrested:   casefold.Fact[casefold.Offense]{Value: *offense(sections.Draw(t, "arrested")), Status: casefold.FactKnown, Tellers: some()},
					ArrestDate: casefold.Fact[casefold.Date]{Value: casefold.On(20000101), Status: casefold.FactKnown, Tellers: some()}})
			}
			file.Counts = append(file.Counts, count)
			file.Tellers = append(file.Tellers, count.Tellers...)
		}
		h.Cases = append(h.Cases, file)
		h.Cycles = append(h.Cycles, casefold.Cycle{Cases: []int{f}, Arrests: []casefold.Count{{Conviction: -1, Offense: offense(sections.Draw(t, "arrest")), Tellers: some()}}, Tellers: file.Tellers})
	}
	for i := range h.Convictions {
		h.Convictions[i].PossiblySame = []string{h.Convictions[rapid.IntRange(0, len(h.Convictions)-1).Draw(t, "same")].ID}
	}
	h.Registrations = []casefold.Registration{{Tellers: some()}}
	h.Custody = []casefold.Stay{{Tellers: some()}}
	h.Births = []casefold.Told[casefold.Date]{{Value: casefold.On(19700101), Tellers: some()}}
	return h
}
