package history

import (
	"cmp"
	"slices"
	"strings"

	"github.com/casefold/casefold"
)

// laterEvents collects what happened to a conviction afterwards: what its rows
// tell, what the file's rows tell of all its convictions, and what the rows
// only show: a later entry of the same count, a dismissal after the judgment.
// One event told by several is one event.
func (w *work) laterEvents(k *count, voices []voice, c *casefold.Conviction) []casefold.LaterEvent {
	var list []casefold.LaterEvent
	add := func(r casefold.Relief, t casefold.Teller) {
		list = append(list, casefold.LaterEvent{Relief: r, Tellers: []casefold.Teller{t}})
	}
	for i := range voices {
		v := &voices[i]
		for _, r := range v.e.Relief {
			add(datedBy(r, v.e, v.later), v.rec.Teller)
		}
		if r, ok := shown(v, c); ok && !tells(v.e, r.Kind) {
			add(r, v.rec.Teller)
		}
	}
	w.fileEvents(k, c, add)
	w.endEvents(k, add)
	return mergeEvents(list)
}

// datedBy gives a later event the date of its row where it has none and the
// row tells of nothing else.
func datedBy(r casefold.Relief, e *casefold.Event, later bool) casefold.Relief {
	switch {
	case r.Date.Known():
	case later || e.Disposition.Status != casefold.Convicted && !e.ConvictionDate.Known():
		r.Date = eventDate(e)
	case e.Disposition.Status != casefold.Convicted && e.ConvictionDate.Before(e.DispositionDate) == casefold.True:
		r.Date = e.DispositionDate // relief overwrote the disposition
	}
	return r
}

func tells(e *casefold.Event, k casefold.ReliefKind) bool {
	return slices.ContainsFunc(e.Relief, func(r casefold.Relief) bool { return r.Kind == k })
}

// shown is the later event that a row shows without naming it.
func shown(v *voice, c *casefold.Conviction) (r casefold.Relief, ok bool) {
	r = casefold.Relief{Date: eventDate(v.e), Verbatim: v.e.Disposition.Verbatim}
	switch {
	case v.e.Disposition.Status == casefold.AsRevocation:
		r.Kind = casefold.Revoked
		return r, true
	case v.later && rowHas(v.e, meansTransfer) || movedFrom(v, c):
		r.Kind = casefold.SupervisionMoved
		if !v.later && !afterJudgment(v, c) {
			r.Date = casefold.Date{} // the receiving court repeats the day of the judgment
		}
		return r, true
	case v.later && rowHas(v.e, meansReentry) && !slices.ContainsFunc(v.e.Relief, func(r casefold.Relief) bool { return reenters(r.Kind) }):
		r.Kind = casefold.Revoked
		return r, true
	case v.out == outcomeEnded && afterJudgment(v, c):
		return dismissal(v.e), true
	}
	return r, false
}

func furtherance(text string) bool {
	s := strings.ToUpper(text)
	return strings.Contains(s, "1385") || strings.Contains(s, "FURTHERANCE OF JUSTICE")
}

// movedFrom reports whether the row is another county's court's: the file was
// transferred there.
func movedFrom(v *voice, c *casefold.Conviction) bool {
	return v.family != "" && c.Court.Status == casefold.FactKnown && v.family != c.Court.Value.CourtFamily()
}

func rowHas(e *casefold.Event, m meaning) bool {
	for _, o := range [...]*casefold.Offense{e.Convicted, e.Disposed, e.Filed, e.Arrested} {
		if o == nil {
			continue
		}
		if hasMeaning(o, m) {
			return true
		}
		if p := procedure(o); m == meansReentry && p == meansRevoked || m == meansTransfer && p == meansTransfer {
			return true
		}
	}
	return false
}

// afterJudgment reports whether a row that says the count ended speaks of a
// day certainly after the conviction.
func afterJudgment(v *voice, c *casefold.Conviction) bool {
	return c.ConvictionDate.Value.Before(eventDate(v.e)) == casefold.True
}

// eventDate is the day of what a row reports.
func eventDate(e *casefold.Event) casefold.Date {
	switch {
	case e.DispositionDate.Known():
		return e.DispositionDate
	case e.Date.Known():
		return e.Date
	}
	return e.SentenceDate
}

// fileEvents adds what rows of the file without a charge tell of all its
// convictions: a revocation, a transfer, relief granted in the file. Relief
// that only some offenses can have is added to those alone.
func (w *work) fileEvents(k *count, c *casefold.Conviction, add func(casefold.Relief, casefold.Teller)) {
	for _, d := range w.cases[k.file].dockets {
		for _, i := range w.dockets[d].tellings {
			t := &w.tellings[i]
			if t.count >= 0 || !ofCharge(t, k) {
				continue
			}
			for _, ref := range t.refs {
				teller := w.records[ref.rec].Teller
				for _, r := range ref.e.Relief {
					if r.Kind != casefold.ReliefProp64 || cannabis(c.Offense.Value.Statute) {
						add(datedBy(r, ref.e, true), teller)
					}
				}
				if t.marks.reentry && !slices.ContainsFunc(ref.e.Relief, func(r casefold.Relief) bool { return reenters(r.Kind) }) {
					add(casefold.Relief{Kind: casefold.Revoked, Date: eventDate(ref.e), Verbatim: ref.e.Disposition.Verbatim}, teller)
				}
			}
		}
	}
}

// cannabis reports whether Proposition 64 speaks of a section.
func cannabis(s casefold.Statute) bool {
	return s.Code != "PC" && (strings.HasPrefix(s.Section, "1135") || s.Section == "11360" || strings.HasPrefix(s.Section, "1153"))
}

// mergeEvents joins events of one kind whose dates agree, an undated one with
// the only dated one of its kind, and orders them by date, undated last.
func mergeEvents(list []casefold.LaterEvent) []casefold.LaterEvent {
	slices.SortFunc(list, func(a, b casefold.LaterEvent) int {
		return cmp.Or(
			strings.Compare(string(a.Kind), string(b.Kind)),
			boolOrder(a.Date.Known(), b.Date.Known()), a.Date.Compare(b.Date),
			-strings.Compare(string(a.ToLevel), string(b.ToLevel)),
			-strings.Compare(a.Law, b.Law), strings.Compare(a.Verbatim, b.Verbatim),
			casefold.CompareTellers(a.Tellers[0], b.Tellers[0]))
	})
	out := list[:0:0]
	for _, e := range list {
		if n := len(out) - 1; n >= 0 && sameEvent(&out[n], &e) {
			o := &out[n]
			if both := o.Date.Intersect(e.Date); both.Known() {
				o.Date = both
			}
			if o.ToLevel == casefold.LevelUnknown {
				o.ToLevel = e.ToLevel
			}
			if o.Law == "" {
				o.Law = e.Law
			}
			o.Tellers = append(o.Tellers, e.Tellers...)
			continue
		}
		out = append(out, e)
	}
	for i := range out {
		out[i].Tellers = sortTellers(out[i].Tellers)
	}
	slices.SortStableFunc(out, func(a, b casefold.LaterEvent) int {
		return cmp.Or(boolOrder(a.Date.Known(), b.Date.Known()), a.Date.Compare(b.Date))
	})
	return out
}

func sameEvent(a, b *casefold.LaterEvent) bool {
	if a.Kind != b.Kind || a.ToLevel != b.ToLevel && a.ToLevel != "" && b.ToLevel != "" {
		return false
	}
	return !a.Date.Known() || !b.Date.Known() || daysApart(a.Date, b.Date) <= 3
}

// reversed tells whether the conviction was undone.
func reversed(events []casefold.LaterEvent, denied bool) casefold.Truth {
	t := casefold.False
	if denied {
		t = casefold.Unknown
	}
	for i := range events {
		switch events[i].Kind {
		case casefold.Reversed:
			return casefold.True
		case casefold.Vacated, casefold.Dismissed1385, casefold.DismissedUnknown:
			t = casefold.Unknown
		}
	}
	return t
}
