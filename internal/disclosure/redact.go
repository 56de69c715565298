package disclosure

import (
	"slices"

	"github.com/casefold/casefold"
)

// A redaction is one history on its way to what may be shown of it.
type redaction struct {
	limit Limit
	old   *casefold.History

	convictions []bool   // hidden, by index
	counts      [][]bool // by case, then count
	arrests     [][]bool // by cycle, then arrest
	hidden      map[casefold.Teller]bool
	withheld    map[casefold.Teller]bool
}

func past(t casefold.Truth) bool { return t != casefold.False }

// find marks what is hidden and reports whether anything is.
func (r *redaction) find() (any bool) {
	h := r.old
	r.convictions = make([]bool, len(h.Convictions))
	for i := range h.Convictions {
		c := &h.Convictions[i]
		r.convictions[i] = past(r.limit.Conviction(c))
		any = any || r.convictions[i] || r.arrestedAs(c) || r.filedAs(c)
	}
	for i := range h.Cases {
		c := &h.Cases[i]
		marks := make([]bool, len(c.Counts))
		for k := range c.Counts {
			n := &c.Counts[k]
			if n.Conviction >= 0 {
				marks[k] = r.convictions[n.Conviction]
			} else {
				marks[k] = past(r.limit.Charge(n.Offense, known(n.Date, c.Filed.Value)))
			}
			any = any || marks[k]
		}
		r.counts = append(r.counts, marks)
	}
	for i := range h.Cycles {
		c := &h.Cycles[i]
		marks := make([]bool, len(c.Arrests))
		for k := range c.Arrests {
			marks[k] = past(r.limit.Charge(c.Arrests[k].Offense, known(c.Arrests[k].Date, c.Date)))
			any = any || marks[k]
		}
		r.arrests = append(r.arrests, marks)
	}
	return any
}

// arrestedAs and filedAs report whether a conviction began as a charge that is
// hidden, and became another crime.
func (r *redaction) arrestedAs(c *casefold.Conviction) bool {
	return r.charged(&c.Arrested, known(c.ArrestDate.Value, c.ConvictionDate.Value))
}

func (r *redaction) filedAs(c *casefold.Conviction) bool {
	return r.charged(&c.Filed, known(c.FiledDate.Value, c.ArrestDate.Value, c.ConvictionDate.Value))
}

// charged reports whether a charge is hidden, or may be: tellers contradict.
func (r *redaction) charged(f *casefold.Fact[casefold.Offense], on casefold.Date) bool {
	for i := range f.Others {
		if past(r.limit.Charge(&f.Others[i].Value, on)) {
			return true
		}
	}
	return f.Status != casefold.FactUnknown && past(r.limit.Charge(&f.Value, on))
}

// known is the first date that is.
func known(dates ...casefold.Date) casefold.Date {
	for _, d := range dates {
		if d.Known() {
			return d
		}
	}
	return casefold.Date{}
}

// sortRows tells rows that speak of hidden records only from those that speak
// of others too.
func (r *redaction) sortRows() {
	shown := map[casefold.Teller]bool{}
	r.hidden, r.withheld = map[casefold.Teller]bool{}, map[casefold.Teller]bool{}
	put := func(hide bool, tellers []casefold.Teller) {
		for _, t := range tellers {
			if hide {
				r.hidden[t] = true
			} else {
				shown[t] = true
			}
		}
	}
	h := r.old
	for i := range h.Convictions {
		c := &h.Convictions[i]
		put(r.convictions[i], c.Tellers)
		if r.arrestedAs(c) {
			put(true, c.Arrested.Tellers)
		}
		if r.filedAs(c) {
			put(true, c.Filed.Tellers)
		}
	}
	for i := range h.Cases {
		for k := range h.Cases[i].Counts {
			put(r.counts[i][k], h.Cases[i].Counts[k].Tellers)
		}
	}
	for i := range h.Cycles {
		for k := range h.Cycles[i].Arrests {
			put(r.arrests[i][k], h.Cycles[i].Arrests[k].Tellers)
		}
	}
	for i := range h.Registrations {
		put(false, h.Registrations[i].Tellers)
	}
	for t := range r.hidden {
		if shown[t] {
			r.withheld[t] = true
			delete(r.hidden, t)
		}
	}
}

// keep are the tellers that are left.
func (r *redaction) keep(tellers []casefold.Teller) []casefold.Teller {
	if !slices.ContainsFunc(tellers, func(t casefold.Teller) bool { return r.hidden[t] }) {
		return tellers
	}
	var out []casefold.Teller
	for _, t := range tellers {
		if !r.hidden[t] {
			out = append(out, t)
		}
	}
	return out
}

// history is what is left; nil if no row is.
func (r *redaction) history() *casefold.History {
	h := *r.old
	h.Tellers = r.keep(h.Tellers)
	if len(h.Tellers) == 0 {
		return nil
	}
	h.Names, h.Births = told(r, h.Names), told(r, h.Births)
	h.Identifiers, h.Deaths = told(r, h.Identifiers), told(r, h.Deaths)
	h.Birth, h.Sex, h.Race, h.Deceased = fact(r, h.Birth), fact(r, h.Sex), fact(r, h.Race), fact(r, h.Deceased)
	if h.Birth.Status == casefold.FactUnknown && len(h.Births) > 0 {
		h.Birth = casefold.Fact[casefold.Date]{Value: h.Births[0].Value, Status: casefold.FactKnown, Tellers: h.Births[0].Tellers}
	}
	cases := r.cases(&h)
	cycles := r.cycles(&h, cases)
	r.judgments(&h, cases, cycles)
	h.Registrations = left(h.Registrations, func(x *casefold.Registration) bool { x.Tellers = r.keep(x.Tellers); return len(x.Tellers) > 0 })
	h.Custody, h.Supervision = r.stays(h.Custody), r.stays(h.Supervision)
	silent := func(t casefold.Teller) bool { return r.hidden[t] || r.withheld[t] }
	// The text of a gap may speak of any of its rows.
	h.Gaps = left(h.Gaps, func(g *casefold.Gap) bool { return !slices.ContainsFunc(g.Tellers, silent) })
	h.Findings = left(h.Findings, func(f *casefold.Finding) bool { return !silent(f.Teller) })
	return &h
}

// left copies what a filter keeps; the filter may change its copy.
func left[T any](list []T, keep func(*T) bool) []T {
	var out []T
	for _, x := range list {
		if keep(&x) {
			out = append(out, x)
		}
	}
	return out
}

func told[T any](r *redaction, list []casefold.Told[T]) []casefold.Told[T] {
	return left(list, func(x *casefold.Told[T]) bool { x.Tellers = r.keep(x.Tellers); return len(x.Tellers) > 0 })
}

// fact is what is left of a fact: where only hidden rows tell its value, the
// next one told takes its place.
func fact[T any](r *redaction, f casefold.Fact[T]) casefold.Fact[T] {
	if len(f.Tellers) == 0 {
		return f
	}
	f.Others = told(r, f.Others)
	f.Tellers = r.keep(f.Tellers)
	if len(f.Tellers) > 0 {
		return f
	}
	if len(f.Others) == 0 {
		return casefold.Fact[T]{}
	}
	next := f.Others[0]
	return casefold.Fact[T]{Value: next.Value, Status: f.Status, Tellers: next.Tellers, Others: f.Others[1:], Why: f.Why}
}

// named is a fact of a record that is shown: its value stays, hidden rows are
// named no more.
func named[T any](r *redaction, f casefold.Fact[T]) casefold.Fact[T] {
	f.Tellers, f.Others = r.keep(f.Tellers), told(r, f.Others)
	return f
}

func (r *redaction) stays(list []casefold.Stay) []casefold.Stay {
	return left(list, func(x *casefold.Stay) bool { x.Tellers = r.keep(x.Tellers); return len(x.Tellers) > 0 })
}

// numbering maps old indexes to those of what is left; -1: gone.
func numbering(gone []bool) []int {
	out, next := make([]int, len(gone)), 0
	for i, g := range gone {
		if g {
			out[i] = -1
			continue
		}
		out[i] = next
		next++
	}
	return out
}

func renumber(at int, now []int) int {
	if at < 0 || at >= len(now) {
		return at
	}
	return now[at]
}

// cases drops hidden counts, and files of which nothing else is left. It
// returns the new numbers of the files.
func (r *redaction) cases(h *casefold.History) []int {
	convictions := numbering(r.convictions)
	gone := make([]bool, len(h.Cases))
	old := h.Cases
	h.Cases = nil
	for i, c := range old {
		counts := c.Counts
		c.Counts = nil
		for k, n := range counts {
			if r.counts[i][k] {
				continue
			}
			n.Conviction = renumber(n.Conviction, convictions)
			n.Tellers, n.Disposition = r.keep(n.Tellers), named(r, n.Disposition)
			c.Counts = append(c.Counts, n)
		}
		c.Tellers = r.keep(c.Tellers)
		if gone[i] = len(c.Tellers) == 0 || len(counts) > 0 && len(c.Counts) == 0; !gone[i] {
			c.Filed, c.Court = named(r, c.Filed), named(r, c.Court)
			h.Cases = append(h.Cases, c)
		}
	}
	return numbering(gone)
}

// cycles drops hidden arrests, and cycles of which nothing else is left.
func (r *redaction) cycles(h *casefold.History, cases []int) []int {
	gone := make([]bool, len(h.Cycles))
	old := h.Cycles
	h.Cycles = nil
	for i, c := range old {
		arrests, files := c.Arrests, c.Cases
		c.Arrests, c.Cases = nil, nil
		for k, n := range arrests {
			if !r.arrests[i][k] {
				n.Tellers, n.Disposition = r.keep(n.Tellers), named(r, n.Disposition)
				c.Arrests = append(c.Arrests, n)
			}
		}
		for _, at := range files {
			if now := renumber(at, cases); now >= 0 {
				c.Cases = append(c.Cases, now)
			}
		}
		c.Tellers = r.keep(c.Tellers)
		if gone[i] = len(c.Tellers) == 0 || len(arrests)+len(files) > 0 && len(c.Arrests)+len(c.Cases) == 0; !gone[i] {
			h.Cycles = append(h.Cycles, c)
		}
	}
	return numbering(gone)
}

// judgments drops hidden convictions and what others say of them.
func (r *redaction) judgments(h *casefold.History, cases, cycles []int) {
	hidden := map[string]bool{}
	for i := range h.Convictions {
		if r.convictions[i] {
			hidden[h.Convictions[i].ID] = true
		}
	}
	old := h.Convictions
	h.Convictions = nil
	for i, c := range old {
		if r.convictions[i] {
			continue
		}
		c.Case, c.Cycle = renumber(c.Case, cases), renumber(c.Cycle, cycles)
		c.PossiblySame = slices.DeleteFunc(slices.Clone(c.PossiblySame), func(id string) bool { return hidden[id] })
		c.Tellers, c.Beside = r.keep(c.Tellers), nil
		if r.arrestedAs(&c) {
			c.Arrested = casefold.Fact[casefold.Offense]{}
		}
		if r.filedAs(&c) {
			c.Filed = casefold.Fact[casefold.Offense]{}
		}
		h.Convictions = append(h.Convictions, r.named(c))
	}
}

// named is a conviction that is shown, whose facts name no hidden row.
func (r *redaction) named(c casefold.Conviction) casefold.Conviction {
	c.Court, c.CaseNumber, c.Count = named(r, c.Court), named(r, c.CaseNumber), named(r, c.Count)
	c.Offense, c.Filed, c.Arrested = named(r, c.Offense), named(r, c.Filed), named(r, c.Arrested)
	c.Level, c.LevelAtEntry, c.Disposition = named(r, c.Level), named(r, c.LevelAtEntry), named(r, c.Disposition)
	c.ArrestDate, c.OffenseDate, c.FiledDate = named(r, c.ArrestDate), named(r, c.OffenseDate), named(r, c.FiledDate)
	c.PleaDate, c.ConvictionDate, c.SentenceDate = named(r, c.PleaDate), named(r, c.ConvictionDate), named(r, c.SentenceDate)
	c.SentenceEnd, c.Listing = named(r, c.SentenceEnd), named(r, c.Listing)
	c.Grams, c.Plants = named(r, c.Grams), named(r, c.Plants)
	c.Events = left(c.Events, func(x *casefold.LaterEvent) bool {
		told := len(x.Tellers) > 0
		x.Tellers = r.keep(x.Tellers)
		return !told || len(x.Tellers) > 0
	})
	return c
}
