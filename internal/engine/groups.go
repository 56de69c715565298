package engine

import (
	"fmt"
	"strings"

	"github.com/casefold/casefold"
	"github.com/casefold/casefold/matcher/evaluate"
	"github.com/casefold/casefold/mention"
	"github.com/casefold/casefold/normalize/name"
)

// dimensions are the ways in which errors are told apart by who they hit. None
// of them but sex is match evidence.
var dimensions = [...]string{"sex", "race", "age", "name group"}

// A grouper notes which groups each record tells of, in the order of records.
type grouper struct {
	asOf  casefold.Day
	names [len(dimensions)][]string // distinct groups
	index [len(dimensions)]map[string]uint16
	of    [len(dimensions)][]uint16 // of each record
}

func newGrouper(asOf casefold.Day) *grouper {
	g := &grouper{asOf: asOf}
	for d := range dimensions {
		g.index[d] = map[string]uint16{"": 0}
		g.names[d] = []string{""}
	}
	return g
}

// see notes a record's groups; "" where it does not tell.
func (g *grouper) see(rec *casefold.Record) {
	p := &rec.Person
	var born int
	if len(p.Births) > 0 {
		born = p.Births[0].First.Year()
	}
	surname := ""
	if len(p.Names) > 0 {
		surname = p.Names[0].Last
	}
	for d, group := range [...]string{string(p.Sex), strings.ToUpper(p.Race), ageBand(born, g.asOf.Year()), name.Group(surname)} {
		n, ok := g.index[d][group]
		if !ok {
			n = uint16(len(g.names[d]))
			g.index[d][group] = n
			g.names[d] = append(g.names[d], group)
		}
		g.of[d] = append(g.of[d], n)
	}
}

// ageBand is the band of ages that somebody born in a year is in at the end of
// another.
func ageBand(born, year int) string {
	age := year - born
	switch {
	case born == 0 || age < 0 || age > 120:
		return ""
	case age < 25:
		return "under 25"
	case age >= 65:
		return "65 and over"
	}
	from := 25 + (age-25)/10*10
	return fmt.Sprintf("%d to %d", from, from+9)
}

// ofMention is a dimension's group of each mention: what the first of its
// records tells that tells any.
func (g *grouper) ofMention(d int, set *mention.Set) []uint16 {
	out := make([]uint16, set.Len())
	for m := range out {
		for _, r := range set.Records(uint32(m)) {
			if out[m] = g.of[d][r]; out[m] != 0 {
				break
			}
		}
	}
	return out
}

// dimensions are the groups of mentions in words.
func (g *grouper) dimensions(set *mention.Set) (out []evaluate.Dimension) {
	for d, word := range dimensions {
		dim := evaluate.Dimension{Name: word}
		for _, n := range g.ofMention(d, set) {
			dim.Group = append(dim.Group, g.names[d][n])
		}
		out = append(out, dim)
	}
	return out
}
