package history

import (
	"cmp"
	"slices"
	"strings"

	"github.com/casefold/casefold"
)

// A count is one accusation of one file: the tellings of it, joined.
type count struct {
	tellings   []int
	ends       []int // tellings of other counts that may tell of the end of this one
	file       int
	acc        account
	conviction int // index into History.Convictions, -1 none
	place      int // index into Case.Counts of its file
}

// A link is a pair of counts that may be one. a < b.
type link struct{ a, b int }

func (w *work) addLink(a, b int) {
	if a > b {
		a, b = b, a
	}
	if l := (link{a, b}); a != b && !slices.Contains(w.links, l) {
		w.links = append(w.links, l)
	}
}

// joinCounts links the tellings of each file into counts. Lists come in order
// of standing, the court's first; each list's tellings are paired with the
// counts found so far, best pair first, one to one.
func (w *work) joinCounts() {
	for f := range w.cases {
		lists := w.listsOf(f)
		from := len(w.counts)
		for _, l := range lists {
			w.joinList(f, from, l)
		}
		w.attachWithoutCharge(f, from)
		w.doubtEnds(from)
	}
}

// listsOf are the tellings of a file that name a charge, by list, lists in
// order of standing, then time, then content.
func (w *work) listsOf(f int) [][]int {
	most := 0
	for _, d := range w.cases[f].dockets {
		most += len(w.dockets[d].tellings)
	}
	all := w.scratch.ints.room(most)
	for _, d := range w.cases[f].dockets {
		for _, t := range w.dockets[d].tellings {
			if w.tellings[t].chargeless() {
				continue
			}
			all = append(all, t)
		}
	}
	slices.SortFunc(all, func(a, b int) int {
		x, y := &w.tellings[a], &w.tellings[b]
		if x.list == y.list {
			return cmp.Compare(a, b)
		}
		return cmp.Or(
			cmp.Compare(listRank(x), listRank(y)),
			compareDays(w.listDate(x), w.listDate(y)),
			cmp.Compare(x.list, y.list))
	})
	lists := w.lists[:0]
	for i := 0; i < len(all); {
		j := i + 1
		for j < len(all) && w.tellings[all[j]].list == w.tellings[all[i]].list {
			j++
		}
		lists = append(lists, all[i:j])
		i = j
	}
	w.lists = lists
	return lists
}

// chargeless reports whether a telling names no charge of its own: it speaks of
// the file, or of whatever stands under its count number.
func (t *telling) chargeless() bool {
	return t.marks.procedural || len(t.acc.charges) == 0 || t.later && !t.namesSection()
}

// namesSection reports whether any charge of a telling names a section.
func (t *telling) namesSection() bool {
	return slices.ContainsFunc(t.acc.charges, func(c charge) bool { return c.offense.Section != "" })
}

// listRank orders lists by whose count numbers are the file's own.
func listRank(t *telling) int {
	switch {
	case t.teller == casefold.TellerCourt:
		return 0
	case t.teller == casefold.TellerState && t.kind == casefold.CourtEvent:
		return 1
	case t.teller == casefold.TellerDA:
		return 2
	}
	return 3
}

// listDate is the first day that any telling of the list was heard.
func (w *work) listDate(t *telling) casefold.Date {
	var first casefold.Date
	for _, h := range w.dockets[t.docket].acc.heard {
		if !first.Known() || h.date.Compare(first) < 0 {
			first = h.date
		}
	}
	return first
}

// compareDays orders days, one not known last: a list that was not heard tells
// what became of counts that others tell.
func compareDays(a, b casefold.Date) int {
	if a.Known() != b.Known() {
		if a.Known() {
			return -1
		}
		return 1
	}
	return a.Compare(b)
}

func (w *work) newCount(f, t int) int {
	c := count{tellings: one(&w.scratch.ints, t), file: f, conviction: -1}
	c.acc.merge(&w.tellings[t].acc)
	w.tellings[t].count = len(w.counts)
	w.counts = append(w.counts, c)
	return len(w.counts) - 1
}

func (w *work) addToCount(c, t int) {
	n := &w.counts[c]
	n.tellings = append(n.tellings, t)
	n.acc.merge(&w.tellings[t].acc)
	w.tellings[t].count = c
}

// foldOrNew places a telling that no count of another list took. Rows of one
// list without count numbers that differ only in parts of the sentence are one
// count; equal rows may be one count twice told or two counts.
func (w *work) foldOrNew(f, t int, list []int) {
	x := &w.tellings[t]
	if len(x.acc.counts) == 0 || len(x.acc.numbers) == 0 {
		for _, u := range list {
			y := &w.tellings[u]
			if u != t && y.count >= 0 && slices.Equal(x.acc.counts, y.acc.counts) && w.partsOfOne(x, y) {
				w.addToCount(y.count, t)
				return
			}
		}
	}
	c := w.newCount(f, t)
	for _, u := range list {
		y := &w.tellings[u]
		if u == t || y.count < 0 || sameRecord(x, y) {
			continue
		}
		bare := len(x.acc.counts) == 0 && len(y.acc.counts) == 0 && compareCharges(x.acc.charges, y.acc.charges) <= chargeNarrower
		if bare || compareCountNumbers(x.acc.counts, y.acc.counts) == countEqual {
			w.addLink(c, y.count) // alike, or numbered alike with another section
		}
	}
}

func sameRecord(x, y *telling) bool {
	for _, r := range x.refs {
		for _, s := range y.refs {
			if r.rec == s.rec {
				return true
			}
		}
	}
	return false
}

// partsOfOne reports whether two rows tell equal things of a count but for the
// part of the sentence, which has another kind in each.
func (w *work) partsOfOne(x, y *telling) bool {
	if sameRecord(x, y) || x.acc.outcome != outcomeConvicted || len(x.acc.heard) == 0 || len(x.acc.sentence) == 0 || len(y.acc.sentence) == 0 ||
		x.acc.outcome != y.acc.outcome || x.acc.levels != y.acc.levels ||
		!sameCharges(x.acc.charges, y.acc.charges) || !slices.Equal(x.acc.heard, y.acc.heard) {
		return false
	}
	for _, p := range x.acc.sentence {
		for _, q := range y.acc.sentence {
			if p.Kind == q.Kind {
				return false
			}
		}
	}
	return true
}

func sameCharges(a, b []charge) bool {
	return slices.EqualFunc(a, b, func(x, y charge) bool {
		return x.stage == y.stage && sameStatute(x.offense, y.offense)
	})
}

// attachWithoutCharge gives the tellings of a file that name no charge to its
// counts: to the count of their number, else to its only conviction. What
// speaks of several convictions at once stays with the file (see laterEvents);
// what presupposes a conviction that nobody else tells becomes a count.
func (w *work) attachWithoutCharge(f, from int) {
	to := len(w.counts)
	for _, d := range w.cases[f].dockets {
		for _, t := range w.dockets[d].tellings {
			x := &w.tellings[t]
			if !x.chargeless() {
				continue
			}
			switch c := w.countFor(x, from, to); {
			case c >= 0:
				w.addToCount(c, t)
			case w.convictedCounts(from, to) == 0 && (x.acc.outcome == outcomeConvicted || x.marks.reentry):
				w.newCount(f, t)
			case x.acc.outcome == outcomeConvicted && tellsJudgment(x):
				w.linkToConvicted(w.newCount(f, t), from, to) // it may be any of them, or another
			}
		}
	}
}

func (w *work) linkToConvicted(n, from, to int) {
	for c := from; c < to; c++ {
		if w.counts[c].acc.outcome == outcomeConvicted {
			w.addLink(n, c)
		}
	}
}

// countFor is the count that a telling without a charge speaks of, -1 if that
// is not certain: the one that its own source tells under its number, else the
// file's only conviction, else the only one with its number. A court step that
// its source has not told before may be numbered anew.
func (w *work) countFor(x *telling, from, to int) int {
	var own, all, numbered []int
	for c := from; c < to; c++ {
		n := &w.counts[c]
		if n.acc.outcome != outcomeConvicted {
			continue
		}
		all = append(all, c)
		if compareCountNumbers(x.acc.counts, n.acc.counts) == countEqual {
			numbered = append(numbered, c)
		}
		if w.numberedBy(x, n) {
			own = append(own, c)
		}
	}
	switch {
	case len(own) == 1:
		return own[0]
	case len(all) == 1:
		return all[0]
	case len(numbered) == 1 && x.kind != casefold.CourtEvent:
		return numbered[0]
	}
	return -1
}

// numberedBy reports whether the source of a telling tells a count under the
// number that the telling has.
func (w *work) numberedBy(x *telling, n *count) bool {
	for _, k := range n.tellings {
		y := &w.tellings[k]
		if y.src == x.src && y.key == x.key && compareCountNumbers(x.acc.counts, y.acc.counts) == countEqual {
			return true
		}
	}
	return false
}

// numberOrder orders counts by number, then by first teller.
func (w *work) numberOrder(a, b int) int {
	x, y := &w.counts[a], &w.counts[b]
	return cmp.Or(compareOrder(firstOf(x.acc.counts), firstOf(y.acc.counts)), cmp.Compare(a, b))
}

func firstOf(s []string) string {
	if len(s) == 0 {
		return ""
	}
	return slices.MinFunc(s, func(a, b string) int { return cmp.Or(compareOrder(a, b), strings.Compare(a, b)) })
}
