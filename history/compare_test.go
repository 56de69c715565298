package history

import (
	"os"
	"strings"
	"testing"

	"github.com/casefold/casefold"
)

// build makes the history of a situation of testdata.
func build(t *testing.T, name string) casefold.History {
	t.Helper()
	data, err := os.ReadFile("testdata/situations/" + name + ".txtar")
	if err != nil {
		t.Fatal(err)
	}
	c := parseCase(t, data)
	return NewBuilder(c.sources, casefold.Office{County: "SACRAMENTO"}, Options{}).Build("p", c.records)
}

// TestCompareAsTheGuardAsks compares finished convictions, as the registry and
// the filing guard do, across runs and persons.
func TestCompareAsTheGuardAsks(t *testing.T) {
	twin := build(t, "two-identical-counts-in-one-case")
	plain := build(t, "filed-for-sale-pleaded-to-simple-possession")
	slip := build(t, "one-digit-wrong")
	other := build(t, "no-number-at-all")
	brothers := build(t, "co-defendants-under-one-number")

	another := func(c casefold.Conviction, change func(*casefold.Conviction)) *casefold.Conviction {
		change(&c)
		return &c
	}
	renamed := func(c *casefold.Conviction) {
		c.PersonID = "q"
		var moved []casefold.Teller
		for _, t := range c.Tellers {
			moved = append(moved, casefold.Teller{Source: t.Source, RowKey: "new " + t.RowKey})
		}
		c.Tellers = moved
	}
	for _, c := range []struct {
		name string
		a, b *casefold.Conviction
		want Answer
	}{
		{"itself", &plain.Convictions[0], &plain.Convictions[0], Same},
		{"counts 1 and 2 of one section, told by court and state as two", &twin.Convictions[1], &twin.Convictions[2], Different},
		{"the row without a number and count 1", &twin.Convictions[0], &twin.Convictions[1], PossiblySame},
		{"told again under other row keys and another person", &plain.Convictions[0],
			another(plain.Convictions[0], renamed), Same},
		{"told again of somebody of another name and birth date", &plain.Convictions[0],
			another(plain.Convictions[0], func(c *casefold.Conviction) {
				renamed(c)
				c.Caption.Name, c.Caption.BirthDate = "ROE, RICHARD", "1981-01-01"
			}), Different},
		{"told again with no caption, of another person", &plain.Convictions[0],
			another(plain.Convictions[0], func(c *casefold.Conviction) {
				renamed(c)
				c.Caption = casefold.Caption{}
			}), PossiblySame},
		{"one digit of the number wrong", &slip.Convictions[0],
			another(slip.Convictions[0], func(c *casefold.Conviction) { c.Numbers = c.Numbers[:1] }), Same},
		{"two files of one person", &other.Convictions[0], &other.Convictions[1], Different},
		{"two marks of one number", &brothers.Convictions[1], &brothers.Convictions[2], PossiblySame},
		{"two marks of one number, and two persons", &brothers.Convictions[1],
			another(brothers.Convictions[2], func(c *casefold.Conviction) {
				renamed(c)
				c.Caption.Name, c.Caption.BirthDate = "ROMERO/JUAN", "1984-04-04"
			}), Different},
		{"two marks of one number, one of them the state's, and two persons", &brothers.Convictions[1],
			another(brothers.Convictions[2], func(c *casefold.Conviction) {
				renamed(c)
				c.Caption.Name, c.Caption.BirthDate, c.Caption.From = "ROMERO/JUAN", "1984-04-04", casefold.TellerState
			}), PossiblySame},
	} {
		r, back := Compare(c.a, c.b), Compare(c.b, c.a)
		if r.Answer != c.want {
			t.Errorf("%s: %s, want %s\n%s", c.name, r.Answer, c.want, waterfall(r))
		}
		if back.Answer != r.Answer || back.FileBits != r.FileBits || back.CountBits != r.CountBits {
			t.Errorf("%s: not symmetric: %s and %s", c.name, waterfall(r), waterfall(back))
		}
	}
}

// waterfall prints a relation as people read it.
func waterfall(r Relation) string {
	var b strings.Builder
	for _, c := range r.Contributions {
		b.WriteString(c.Question + " " + c.Comparison + " " + c.Level + " " + casefold.Bits(c.Bits) + " (" + c.A + " | " + c.B + ")\n")
	}
	b.WriteString("file " + casefold.Bits(r.FileBits) + ", count " + casefold.Bits(r.CountBits) + ", accused " + string(r.Accused) + ", sources " + string(r.Sources))
	return b.String()
}

// TestContributionsAddUp holds the total to the sum of what is listed.
func TestContributionsAddUp(t *testing.T) {
	h := build(t, "consolidated-into-another-case")
	for i := range h.Convictions {
		for j := range h.Convictions {
			r := Compare(&h.Convictions[i], &h.Convictions[j])
			var file, count int64
			for _, c := range r.Contributions {
				if c.Question == "file" {
					file += c.Bits
				} else {
					count += c.Bits
				}
				if c.Level == "missing" && c.Bits != 0 {
					t.Errorf("%s %s is missing and weighs %d", c.Question, c.Comparison, c.Bits)
				}
			}
			if file != r.FileBits || count != r.CountBits {
				t.Errorf("contributions add up to %d and %d, not %d and %d", file, count, r.FileBits, r.CountBits)
			}
		}
	}
}

// TestExplainRows asks why two rows are one conviction.
func TestExplainRows(t *testing.T) {
	data, err := os.ReadFile("testdata/situations/plea-and-sentence-six-weeks-apart.txtar")
	if err != nil {
		t.Fatal(err)
	}
	c := parseCase(t, data)
	b := NewBuilder(c.sources, casefold.Office{}, Options{})
	links := b.Explain(c.records, casefold.Teller{Source: "court", RowKey: "c1"}, casefold.Teller{Source: "state", RowKey: "s1"})
	if len(links) != 1 || !links[0].Joined || !links[0].OneFile {
		t.Fatalf("links %+v", links)
	}
	for _, c := range links[0].Relation.Contributions {
		if c.Question == "file" && c.Comparison == "heard" && c.Level != "day" {
			t.Errorf("the state's step is on the day of sentence, and heard says %s", c.Level)
		}
	}
	if got := b.Explain(c.records, casefold.Teller{Source: "court", RowKey: "c1"}, casefold.Teller{Source: "court", RowKey: "none"}); got != nil {
		t.Errorf("a row that is not there is explained: %+v", got)
	}
}
