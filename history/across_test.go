package history

import (
	"os"
	"slices"
	"testing"

	"github.com/casefold/casefold"
	"github.com/casefold/casefold/normalize/caseno"
)

// TestAcrossNumbers: the two halves of a person tell of one conviction under the
// municipal court's number and the superior court's, and only one names both.
func TestAcrossNumbers(t *testing.T) {
	c := parseCase(t, []byte(`
-- state --
row | person | name      | birth      | cycle | step | count | kind  | day        | agency     | arrested on | number    | charge   | disposition | level
s1  | 7001   | DOE, JOHN | 1971-02-03 | 101   | 002  | 001   | COURT | 1992-06-02 | SACRAMENTO | 1992-03-01  | 092M75560 | 11359 HS | CONVICTED   | F
-- court SACRAMENTO --
row | name          | birth      | number   | related  | count | charge   | disposition | convicted on | level
c1  | DOW, JOHN LEE | 1971-02-03 | 92F75390 | 92M75560 | 1     | 11359 HS | CONVICTED   | 1992-04-20   | F
`))
	b := NewBuilder(c.sources, casefold.Office{}, Options{})
	x, y := b.Build("p", c.records[:1]), b.Build("q", c.records[1:])
	checkDouble(t, &x, &y)
}

// checkDouble: two persons share a number of a case, and one conviction of each
// may be one.
func checkDouble(t *testing.T, x, y *casefold.History) {
	t.Helper()
	var s Shared
	s.Add(1, x)
	s.Add(0, y)
	if got := s.Pairs(8); !slices.Equal(got, [][2]int32{{0, 1}}) {
		t.Errorf("pairs %v", got)
	}
	if got := Doubles(x, y, false); len(got) != 1 {
		t.Errorf("doubles %v; %+v", got, Compare(&x.Convictions[0], &y.Convictions[0]))
	}
}

// TestAcrossOneNumber: the court knows a person by one name and birth date, the
// state by another, a municipal number apart and a month apart; both tell the
// same FBI number.
func TestAcrossOneNumber(t *testing.T) {
	c := parseCase(t, []byte(`
-- state --
row | person | name                  | birth      | cycle | step | count | kind  | day        | agency        | number   | charge   | disposition | level
s1  | 7001   | MINTON, SAMUEL STEVEN | 1961-01-11 | 101   | 001  | 001   | COURT | 1996-05-28 | SACRAMENTO MC | 96M16844 | 11359 HS | CONVICTED   | F
-- court SACRAMENTO --
row | name             | birth      | number   | related  | count | charge   | disposition | convicted on | sentenced on | level
c1  | FRANKLIN, STEVEN | 1957-08-24 | 96F16861 | 96M16844 | 1     | 11359 HS | CONVICTED   | 1996-04-29   | 1996-05-28   | F
`))
	for i := range c.records {
		c.records[i].Person.Identifiers = []casefold.Identifier{{Kind: casefold.FBI, Issuer: "US-FBI", Value: "510134PB4"}}
	}
	b := NewBuilder(c.sources, casefold.Office{}, Options{})
	x, y := b.Build("p", c.records[:1]), b.Build("q", c.records[1:])
	checkDouble(t, &x, &y)
}

// TestAcrossAlias: a name and birth date that are another's tell two convictions
// apart, unless the linkage of persons has found that they may be one person's, or
// each is told by sources that know nothing of the other.
func TestAcrossAlias(t *testing.T) {
	c := parseCase(t, []byte(`
-- state --
row | person | name          | birth      | cycle | step | count | kind  | day        | agency     | arrested on | number    | charge   | disposition | level
s1  | 7001   | SYKES, VERNON | 1945-03-24 | 104   | 002  | 001   | COURT | 1988-12-25 | SACRAMENTO | 1988-03-13  | 88F72808B | 11358 HS | CONVICTED   | F
-- court SACRAMENTO --
row | name           | birth      | number      | count | charge   | disposition | convicted on | arrested on | level
c1  | GAINES, MELVIN | 1947-08-10 | 88F72808-02 | 1     | 11358 HS | CONVICTED   | 1988-12-25   | 1988-03-13  | F
`))
	b := NewBuilder(c.sources, casefold.Office{}, Options{})
	x, y := b.Build("p", c.records[:1]), b.Build("q", c.records[1:])
	if got := Doubles(&x, &y, false); len(got) != 1 {
		t.Errorf("the court alone and the state alone, one mark: %v", got)
	}
	two := c.records[0]
	two.Teller.RowKey = "s2"
	two.Events = slices.Clone(two.Events)
	two.Events[0].Cases = caseno.Parse("88F72808C", two.Events[0].Agency, "")
	if z := b.Build("r", []casefold.Record{two}); Doubles(&z, &y, false) != nil {
		t.Errorf("co-defendants of other names and marks")
	}
	own := c.records[0] // the state's row of the other defendant, who has no mark there
	own.Teller.RowKey, own.Person = "s3", c.records[1].Person
	own.Events = slices.Clone(own.Events)
	own.Events[0].Cases = caseno.Parse("88F72808", own.Events[0].Agency, "")
	both := b.Build("s", []casefold.Record{own, c.records[1]})
	if got := Doubles(&x, &both, false); got != nil {
		t.Errorf("the state tells of each: %v", got)
	}
	if got := Doubles(&x, &y, true); len(got) != 1 {
		t.Errorf("linked: %v", got)
	}
}

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
	doubles := Doubles(&halves[0], &halves[1], false)
	if len(doubles) != 1 || halves[0].Convictions[doubles[0][0]].CaseNumber.Value != "01F0099" {
		t.Errorf("doubles %v", doubles)
	}
	if got := Doubles(&halves[0], &stranger, true); got != nil {
		t.Errorf("a stranger's conviction is taken for one of these: %v", got)
	}
}
