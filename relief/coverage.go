package relief

import (
	"slices"
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
			if proof != nil {
				proof.found(nil, "source %s is declared complete for %s", s.Name, q)
			}
			return true
		}
	}
	return false
}

func (x *scope) covers(s *casefold.Source, cover casefold.Coverage, c *casefold.Conviction) bool {
	if cover.County != "" && !strings.EqualFold(cover.County, c.Court.Value.County) {
		return false
	}
	until := coveredTo(s, cover)
	entered := x.of(x.subject).entered
	switch cover.Question {
	case casefold.AboutConvictions:
		// for priors: from the first year in which the person could be convicted
		return x.wholeLife(cover) && (until == 0 || entered.known() && until >= entered.Last)
	case casefold.AboutSupervision, casefold.AboutRelief:
		return x.fresh(until) && (cover.From == 0 || entered.known() && cover.From <= entered.First)
	}
	return true
}

// coveredTo is the last day a coverage speaks of: its own end, at most the
// source's extract date; 0 where there is no bound.
func coveredTo(s *casefold.Source, cover casefold.Coverage) casefold.Day {
	until := cover.To
	if s.ExtractDate != 0 && (until == 0 || s.ExtractDate < until) {
		until = s.ExtractDate
	}
	return until
}

// fresh reports whether a source that speaks up to a day is still believed
// about the as-of day.
func (x *scope) fresh(until casefold.Day) bool {
	return until == 0 || until.AddMonths(x.d.law.figures.freshMonths) >= x.d.ctx.AsOf
}

func (x *scope) wholeLife(cover casefold.Coverage) bool {
	adult := x.born().First.AddYears(18)
	return cover.From == 0 || adult != 0 && cover.From <= adult
}

// completeRecord reports whether some source is complete for all convictions of
// the person up to the as-of day, wherever: what "no later conviction" needs.
func (x *scope) completeRecord(proof *Node) bool {
	for i := range x.d.ctx.Sources {
		s := &x.d.ctx.Sources[i]
		for _, cover := range s.AuthoritativeFor {
			if cover.Question == casefold.AboutConvictions && cover.County == "" && x.wholeLife(cover) && x.fresh(coveredTo(s, cover)) {
				if proof != nil {
					proof.found(nil, "source %s is declared complete for convictions", s.Name)
				}
				return true
			}
		}
	}
	return false
}

// reliefWitness reports whether the absence of relief is vouched for: by a
// court or state row that tells of the conviction itself (not of its arrest, nor
// of a step without an outcome), extracted after the law came into force, or by
// a source complete for relief.
func (x *scope) reliefWitness(c *casefold.Conviction, proof *Node) bool {
	for _, t := range ownRows(c) {
		s := x.d.sources[t.Source]
		if s == nil || s.Teller != casefold.TellerCourt && s.Teller != casefold.TellerState {
			continue
		}
		if s.ExtractDate != 0 && s.ExtractDate < x.d.law.From {
			continue
		}
		if proof != nil {
			proof.found([]casefold.Teller{t}, "the %s row of the conviction shows none, to %s", s.Teller, orOpen(s.ExtractDate))
		}
		return true
	}
	return x.complete(casefold.AboutRelief, c, proof)
}

// ownRows are the rows that tell that there was a conviction: of its outcome,
// of its date, or of what happened to it later.
func ownRows(c *casefold.Conviction) []casefold.Teller {
	var out []casefold.Teller
	for _, told := range versions(&c.Disposition) {
		if s := told.Value.Status; s == casefold.Convicted || s == casefold.JuvenileSustained {
			out = append(out, told.Tellers...)
		}
	}
	if c.ConvictionDate.Status != casefold.FactPresumed {
		for _, told := range versions(&c.ConvictionDate) {
			out = append(out, told.Tellers...)
		}
	}
	for i := range c.Events {
		out = append(out, c.Events[i].Tellers...)
	}
	slices.SortFunc(out, casefold.CompareTellers)
	return slices.Compact(out)
}

// versions are all values of a fact with the rows that tell them.
func versions[T any](f *casefold.Fact[T]) []casefold.Told[T] {
	return append([]casefold.Told[T]{{Value: f.Value, Tellers: f.Tellers}}, f.Others...)
}

// toldBy names the kinds of agencies whose rows tell of a conviction.
func (x *scope) toldBy(c *casefold.Conviction) string {
	var kinds []string
	for _, t := range c.Tellers {
		if s := x.d.sources[t.Source]; s != nil && !slices.Contains(kinds, string(s.Teller)) {
			kinds = append(kinds, string(s.Teller))
		}
	}
	slices.Sort(kinds)
	if len(kinds) == 0 {
		return "nobody"
	}
	return strings.Join(kinds, " and ")
}

// reliefEntered answers from the docket as a person read it.
func (x *scope) reliefEntered(proof *Node) verdict {
	v, ok := x.d.entered(x.conviction().ID, "relief_"+x.d.law.Name)
	if !ok {
		return noAnswer
	}
	if proof != nil {
		proof.found(nil, "relief granted: %s (%s)", v.Value, v.source())
		proof.Truth, proof.Cause = casefold.Of(v.Value == "yes"), told.String()
	}
	return vOf(v.Value == "yes")
}

func orOpen(d casefold.Day) string {
	if d == 0 {
		return "its extract"
	}
	return d.String()
}
