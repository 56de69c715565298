package history

import (
	"slices"

	"github.com/casefold/casefold"
)

// arrestOf links a conviction with its cycle and resolves arrest date and
// arrested charge. The cycle is the earliest of its rows' that does not lie
// after the judgment; a warrant's arrest only if there is no other.
func (w *work) arrestOf(h *casefold.History, c *casefold.Conviction, k *count, p *testimony) {
	list := p.w.dates[:0]
	for i := range p.voices {
		if v := &p.voices[i]; !v.later && v.e.ArrestDate.Known() && c.ConvictionDate.Value.Before(v.e.ArrestDate) != casefold.True {
			list = append(list, said[casefold.Date]{v.e.ArrestDate, p.prec.rank(factArrestDate, v.class), v.rec.Teller})
		}
	}
	var open casefold.Date
	if best := w.startFor(k, c.ConvictionDate.Value); best >= 0 {
		s := &w.starts[best]
		c.Cycle = s.place
		of, span := w.arrestsOf(s, k, list)
		for _, a := range of {
			list = append(list, said[casefold.Date]{a.date, p.prec.rank(factArrestDate, a.class), a.from})
		}
		open = span
		w.arrestedCharge(c, s, p)
	}
	p.w.dates = list
	c.ArrestDate = resolveDates(p.w, list)
	if open.Known() && c.ArrestDate.Status == casefold.FactKnown {
		c.ArrestDate.Value, c.ArrestDate.Status = open, casefold.FactPresumed
		c.ArrestDate.Why = "several arrests of one cycle, or another judgment that followed this one: no row tells which arrest it was"
	}
	if c.Cycle >= 0 && !slices.Contains(h.Cycles[c.Cycle].Cases, k.file) {
		h.Cycles[c.Cycle].Cases = append(h.Cycles[c.Cycle].Cases, k.file)
		slices.Sort(h.Cycles[c.Cycle].Cases)
	}
}

// startFor is the start of a count's prosecution, -1 if none is known: one that
// its own rows name before one that only its file's do.
func (w *work) startFor(k *count, judged casefold.Date) int {
	best, own := -1, false
	for i := range w.starts {
		s := &w.starts[i]
		if s.into != i || s.place < 0 || !w.startOf(s, k) || judged.Before(s.date) == casefold.True {
			continue
		}
		mine := w.namedBy(s, k)
		if best < 0 || mine && !own || mine == own && startBetter(s, &w.starts[best]) {
			best, own = i, mine
		}
	}
	return best
}

// namedBy reports whether a telling of the count itself, and no later entry of
// it, names a start.
func (w *work) namedBy(s *start, k *count) bool {
	return slices.ContainsFunc(k.tellings, func(i int) bool {
		return (slices.Contains(s.mention, i) || slices.Contains(s.tellings, i)) && (!w.tellings[i].acc.entry || k.acc.entry)
	})
}

// An arrest is one row of an arrest with its day.
type arrest struct {
	telling int
	date    casefold.Date
	class   classIndex
	from    casefold.Teller
}

// arrestsOf are the arrests of a start that led to a count. Where a cycle has
// arrests on several days they are those that the count's rows name by day or
// number, else those for its section, else those that no earlier judgment
// answers; of these, the last before the judgment. Where that is not certain,
// open is the span in which the arrest lies.
func (w *work) arrestsOf(s *start, k *count, told []said[casefold.Date]) (of []arrest, open casefold.Date) {
	all := w.arrestsBefore(s, k)
	if len(all) == 0 {
		return nil, open
	}
	one := oneDay(all)
	switch {
	case len(told) > 0 && one:
		return all, open
	case len(told) > 0:
		return keep(all, func(a *arrest) bool {
			return slices.ContainsFunc(told, func(d said[casefold.Date]) bool { return daysApart(d.value, a.date) <= 3 })
		}), open
	}
	if named := keep(all, func(a *arrest) bool { return w.sameArrestNumber(a, k) }); len(named) > 0 {
		all = named
	}
	matched := keep(all, func(a *arrest) bool { return w.arrestedFor(a, &k.acc) })
	if len(matched) > 0 {
		all = matched
	} else if all = keep(all, func(a *arrest) bool { return !w.answered(a, s, k, true) }); len(all) == 0 {
		return nil, open
	}
	last := slices.MaxFunc(all, func(a, b arrest) int { return a.date.Compare(b.date) })
	of = keep(all, func(a *arrest) bool { return daysApart(a.date, last.date) == 0 })
	others := keep(all, func(a *arrest) bool { return daysApart(a.date, last.date) > 0 && !w.answered(a, s, k, true) })
	switch {
	case len(others) > 0:
		first := slices.MinFunc(others, func(a, b arrest) int { return a.date.Compare(b.date) })
		open = casefold.Between(first.date.First, last.date.Last)
	case len(matched) == 0 && w.answered(&last, s, k, false) && k.acc.judged.Known():
		open = casefold.Between(last.date.First, k.acc.judged.Last)
	}
	return of, open
}

func oneDay(list []arrest) bool {
	for i := range list {
		if daysApart(list[0].date, list[i].date) > 0 {
			return false
		}
	}
	return true
}

func keep(list []arrest, yes func(*arrest) bool) (out []arrest) {
	for i := range list {
		if yes(&list[i]) {
			out = append(out, list[i])
		}
	}
	return out
}

// arrestsBefore are the rows of arrest of a start that are no warrant's and do
// not lie after the judgment of a count.
func (w *work) arrestsBefore(s *start, k *count) (out []arrest) {
	for _, i := range s.tellings {
		t := &w.tellings[i]
		if t.marks.warrant {
			continue
		}
		for _, r := range t.refs {
			for _, d := range t.acc.arrested {
				if k.acc.judged.Before(d) != casefold.True {
					out = append(out, arrest{i, d, classOf(t, "", ""), w.records[r.rec].Teller})
				}
			}
		}
	}
	return out
}

func (w *work) sameArrestNumber(a *arrest, k *count) bool {
	return slices.ContainsFunc(w.tellings[a.telling].acc.bookings, func(n string) bool { return slices.Contains(k.acc.bookings, n) })
}

// arrestedFor reports whether an arrest was for a section that a count has at
// any stage.
func (w *work) arrestedFor(a *arrest, k *account) bool {
	for _, x := range w.tellings[a.telling].acc.charges {
		for _, y := range k.charges {
			if compareStatutes(x.offense, y.offense) <= chargeNarrower {
				return true
			}
		}
	}
	return false
}

// answered reports whether another count of the start was judged after an
// arrest and long before k: with its section, or with any.
func (w *work) answered(a *arrest, s *start, k *count, section bool) bool {
	for i := range w.counts {
		o := &w.counts[i]
		if o == k || !longAfter(o.acc.judged, k.acc.judged) || o.acc.judged.Before(a.date) == casefold.True || !w.startOf(s, o) {
			continue
		}
		if !section || w.arrestedFor(a, &o.acc) {
			return true
		}
	}
	return false
}

func startBetter(a, b *start) bool {
	if a.warrant != b.warrant {
		return b.warrant
	}
	if a.date.Known() != b.date.Known() {
		return a.date.Known()
	}
	return a.date.Compare(b.date) < 0
}

// startOf reports whether a start is of the file of a count: a row of the
// file, not a later entry of it, names the start.
func (w *work) startOf(s *start, k *count) bool {
	for _, i := range s.mention {
		if w.fileOf(i) == k.file && !(w.tellings[i].acc.entry && !k.acc.entry) {
			return true
		}
	}
	for _, i := range s.tellings {
		if w.fileOf(i) == k.file {
			return true
		}
	}
	return false
}

// arrestedCharge finds the arrest count of a conviction whose rows do not tell
// it: the one with its section, else the only one.
func (w *work) arrestedCharge(c *casefold.Conviction, s *start, p *testimony) {
	if c.Arrested.Status != casefold.FactUnknown {
		return
	}
	list := p.w.offenses[:0]
	distinct := 0
	for _, i := range s.tellings {
		t := &w.tellings[i]
		for _, ch := range t.acc.charges {
			if len(list) == 0 || !sameStatute(list[len(list)-1].value, ch.offense) {
				distinct++
			}
			list = append(list, said[*casefold.Offense]{ch.offense, p.prec.rank(factArrested, classOf(t, "", p.home)),
				w.records[t.refs[0].rec].Teller})
		}
	}
	if distinct > 1 {
		list = slices.DeleteFunc(list, func(o said[*casefold.Offense]) bool {
			return compareStatutes(o.value, &c.Offense.Value) > chargeNarrower &&
				(c.Filed.Status == casefold.FactUnknown || compareStatutes(o.value, &c.Filed.Value) > chargeNarrower)
		})
	}
	p.w.offenses = list
	c.Arrested = resolveOffenses(p.w, list)
}
