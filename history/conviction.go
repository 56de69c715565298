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
	var order []int
	for i := range w.counts {
		w.counts[i].conviction = -1
		if w.isConviction(&w.counts[i]) {
			w.counts[i].conviction = len(order)
			order = append(order, i)
		}
	}
	if order == nil {
		return
	}
	made := w.mem.convictions.zeros(len(order))
	for n, i := range order {
		w.conviction(h, &made[n], i)
	}
	slices.SortStableFunc(order, func(a, b int) int {
		return compareConvictions(&made[w.counts[a].conviction], &made[w.counts[b].conviction])
	})
	from := make([]int, len(order)) // which each place takes
	for n, i := range order {
		from[n] = w.counts[i].conviction
	}
	arrange(made, from)
	h.Convictions = made
	for n, i := range order {
		k := &w.counts[i]
		k.conviction = n
		h.Cases[k.file].Counts[k.place].Conviction = n
	}
}

// arrange puts list[from[n]] into each place n.
func arrange[T any](list []T, from []int) {
	for n := range list {
		if from[n] == n || from[n] < 0 {
			continue
		}
		first, at := list[n], n
		for from[at] != n {
			next := from[at]
			list[at], from[at] = list[next], -1
			at = next
		}
		list[at], from[at] = first, -1
	}
}

// isConviction reports whether a count ended in a conviction. One that is only
// implied by an event of the whole file, such as a transfer, is none where the
// file has another conviction: the event was that one's.
func (w *work) isConviction(k *count) bool {
	switch k.acc.outcome {
	case outcomeConvicted:
		return true
	case outcomeImplied:
		return k.ofCount(w) || !slices.ContainsFunc(w.counts, func(o count) bool {
			return o.file == k.file && o.acc.outcome == outcomeConvicted
		})
	}
	return false
}

// ofCount reports whether a row tells of a reduction or dismissal of this very
// count.
func (k *count) ofCount(w *work) bool {
	for _, t := range k.tellings {
		for _, r := range w.tellings[t].refs {
			for _, l := range r.e.Relief {
				switch l.Kind {
				case casefold.Relief17b, casefold.ReliefReduced, casefold.Dismissed1385, casefold.DismissedUnknown:
					return true
				}
			}
		}
	}
	return false
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
func (w *work) conviction(h *casefold.History, c *casefold.Conviction, i int) {
	k, p := &w.counts[i], &w.testimonies[i]
	w.tellerSets = append(w.tellerSets[:0], p.tellers)

	c.PersonID, c.Case, c.Cycle = h.PersonID, k.file, -1
	c.Court = p.court()
	c.CaseNumber = p.caseNumber()
	c.Numbers = w.numbersOf(k, p.home)
	c.Related = relatedOf(k, c.Numbers)
	c.Count = p.count()
	c.Offense = p.offense()
	c.Filed = p.charge(factFiled, func(e *casefold.Event) *casefold.Offense { return e.Filed })
	c.Arrested = p.charge(factArrested, func(e *casefold.Event) *casefold.Offense { return e.Arrested })
	c.ConvictionDate = p.convicted
	c.PleaDate = p.date(factPleaDate, func(e *casefold.Event) casefold.Date { return e.PleaDate })
	c.SentenceDate = p.date(factSentenceDate, func(e *casefold.Event) casefold.Date { return e.SentenceDate })
	c.FiledDate = p.date(factFiledDate, func(e *casefold.Event) casefold.Date { return e.FiledDate })
	c.Kind = p.kind(c)
	c.Disposition = p.disposition()
	c.Events = w.laterEvents(k, p.voices, c)
	c.LevelAtEntry, c.Level = p.levels(c.Events)
	c.Sentence, c.SentenceEnd = p.sentence(c)
	c.Listing = p.listing()
	c.Grams = p.text(factGrams, func(e *casefold.Event) string { return e.Grams })
	c.Plants = p.text(factPlants, func(e *casefold.Event) string { return e.Plants })
	c.Reversed = reversed(c.Events, p.denied)
	w.arrestOf(h, c, k, p)
	c.OffenseDate = p.offenseDate(c)
	c.Tellers = p.tellers
	c.Caption = p.caption(c.CaseNumber.Value)
}

// numbersOf are all numbers that a count was told under, the home court's
// first, then in order of content.
func (w *work) numbersOf(k *count, home string) []casefold.CaseNumber {
	out := w.mem.numbers.copyOf(k.acc.numbers)
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

// relatedOf are the numbers of other files that a count's rows name, in order of
// content.
func relatedOf(k *count, numbers []casefold.CaseNumber) []casefold.CaseNumber {
	var out []casefold.CaseNumber
	for _, n := range k.acc.related {
		if !named([]casefold.CaseNumber{n}, numbers) {
			out = append(out, n)
		}
	}
	slices.SortFunc(out, func(a, b casefold.CaseNumber) int {
		return cmp.Or(strings.Compare(a.Family, b.Family), strings.Compare(a.Key, b.Key),
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
