package matcher_test

import (
	"fmt"
	"testing"

	"github.com/casefold/casefold"
	"github.com/casefold/casefold/matcher/evaluate"
)

// peoples draws a person of one of several peoples, each with names of its own:
// given names and surnames go together, so that strangers share whole names more
// often than each name's share tells.
func (v *village) peoples(records int) {
	const peoples, each = 12, 8
	k := v.rng.IntN(peoples)
	first, last := v.givens[k*each+v.rng.IntN(each)], v.surnames[k*each+v.rng.IntN(each)]
	home := casefold.Record{Person: casefold.PersonFacts{Names: []casefold.Name{{Last: last}}, Phones: []string{fmt.Sprintf("530%07d", v.rng.IntN(10_000_000))},
		Addresses: []casefold.Address{{Number: fmt.Sprint(1 + v.rng.IntN(900)), Street: v.streets[v.rng.IntN(len(v.streets))], Postal: v.postals[v.rng.IntN(len(v.postals))]}}}}
	at := len(v.records)
	v.person(records, &home)
	for i := range v.records[at:] {
		n := &v.records[at+i].Person.Names[0]
		n.First = first
	}
}

// TestStrangersOfOneName are not one person, however many of them there are, and
// the model expects what is true of its links.
func TestStrangersOfOneName(t *testing.T) {
	v := newVillage(3)
	for i := range 1500 {
		at := len(v.records)
		v.peoples(1 + i%2)
		for j := at; j < len(v.records); j++ {
			v.records[j].Person.Phones, v.records[j].Person.Addresses = nil, nil
		}
	}
	check(t, v, .97, .90)
}

// TestAddressesMadeOfNames say nothing beside the names: namesakes have alike
// ones at the providers that all use.
func TestAddressesMadeOfNames(t *testing.T) {
	v := newVillage(4)
	for i := range 500 {
		at := len(v.records)
		v.peoples(1 + i%2)
		n := v.records[at].Person.Names[0]
		address := fmt.Sprintf("%s.%s%d@%s", n.First, n.Last, v.rng.IntN(90), []string{"gmail.com", "yahoo.com", "aol.com"}[v.rng.IntN(3)])
		for j := at; j < len(v.records); j++ {
			v.records[j].Person.Emails, v.records[j].Person.Phones = []string{address}, nil
		}
	}
	check(t, v, .985, .97)
}

// TestYearsOfBirth: where years alone are told, that the days of two years agree
// is no evidence.
func TestYearsOfBirth(t *testing.T) {
	v := newVillage(6)
	for i := range 1500 {
		at := len(v.records)
		v.peoples(1 + i%2)
		for j := at; j < len(v.records); j++ {
			p := &v.records[j].Person
			p.Addresses = nil
			year := p.Births[0].First.Year()
			p.Births = []casefold.Date{{First: casefold.MakeDay(year, 1, 1), Last: casefold.MakeDay(year, 12, 31)}}
		}
	}
	check(t, v, .97, .90)
}

func check(t *testing.T, v *village, precision, recall float64) {
	t.Helper()
	l, of := linkAll(t, v.records, ascending(len(v.records)), 2, nil)
	got := evaluate.Compare(of, v.truth)
	t.Logf("%d records: precision %.4f recall %.4f, expected %.4f %.4f", len(v.records), got.Pairwise.Precision, got.Pairwise.Recall, l.links.Expected.Precision, l.links.Expected.Recall)
	if got.Pairwise.Precision < precision || got.Pairwise.Recall < recall {
		t.Errorf("precision %.4f recall %.4f, want %.3f and %.3f", got.Pairwise.Precision, got.Pairwise.Recall, precision, recall)
	}
}
