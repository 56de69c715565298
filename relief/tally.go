package relief

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/casefold/casefold"
)

// A Tally counts whom a set of determinations helps. Its figures are those that
// boards and papers ask for, in all and by group.
type Tally struct {
	AsOf     casefold.Day    `json:"as_of"`
	Outcomes map[Outcome]int `json:"outcomes"`
	All      Helped          `json:"all"`
	groups   map[Group]*Helped
}

// Helped are the figures of a group of people.
type Helped struct {
	People           int `json:"people"` // with a conviction that the law covers
	Helped           int `json:"helped"` // people with something owed or granted
	Convictions      int `json:"convictions"`
	NoFelonyLeft     int `json:"no_felony_left"`     // had a felony, have none then
	NoConvictionLeft int `json:"no_conviction_left"` // had a conviction, have none then
	NoneInSevenYears int `json:"none_in_seven_years"`
}

// A Group is people who share something: race, sex, age on the as-of day, or
// the year of a conviction that is helped. In the groups of years a person
// counts once for each year.
type Group struct {
	By    string `json:"by"`
	Value string `json:"value"`
}

// NewTally begins a count as of a day.
func NewTally(asOf casefold.Day) *Tally {
	return &Tally{AsOf: asOf, Outcomes: map[Outcome]int{}, groups: map[Group]*Helped{}}
}

// standing is what is left of a person's convictions.
type standing struct{ felonies, convictions, recent int }

// Add counts a person with the determinations made for them, of one law or of
// several. What is owed or granted counts as done, also where another county
// has to file it. Of two laws that help one conviction, the wider counts.
func (t *Tally) Add(h *casefold.History, determinations []Determination) {
	after := map[string]Outcome{}
	covered := false
	for i := range determinations {
		d := &determinations[i]
		t.Outcomes[d.Outcome]++
		covered = covered || d.Outcome != NotCovered
		if d.Outcome.Owed() && breadth(d.Outcome) > breadth(after[d.ConvictionID]) {
			after[d.ConvictionID] = d.Outcome
		}
	}
	if !covered {
		return
	}
	one := Helped{People: 1}
	years := map[string]int{}
	if len(after) > 0 {
		one.Helped, one.Convictions = 1, len(after)
		now, then := t.stands(h, after, years)
		one.NoFelonyLeft = left(now.felonies, then.felonies)
		one.NoConvictionLeft = left(now.convictions, then.convictions)
		one.NoneInSevenYears = left(now.recent, then.recent)
	}
	t.All.add(one)
	t.group("race", strings.ToUpper(h.Race.Value), one)
	t.group("sex", string(h.Sex.Value), one)
	t.group("age", t.decade(h.Birth.Value), one)
	for year, n := range years {
		of := one
		of.Convictions = n
		t.group("year", year, of)
	}
}

// breadth orders what is owed or granted by how much it gives.
func breadth(o Outcome) int {
	return slices.Index([]Outcome{"", PolicyReduce, RedesignateMisdemeanor, RedesignateInfraction, PolicyDismiss, DismissAndSeal}, o)
}

// stands counts what a person has now and would have then, and helped
// convictions by year.
func (t *Tally) stands(h *casefold.History, after map[string]Outcome, years map[string]int) (now, then standing) {
	for i := range h.Convictions {
		c := &h.Convictions[i]
		if !Determined(c) {
			continue
		}
		if after[c.ID] != "" {
			years[yearOf(c.ConvictionDate.Value)]++
		}
		if c.Kind == casefold.Juvenile {
			continue
		}
		t.count(&now, c, c.Level.Value)
		switch after[c.ID] {
		case DismissAndSeal, PolicyDismiss:
		case RedesignateMisdemeanor, PolicyReduce:
			t.count(&then, c, casefold.Misdemeanor)
		case RedesignateInfraction:
			t.count(&then, c, casefold.Infraction)
		default:
			t.count(&then, c, c.Level.Value)
		}
	}
	return now, then
}

func yearOf(d casefold.Date) string {
	if !d.Known() || d.First.Year() != d.Last.Year() {
		return ""
	}
	return strconv.Itoa(d.First.Year())
}

func left(now, then int) int {
	if now > 0 && then == 0 {
		return 1
	}
	return 0
}

func (t *Tally) count(s *standing, c *casefold.Conviction, level casefold.Level) {
	s.convictions++
	if level == casefold.Felony {
		s.felonies++
	}
	if entered := c.ConvictionDate.Value; entered.Known() && entered.Last.AddYears(7) > t.AsOf {
		s.recent++
	}
}

// decade is the decade of age on the as-of day, where the birth date decides it.
func (t *Tally) decade(born casefold.Date) string {
	if !born.Known() {
		return ""
	}
	oldest, youngest := age(born.First, t.AsOf), age(born.Last, t.AsOf)
	if oldest/10 != youngest/10 || youngest < 0 {
		return ""
	}
	return fmt.Sprintf("%d-%d", oldest/10*10, oldest/10*10+9)
}

// age in completed years.
func age(born, on casefold.Day) int {
	years := on.Year() - born.Year()
	if born.AddYears(years) > on {
		years--
	}
	return years
}

func (t *Tally) group(by, value string, one Helped) {
	g := Group{by, cmp.Or(value, "not told")}
	if t.groups[g] == nil {
		t.groups[g] = &Helped{}
	}
	t.groups[g].add(one)
}

func (h *Helped) add(o Helped) {
	h.People += o.People
	h.Helped += o.Helped
	h.Convictions += o.Convictions
	h.NoFelonyLeft += o.NoFelonyLeft
	h.NoConvictionLeft += o.NoConvictionLeft
	h.NoneInSevenYears += o.NoneInSevenYears
}

// Merge takes up everything of another tally of the same day.
func (t *Tally) Merge(o *Tally) {
	for word, n := range o.Outcomes {
		t.Outcomes[word] += n
	}
	t.All.add(o.All)
	for g, h := range o.groups {
		if t.groups[g] == nil {
			t.groups[g] = &Helped{}
		}
		t.groups[g].add(*h)
	}
}

// Group returns the figures of a group; zero where nobody is in it.
func (t *Tally) Group(g Group) Helped {
	if h := t.groups[g]; h != nil {
		return *h
	}
	return Helped{}
}

var groupings = []string{"race", "sex", "age", "year"}

// Groups lists the groups that hold anybody in any of several tallies: by race,
// sex, age, year, then by value.
func Groups(tallies ...*Tally) []Group {
	seen := map[Group]bool{}
	var out []Group
	for _, t := range tallies {
		for g := range t.groups {
			if !seen[g] {
				seen[g] = true
				out = append(out, g)
			}
		}
	}
	slices.SortFunc(out, func(a, b Group) int {
		return cmp.Or(cmp.Compare(slices.Index(groupings, a.By), slices.Index(groupings, b.By)),
			cmp.Compare(a.Value, b.Value))
	})
	return out
}
