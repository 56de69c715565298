package matcher_test

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/casefold/casefold"
	"github.com/casefold/casefold/matcher/evaluate"
)

// A village makes files that derail a careless training: few records, hardly any
// duplicates, or very many.
type village struct {
	rng               *rand.Rand
	givens, surnames  []string
	streets, postals  []string
	records           []casefold.Record
	truth             []int
	people, household int
}

func newVillage(seed uint64) *village {
	v := &village{rng: rand.New(rand.NewPCG(seed, 7))}
	word := func(parts int) (out string) {
		syllables := []string{"MA", "RI", "KO", "TEN", "BAR", "LO", "SHA", "NE", "DU", "VAL", "ER", "GRO", "PI", "SON", "WEX", "IN", "HAL", "QUE"}
		for range parts {
			out += syllables[v.rng.IntN(len(syllables))]
		}
		return out
	}
	for range 300 {
		v.givens = append(v.givens, word(2))
	}
	for range 900 {
		v.surnames = append(v.surnames, word(3))
	}
	for range 200 {
		v.streets = append(v.streets, word(2)+" ST")
	}
	for i := range 60 {
		v.postals = append(v.postals, fmt.Sprint(95600+i))
	}
	return v
}

// common draws from a list as names are: the first few are most people's.
func (v *village) common(list []string) string {
	x := v.rng.Float64()
	return list[int(x*x*x*float64(len(list)))]
}

// person tells a new person in so many records; the later ones have errors.
// Members of a household share surname, address and phone.
func (v *village) person(records int, home *casefold.Record) casefold.Record {
	p := casefold.PersonFacts{Age: -1, Sex: casefold.Sex([]string{"M", "F"}[v.rng.IntN(2)]),
		Names:     []casefold.Name{{Last: v.common(v.surnames), First: v.common(v.givens)}},
		Births:    []casefold.Date{casefold.On(casefold.MakeDay(1940+v.rng.IntN(60), 1+v.rng.IntN(12), 1+v.rng.IntN(28)))},
		Addresses: []casefold.Address{{Number: fmt.Sprint(1 + v.rng.IntN(900)), Street: v.streets[v.rng.IntN(len(v.streets))], Postal: v.postals[v.rng.IntN(len(v.postals))]}},
		Phones:    []string{fmt.Sprintf("916%07d", v.rng.IntN(10_000_000))}}
	if home != nil {
		p.Names[0].Last, p.Addresses, p.Phones = home.Person.Names[0].Last, home.Person.Addresses, home.Person.Phones
	}
	first := casefold.Record{Person: p}
	for k := range records {
		v.tell(p, k > 0)
	}
	v.people++
	return first
}

func (v *village) tell(p casefold.PersonFacts, mistaken bool) {
	n, b := p.Names[0], p.Births[0].First
	if mistaken {
		switch v.rng.IntN(6) {
		case 0:
			n.Last = n.Last[:len(n.Last)-1]
		case 1:
			n.First = n.First[:1]
		case 2:
			b = casefold.MakeDay(b.Year(), b.Month(), 1+v.rng.IntN(28))
		case 3:
			p.Phones = nil
		case 4:
			p.Addresses = []casefold.Address{{Number: fmt.Sprint(1 + v.rng.IntN(900)), Street: v.streets[v.rng.IntN(len(v.streets))], Postal: v.postals[v.rng.IntN(len(v.postals))]}}
		}
	}
	p.Names, p.Births = []casefold.Name{n}, []casefold.Date{casefold.On(b)}
	v.records = append(v.records, casefold.Record{Teller: casefold.Teller{Source: "village", RowKey: fmt.Sprintf("%08x", v.rng.Uint32())}, Person: p})
	v.truth = append(v.truth, v.people)
}

// TestTrainingIsHardToDerail: one set of defaults for files of any kind, and the
// model's own expectation near what is true.
func TestTrainingIsHardToDerail(t *testing.T) {
	for _, c := range []struct {
		name     string
		make     func(v *village)
		wrong    int     // pairs that may be wrong
		recall   float64 // of the true pairs
		expected float64 // how far expected precision may lie from the true one
	}{
		{"150 records of 100 people", func(v *village) {
			for i := range 100 {
				v.person(1+i%2, nil)
			}
		}, 0, .95, .02},
		{"5 duplicates in 1,000", func(v *village) {
			for i := range 995 {
				v.person(1+(i%199+1)/199, nil)
			}
		}, 1, .8, .35},
		{"nobody twice", func(v *village) {
			for range 1000 {
				v.person(1, nil)
			}
		}, 1, 1, 1},
		{"ten records a person", func(v *village) {
			for range 200 {
				v.person(10, nil)
			}
		}, 0, .99, .01},
		{"households of five, hardly anybody twice", func(v *village) {
			for range 200 {
				home := v.person(1, nil)
				for k := range 4 {
					v.person(1+k/3*v.rng.IntN(2), &home)
				}
			}
		}, 2, .9, .05},
	} {
		t.Run(c.name, func(t *testing.T) {
			v := newVillage(5)
			c.make(v)
			l, of := linkAll(t, v.records, ascending(len(v.records)), 2, nil)
			got := evaluate.Compare(of, v.truth)
			wrong := got.JoinedPairs - got.RightPairs
			t.Logf("%d records: %d of %d pairs found, %d wrong, largest %d, expected P %.3f R %.3f, prior %.1f bits", len(v.records), got.RightPairs, got.TruePairs, wrong, got.Largest,
				l.links.Expected.Precision, l.links.Expected.Recall, float64(l.model.Prior)/1000)
			if wrong > c.wrong {
				t.Errorf("%d pairs are wrong, at most %d should be", wrong, c.wrong)
			}
			if got.Pairwise.Recall < c.recall {
				t.Errorf("recall %.3f, want %.3f", got.Pairwise.Recall, c.recall)
			}
			if d := l.links.Expected.Precision - got.Pairwise.Precision; got.JoinedPairs > 0 && (d > c.expected || d < -c.expected) {
				t.Errorf("precision is expected to be %.3f and is %.3f", l.links.Expected.Precision, got.Pairwise.Precision)
			}
		})
	}
}
