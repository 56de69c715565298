package history

import (
	"cmp"
	"slices"
	"strings"

	"github.com/casefold/casefold"
)

// orderFiles brings the files into order of time: by first date heard or
// filed, then number.
func (w *work) orderFiles() {
	order := make([]int, len(w.cases))
	keys := make([]fileKey, len(w.cases))
	for i := range order {
		order[i] = i
		keys[i] = w.keyOf(i)
	}
	slices.SortStableFunc(order, func(a, b int) int {
		x, y := &keys[a], &keys[b]
		return cmp.Or(boolOrder(x.date.Known(), y.date.Known()), x.date.Compare(y.date),
			strings.Compare(x.number, y.number), casefold.CompareTellers(x.teller, y.teller), cmp.Compare(a, b))
	})
	sorted := make([]file, len(w.cases))
	place := make([]int, len(w.cases))
	for n, i := range order {
		sorted[n] = w.cases[i]
		place[i] = n
	}
	copy(w.cases, sorted)
	for i := range w.dockets {
		w.dockets[i].file = place[w.dockets[i].file]
	}
	for i := range w.counts {
		w.counts[i].file = place[w.counts[i].file]
	}
}

type fileKey struct {
	date   casefold.Date
	number string
	teller casefold.Teller
}

func (w *work) keyOf(i int) (k fileKey) {
	f := &w.cases[i]
	first := func(d casefold.Date) {
		if d.Known() && (!k.date.Known() || d.Compare(k.date) < 0) {
			k.date = d
		}
	}
	for _, d := range f.acc.filed {
		first(d)
	}
	for _, d := range f.acc.heard {
		first(d.date)
	}
	for _, n := range f.acc.numbers {
		if k.number == "" || n.Key < k.number {
			k.number = n.Key
		}
	}
	k.teller = w.records[w.tellings[w.dockets[f.dockets[0]].tellings[0]].refs[0].rec].Teller
	return k
}

// fileCases makes the public form of the files.
func (w *work) fileCases(h *casefold.History) {
	order := make([]int, len(w.counts))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, w.numberOrder)
	h.Cases = w.mem.cases.zeros(len(w.cases))
	for i := range w.cases {
		h.Cases[i] = w.caseOf(i)
	}
	for i := range w.counts {
		w.cases[w.counts[i].file].counts++
	}
	for _, i := range order {
		k := &w.counts[i]
		c := &h.Cases[k.file]
		if c.Counts == nil {
			c.Counts = w.mem.counts.room(w.cases[k.file].counts)
		}
		k.place = len(c.Counts)
		c.Counts = append(c.Counts, w.countOf(k, &w.testimonies[i]))
	}
}

func (w *work) caseOf(i int) casefold.Case {
	f := &w.cases[i]
	var c casefold.Case
	courts, filed := w.courts[:0], w.dates[:0]
	home := ""
	rows := 0
	for _, d := range f.dockets {
		rows += w.rowsOf(w.dockets[d].tellings)
	}
	c.Tellers = w.mem.tellers.room(rows)
	for _, d := range f.dockets {
		for _, k := range w.dockets[d].tellings {
			t := &w.tellings[k]
			if home == "" {
				home = t.acc.family
			}
			for _, r := range t.refs {
				from := w.records[r.rec].Teller
				c.Tellers = append(c.Tellers, from)
				court := w.courtOf(r)
				class := classOf(t, w.familyOf(&court), home)
				if court.Kind.IsCourt() {
					courts = append(courts, said[casefold.Agency]{court, w.b.prec.rank(factCourt, class), from})
				}
				if r.e.FiledDate.Known() {
					filed = append(filed, said[casefold.Date]{r.e.FiledDate, w.b.prec.rank(factFiledDate, class), from})
				}
			}
		}
	}
	c.Tellers = sortTellers(c.Tellers)
	c.Court = resolve(w, courts, func(a, b casefold.Agency) bool { return sameFamily(&a, &b) }, compareAgencies)
	c.Filed = resolveDates(w, filed)
	c.Numbers = w.numbersOf(&count{acc: f.acc}, c.Court.Value.CourtFamily())
	return c
}

// rowsOf is how many rows tellings are of.
func (w *work) rowsOf(tellings []int) (n int) {
	for _, t := range tellings {
		n += len(w.tellings[t].refs)
	}
	return n
}

// countOf is the public form of a count: its gravest charge and its outcome as
// the best teller has it.
func (w *work) countOf(k *count, p *testimony) casefold.Count {
	w.tellerSets = append(w.tellerSets[:0], p.tellers)
	n := casefold.Count{Conviction: -1, Tellers: p.tellers, Number: p.count().Value}
	stage := -1
	for _, c := range k.acc.charges {
		if int(c.stage) > stage {
			n.Offense, stage = c.offense, int(c.stage)
		}
	}
	n.Disposition = p.outcomeFact()
	n.Date = p.countDate()
	return n
}

// outcomeFact resolves the disposition of any count, convicted or not.
func (p *testimony) outcomeFact() casefold.Fact[casefold.Disposition] {
	if p.judged {
		return p.disposition()
	}
	list := p.w.outcomes[:0]
	for i := range p.voices {
		v := &p.voices[i]
		if d := v.e.Disposition; d.Status != casefold.NoDisposition {
			rank := p.prec.rank(factDisposition, v.class)
			if v.out == outcomeOpen || v.out == outcomeUnknown {
				rank += uint8(len(classes)) // an outcome prevails over a step on the way to it
			}
			list = append(list, said[casefold.Disposition]{d, rank, v.rec.Teller})
		}
	}
	p.w.outcomes = list
	return resolve(p.w, list, func(a, b casefold.Disposition) bool { return a.Status == b.Status }, compareDispositions)
}

func (p *testimony) countDate() casefold.Date {
	if p.convicted.Value.Known() {
		return p.convicted.Value
	}
	list := p.w.dates[:0]
	for i := range p.voices {
		if d := eventDate(p.voices[i].e); d.Known() {
			list = append(list, said[casefold.Date]{d, p.prec.rank(factConvictionDate, p.voices[i].class), p.voices[i].rec.Teller})
		}
	}
	p.w.dates = list
	return resolveDates(p.w, list).Value
}
