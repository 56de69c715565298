package relief

import (
	"fmt"
	"strings"

	"github.com/casefold/casefold"
)

// A Tally counts whom a set of determinations helps. Its figures are those that
// boards and papers ask for.
type Tally struct {
	AsOf             casefold.Day    `json:"as_of"`
	People           int             `json:"people"` // with a conviction that the law covers
	Helped           int             `json:"helped"` // people with something owed or granted
	Outcomes         map[Outcome]int `json:"outcomes"`
	NoFelonyLeft     int             `json:"no_felony_left"`     // had a felony, have none then
	NoConvictionLeft int             `json:"no_conviction_left"` // had a conviction, have none then
	NoneInSevenYears int             `json:"none_in_seven_years"`
	// Groups count the helped people by race, sex, age on the as-of day, and
	// year of the first conviction helped: "race:B", "age:40-49".
	Groups map[string]int `json:"groups"`
}

// NewTally begins a count as of a day.
func NewTally(asOf casefold.Day) *Tally {
	return &Tally{AsOf: asOf, Outcomes: map[Outcome]int{}, Groups: map[string]int{}}
}

// standing is what is left of a person's convictions.
type standing struct{ felonies, convictions, recent int }

// Add counts a person with the determinations made for them. What is owed or
// granted counts as done, also where another county has to file it.
func (t *Tally) Add(h *casefold.History, determinations []Determination) {
	after := map[string]Outcome{}
	covered, first := false, 0
	for i := range determinations {
		d := &determinations[i]
		t.Outcomes[d.Outcome]++
		covered = covered || d.Outcome != NotCovered
		if d.Outcome.Owed() {
			after[d.ConvictionID] = d.Outcome
		}
	}
	if covered {
		t.People++
	}
	if len(after) == 0 {
		return
	}
	t.Helped++
	var then, now standing
	for i := range h.Convictions {
		c := &h.Convictions[i]
		if !Determined(c) || c.Kind == casefold.Juvenile {
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
		if year := c.ConvictionDate.Value.First.Year(); after[c.ID] != "" && year != 0 && (first == 0 || year < first) {
			first = year
		}
	}
	t.NoFelonyLeft += left(now.felonies, then.felonies)
	t.NoConvictionLeft += left(now.convictions, then.convictions)
	t.NoneInSevenYears += left(now.recent, then.recent)
	t.group(h, first)
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

func (t *Tally) group(h *casefold.History, year int) {
	name := func(kind, value string) {
		if value == "" {
			value = "not told"
		}
		t.Groups[kind+":"+value]++
	}
	name("race", strings.ToUpper(h.Race.Value))
	name("sex", string(h.Sex.Value))
	age := ""
	if born := h.Birth.Value; born.Known() {
		decade := (t.AsOf.Year() - born.First.Year()) / 10 * 10
		age = fmt.Sprintf("%d-%d", decade, decade+9)
	}
	name("age", age)
	if year == 0 {
		name("year", "")
		return
	}
	name("year", fmt.Sprint(year))
}
