package history

import "github.com/casefold/casefold"

// A source that does not number its counts tells of a count again and again:
// the conviction, and years later what became of it. This file finds, among the
// rows of one list, those that follow a conviction rather than tell of another
// count.

// placeFollowing places the tellings of a list that follow a conviction of it.
// What follows one is told of that one; an entry after the judgment that may
// follow several is told of them all, as relief of the whole file is.
func (w *work) placeFollowing(list []int) {
	for _, t := range list {
		x := &w.tellings[t]
		if x.count >= 0 || x.whole {
			continue
		}
		counts := w.countsOf(w.followed(t, list))
		switch {
		case len(counts) == 1:
			x.later = x.later || x.acc.outcome == outcomeConvicted
			w.addToCount(counts[0], t)
		case x.later && len(counts) > 1 && !tellsJudgment(x):
			x.whole = true
		}
	}
}

func (w *work) countsOf(tellings []int) (out []int) {
	for _, u := range tellings {
		if c := w.tellings[u].count; c >= 0 {
			out = addTo(out, c)
		}
	}
	return out
}

// follower reports whether a telling follows a conviction of its list, and is
// to be placed after it.
func (w *work) follower(t int, list []int) bool { return len(w.followed(t, list)) > 0 }

// followed are the convictions of a list that a telling without a number of
// count comes after.
func (w *work) followed(t int, list []int) (out []int) {
	x := &w.tellings[t]
	if len(x.acc.counts) > 0 || len(x.acc.numbers) == 0 {
		return nil
	}
	for _, u := range list {
		if y := &w.tellings[u]; u != t && follows(x, y) && !sameRecord(x, y) {
			out = append(out, u)
		}
	}
	return out
}

// follows reports whether x speaks of what became of the conviction that y
// tells: an entry after the judgment under the same charge, or an end or
// another judgment of the same section so long after it that no bargain made
// them together.
func follows(x, y *telling) bool {
	if y.acc.outcome != outcomeConvicted || y.later {
		return false
	}
	charge := compareCharges(x.acc.charges, y.acc.charges)
	switch {
	case charge == missing || charge > chargeAsFiled:
		return false
	case x.later:
		return true
	case x.acc.outcome == outcomeEnded:
		return longAfter(y.acc.judged, x.acc.ended)
	case x.acc.outcome == outcomeConvicted && charge <= chargeNarrower:
		return longAfter(y.acc.judged, x.acc.judged)
	}
	return false
}

func longAfter(judged, later casefold.Date) bool {
	return judged.Before(later) == casefold.True && daysApart(judged, later) > pleaToSentence
}

// doubtEnds notes, for each conviction of a file, the counts that ended on a
// later day under its section and that no number tells apart from it: the end
// may be that of the conviction.
func (w *work) doubtEnds(from int) {
	for e := from; e < len(w.counts); e++ {
		end := &w.counts[e]
		if end.acc.outcome != outcomeEnded {
			continue
		}
		for c := from; c < len(w.counts); c++ {
			k := &w.counts[c]
			if k.acc.outcome == outcomeConvicted && mayHaveEnded(&k.acc, &end.acc) {
				k.ends = append(k.ends, end.tellings...)
			}
		}
	}
}

func mayHaveEnded(k, end *account) bool {
	charge := compareCharges(k.charges, end.charges)
	return charge != missing && charge <= chargeNarrower && compareCountNumbers(k.counts, end.counts) == missing &&
		k.judged.Before(end.ended) == casefold.True
}

// endEvents are the ends of other counts that may be the conviction's own.
func (w *work) endEvents(k *count, add func(casefold.Relief, casefold.Teller)) {
	for _, t := range k.ends {
		for _, r := range w.tellings[t].refs {
			if w.outcomeOf(&w.tellings[t], r.e) == outcomeEnded {
				add(dismissal(r.e), w.records[r.rec].Teller)
			}
		}
	}
}

// dismissal is the end of a count as a later event of a conviction.
func dismissal(e *casefold.Event) casefold.Relief {
	r := casefold.Relief{Kind: casefold.DismissedUnknown, Date: eventDate(e), Verbatim: e.Disposition.Verbatim}
	if furtherance(r.Verbatim) {
		r.Kind = casefold.Dismissed1385
	}
	return r
}

// ofCharge reports whether a telling of the whole file speaks of a count: it
// names no charge, or one of the count's.
func ofCharge(t *telling, k *count) bool {
	if t.chargeless() {
		return true
	}
	l := compareCharges(t.acc.charges, k.acc.charges)
	return l != missing && l <= chargeAsFiled
}
