package history

import (
	"cmp"
	"slices"
	"strings"

	"github.com/casefold/casefold"
)

// convictions makes a conviction of each count whose person was found guilty,
// in order of time.
func (w *work) convictions(h *casefold.History) {
	type made struct {
		count int
		c     casefold.Conviction
	}
	var list []made
	for i := range w.counts {
		if w.counts[i].acc.outcome >= outcomeConvicted || w.counts[i].acc.outcome == outcomeImplied {
			list = append(list, made{i, w.conviction(h, i)})
		}
	}
	slices.SortStableFunc(list, func(a, b made) int { return compareConvictions(&a.c, &b.c) })
	for i, m := range list {
		w.counts[m.count].conviction = i
		k := &w.counts[m.count]
		h.Cases[k.file].Counts[k.place].Conviction = i
		h.Convictions = append(h.Convictions, m.c)
	}
}

func compareConvictions(a, b *casefold.Conviction) int {
	return cmp.Or(
		a.ConvictionDate.Value.Compare(b.ConvictionDate.Value),
		strings.Compare(a.CaseNumber.Value, b.CaseNumber.Value),
		compareOrder(a.Count.Value, b.Count.Value),
		strings.Compare(a.Offense.Value.String(), b.Offense.Value.String()),
		slices.CompareFunc(a.Tellers, b.Tellers, casefold.CompareTellers))
}

// conviction makes the conviction of one count.
func (w *work) conviction(h *casefold.History, i int) casefold.Conviction {
	k := &w.counts[i]
	home := w.homeFamily(k)
	voices := w.voices(k, home)
	p := &testimony{w: w, voices: voices, home: home, prec: w.b.prec}

	c := casefold.Conviction{PersonID: h.PersonID, Case: k.file, Cycle: -1}
	c.Court = p.court()
	c.CaseNumber = p.caseNumber()
	c.Numbers = w.numbersOf(k, home)
	c.Count = p.count()
	c.Offense = p.offense()
	c.Filed = p.charge("filed", func(e *casefold.Event) *casefold.Offense { return e.Filed })
	c.Arrested = p.charge("arrested", func(e *casefold.Event) *casefold.Offense { return e.Arrested })
	c.ConvictionDate = p.convictionDate()
	c.PleaDate = p.date("plea_date", func(e *casefold.Event) casefold.Date { return e.PleaDate })
	c.SentenceDate = p.date("sentence_date", func(e *casefold.Event) casefold.Date { return e.SentenceDate })
	c.FiledDate = p.date("filed_date", func(e *casefold.Event) casefold.Date { return e.FiledDate })
	c.Kind = p.kind(&c)
	c.Disposition = p.disposition()
	c.Events = w.laterEvents(k, voices, &c)
	c.LevelAtEntry, c.Level = p.levels(c.Events)
	c.Sentence, c.SentenceEnd = p.sentence(&c)
	c.Listing = p.listing()
	c.Grams = p.text("grams", func(e *casefold.Event) string { return e.Grams })
	c.Plants = p.text("plants", func(e *casefold.Event) string { return e.Plants })
	c.Reversed = reversed(c.Events, p.denied)
	w.arrestOf(h, &c, k, p)
	c.OffenseDate = p.offenseDate(&c)
	c.Tellers = tellersOf(voices)
	c.Caption = p.caption()
	return c
}

func tellersOf(voices []voice) []casefold.Teller {
	out := make([]casefold.Teller, 0, len(voices))
	for i := range voices {
		out = append(out, voices[i].rec.Teller)
	}
	return sortTellers(out)
}

// numbersOf are all numbers that a count was told under, the home court's
// first, then in order of content.
func (w *work) numbersOf(k *count, home string) []casefold.CaseNumber {
	out := slices.Clone(k.acc.numbers)
	if home != "" {
		for i := range out {
			if out[i].Family == "" && len(k.acc.families) == 1 {
				out[i].Family = home
			}
		}
	}
	slices.SortFunc(out, func(a, b casefold.CaseNumber) int {
		return cmp.Or(
			boolOrder(a.Family == home, b.Family == home),
			strings.Compare(a.Family, b.Family), strings.Compare(a.Key, b.Key),
			strings.Compare(a.Defendant, b.Defendant), strings.Compare(a.Verbatim, b.Verbatim))
	})
	return slices.CompactFunc(out, func(a, b casefold.CaseNumber) bool {
		return a.Family == b.Family && a.Key == b.Key && a.Defendant == b.Defendant
	})
}

// boolOrder puts true first.
func boolOrder(a, b bool) int {
	switch {
	case a == b:
		return 0
	case a:
		return -1
	}
	return 1
}
