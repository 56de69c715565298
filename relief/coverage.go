package relief

import (
	"strings"

	"github.com/casefold/casefold"
)

// complete reports whether some source is declared complete for a question at
// the place of a conviction and up to the as-of day. A source speaks to its
// extract date; the law's freshness figure says how long after that its silence
// is still believed.
func (x *scope) complete(q casefold.Question, c *casefold.Conviction, proof *Node) bool {
	for i := range x.d.ctx.Sources {
		s := &x.d.ctx.Sources[i]
		for _, cover := range s.AuthoritativeFor {
			if cover.Question != q || !x.covers(s, cover, c) {
				continue
			}
			proof.found(nil, "source %s is declared complete for %s", s.Name, q)
			return true
		}
	}
	return false
}

func (x *scope) covers(s *casefold.Source, cover casefold.Coverage, c *casefold.Conviction) bool {
	if cover.County != "" && !strings.EqualFold(cover.County, c.Court.Value.County) {
		return false
	}
	until := cover.To
	if s.ExtractDate != 0 && (until == 0 || s.ExtractDate < until) {
		until = s.ExtractDate
	}
	entered := x.of(x.subject).entered
	switch cover.Question {
	case casefold.AboutConvictions:
		// for priors: the years in which the person could be convicted before
		from := x.born().First.AddYears(18)
		return (cover.From == 0 || from != 0 && cover.From <= from) && (until == 0 || entered.known() && until >= entered.Last)
	case casefold.AboutSupervision, casefold.AboutRelief:
		fresh := until == 0 || until.AddMonths(x.d.law.figures.freshMonths) >= x.asOf()
		return fresh && (cover.From == 0 || entered.known() && cover.From <= entered.First)
	}
	return true
}

// witnessed reports whether the absence of relief is vouched for: by the
// conviction's own court or state row, extracted after the law came into force,
// or by a source complete for relief.
func (x *scope) reliefWitness(proof *Node) bool {
	c := x.conviction()
	for _, t := range c.Tellers {
		s := x.d.sources[t.Source]
		if s == nil || s.Teller != casefold.TellerCourt && s.Teller != casefold.TellerState {
			continue
		}
		if s.ExtractDate != 0 && s.ExtractDate < x.d.law.From {
			continue
		}
		proof.found([]casefold.Teller{t}, "the %s row of the conviction shows none, to %s", s.Teller, orOpen(s.ExtractDate))
		return true
	}
	return x.complete(casefold.AboutRelief, c, proof)
}

func orOpen(d casefold.Day) string {
	if d == 0 {
		return "its extract"
	}
	return d.String()
}
