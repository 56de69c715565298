package history

import (
	"cmp"
	"slices"
	"strings"

	"github.com/casefold/casefold"
)

// A start is one arrest or comparable beginning: a cycle of the state, a
// booking, a police report, or only a day of arrest that a court names.
type start struct {
	date     casefold.Date
	numbers  []string // booking, arrest and report numbers
	tellings []int    // arrest tellings
	mention  []int    // other tellings that name it
	source   string   // of a state's cycle
	cycle    string
	key      string
	agency   casefold.Agency
	warrant  bool
	into     int // index of the start it was joined to, itself if none
	place    int // index into History.Cycles
}

// cycles finds the starts of a person's prosecutions: one per cycle of a source
// that has cycles, one per arrest row elsewhere; those with one number or one
// day are one.
func (w *work) cycles(h *casefold.History) {
	w.starts = w.starts[:0]
	for i := range w.tellings {
		w.addStart(i)
	}
	for i := range w.starts {
		w.starts[i].into = i
	}
	for i := range w.starts {
		for j := range i {
			if w.starts[j].into == j && oneStart(&w.starts[j], &w.starts[i]) {
				w.joinStart(j, i)
				break
			}
		}
	}
	var order []int
	for i := range w.starts {
		s := &w.starts[i]
		if s.into == i && (s.date.Known() || len(s.tellings) > 0) {
			order = append(order, i)
		}
	}
	slices.SortStableFunc(order, func(a, b int) int {
		x, y := &w.starts[a], &w.starts[b]
		return cmp.Or(boolOrder(x.date.Known(), y.date.Known()), x.date.Compare(y.date),
			strings.Compare(x.agency.Name, y.agency.Name), strings.Compare(x.cycle, y.cycle), cmp.Compare(a, b))
	})
	for i := range w.starts {
		w.starts[i].place = -1
	}
	if len(order) > 0 {
		h.Cycles = w.mem.cycles.room(len(order))
	}
	for n, i := range order {
		w.starts[i].place = n
		h.Cycles = append(h.Cycles, w.cycleOf(&w.starts[i]))
	}
	for i := range w.starts {
		w.starts[i].place = w.starts[w.root(i)].place
	}
}

func (w *work) root(i int) int {
	for w.starts[i].into != i {
		i = w.starts[i].into
	}
	return i
}

// addStart adds what a telling says of an arrest.
func (w *work) addStart(i int) {
	t := &w.tellings[i]
	switch t.kind {
	case casefold.ApplicantEvent, casefold.DeceasedEvent, casefold.RegistrationEvent, casefold.CommitmentEvent:
		return
	}
	e := t.event()
	source := w.records[t.refs[0].rec].Teller.Source
	s := start{numbers: t.acc.bookings, warrant: t.marks.warrant, key: t.key}
	if len(t.acc.arrested) > 0 {
		s.date = slices.MinFunc(t.acc.arrested, casefold.Date.Compare)
	}
	if e.Cycle != "" {
		s.source, s.cycle = source, e.Cycle
	}
	if t.kind == casefold.ArrestEvent {
		s.tellings, s.agency = one(&w.scratch.ints, i), e.Agency
	} else {
		s.mention = one(&w.scratch.ints, i)
	}
	if t.kind != casefold.ArrestEvent && !s.date.Known() && len(s.numbers) == 0 && s.cycle == "" {
		return
	}
	w.starts = append(w.starts, s)
}

// oneStart reports whether two starts are one: one cycle of one source, a
// number in common, or one day.
func oneStart(a, b *start) bool {
	if a.cycle != "" && a.source == b.source && a.key == b.key {
		return a.cycle == b.cycle
	}
	for _, x := range a.numbers {
		if slices.Contains(b.numbers, x) {
			return true
		}
	}
	return a.date.Exact() && a.date == b.date
}

func (w *work) joinStart(into, i int) {
	a, b := &w.starts[into], &w.starts[i]
	a.tellings = append(a.tellings, b.tellings...)
	a.mention = append(a.mention, b.mention...)
	if len(b.numbers) > 0 {
		a.numbers = append(append(w.scratch.texts.room(len(a.numbers)+len(b.numbers)), a.numbers...), b.numbers...)
	}
	if both := a.date.Intersect(b.date); both.Known() {
		a.date = both
	} else if !a.date.Known() || b.date.Known() && (a.warrant && !b.warrant || a.warrant == b.warrant && b.date.Compare(a.date) < 0) {
		a.date = b.date
	}
	if a.cycle == "" {
		a.source, a.cycle, a.key = b.source, b.cycle, b.key
	}
	if a.agency == (casefold.Agency{}) {
		a.agency = b.agency
	}
	a.warrant = a.warrant && b.warrant
	b.into = into
}

// cycleOf makes the public form of a start. Tellers of one arrest count told by
// two sources are one count.
func (w *work) cycleOf(s *start) casefold.Cycle {
	c := casefold.Cycle{Date: s.date, Agency: s.agency}
	tellers := w.mem.tellers.room(w.rowsOf(s.tellings) + w.rowsOf(s.mention))
	if len(s.tellings) > 0 {
		c.Arrests = w.mem.counts.room(len(s.tellings))
	}
	for _, i := range s.tellings {
		t := &w.tellings[i]
		n := w.plainCount(t)
		tellers = append(tellers, n.Tellers...)
		c.Arrests = addArrest(c.Arrests, n)
	}
	for _, i := range s.mention {
		for _, r := range w.tellings[i].refs {
			tellers = append(tellers, w.records[r.rec].Teller)
		}
		if f := w.fileOf(i); f >= 0 {
			c.Cases = addTo(c.Cases, f)
		}
	}
	slices.Sort(c.Cases)
	c.Tellers = sortTellers(tellers)
	return c
}

// fileOf is the file a telling stands in, -1 if none.
func (w *work) fileOf(i int) int {
	if d := w.tellings[i].docket; d >= 0 {
		return w.dockets[d].file
	}
	return -1
}

// addArrest adds an arrest count unless another source told it already.
func addArrest(list []casefold.Count, n casefold.Count) []casefold.Count {
	for i := range list {
		o := &list[i]
		if n.Offense == nil || o.Offense == nil || compareStatutes(n.Offense, o.Offense) > chargeNarrower ||
			slices.ContainsFunc(o.Tellers, func(t casefold.Teller) bool { return t.Source == n.Tellers[0].Source }) {
			continue // each numbers the lines of an arrest in its own way
		}
		o.Tellers = sortTellers(append(o.Tellers, n.Tellers...))
		if o.Disposition.Status == casefold.FactUnknown {
			o.Disposition = n.Disposition
		}
		return list
	}
	return append(list, n)
}

// plainCount is a telling by itself as a count.
func (w *work) plainCount(t *telling) casefold.Count {
	n := casefold.Count{Number: t.event().Count, Conviction: -1, Tellers: w.mem.tellers.room(len(t.refs))}
	for _, r := range t.refs {
		n.Tellers = append(n.Tellers, w.records[r.rec].Teller)
		e := r.e
		for _, o := range [...]*casefold.Offense{e.Arrested, e.Filed, e.Disposed, e.Convicted} {
			if n.Offense == nil && o != nil {
				n.Offense = o
			}
		}
		if e.Disposition.Status != casefold.NoDisposition && n.Disposition.Status == casefold.FactUnknown {
			n.Disposition = casefold.Fact[casefold.Disposition]{Value: e.Disposition, Status: casefold.FactKnown,
				Tellers: append(w.mem.tellers.room(1), w.records[r.rec].Teller)}
		}
		if !n.Date.Known() {
			n.Date = e.Date
		}
	}
	n.Tellers = sortTellers(n.Tellers)
	return n
}
