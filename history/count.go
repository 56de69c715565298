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
	}
}

// listsOf are the tellings of a file that name a charge, by list, lists in
// order of standing, then time, then content.
func (w *work) listsOf(f int) [][]int {
	var all []int
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
			w.listDate(x).Compare(w.listDate(y)),
			cmp.Compare(x.list, y.list))
	})
	var lists [][]int
	for i := 0; i < len(all); {
		j := i + 1
		for j < len(all) && w.tellings[all[j]].list == w.tellings[all[i]].list {
			j++
		}
		lists = append(lists, all[i:j])
		i = j
	}
	return lists
}

// chargeless reports whether a telling names no charge of its own: it speaks of
// the file, or of whatever stands under its count number.
func (t *telling) chargeless() bool {
	return t.marks.procedural || len(t.acc.charges) == 0
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

func (w *work) newCount(f, t int) int {
	c := count{tellings: []int{t}, file: f, conviction: -1}
	c.acc.merge(&w.tellings[t].acc)
	c.acc.entry = w.tellings[t].acc.entry
	w.tellings[t].count = len(w.counts)
	w.counts = append(w.counts, c)
	return len(w.counts) - 1
}

func (w *work) addToCount(c, t int) {
	n := &w.counts[c]
	entry := n.acc.entry && w.tellings[t].acc.entry
	n.tellings = append(n.tellings, t)
	n.acc.merge(&w.tellings[t].acc)
	n.acc.entry = entry
	w.tellings[t].count = c
}

// joinList pairs the tellings of one list with the counts from on.
func (w *work) joinList(f, from int, list []int) {
	q := &w.b.weights.Count
	to := len(w.counts)
	only := convictedTellings(w.tellings, list) == 1 && w.convictedCounts(from, to) == 1
	w.pairs = w.pairs[:0]
	for _, t := range list {
		for c := from; c < to; c++ {
			w.pairs = append(w.pairs, pair{t, c, w.weighCount(t, c, only)})
		}
	}
	slices.SortFunc(w.pairs, func(x, y pair) int {
		return cmp.Or(-cmp.Compare(x.bits, y.bits), cmp.Compare(x.a, y.a), cmp.Compare(x.b, y.b))
	})
	taken := make([]bool, to-from)
	for i, p := range w.pairs {
		if p.bits < q.Same {
			break
		}
		if w.tellings[p.a].count >= 0 || taken[p.b-from] || w.tied(i, from, taken) {
			continue
		}
		taken[p.b-from] = true
		w.addToCount(p.b, p.a)
	}
	for _, t := range list {
		if w.tellings[t].count < 0 {
			w.foldOrNew(f, t, list)
		}
	}
	for _, p := range w.pairs {
		if c := w.tellings[p.a].count; c >= to && p.bits >= q.Possible && !taken[p.b-from] {
			w.addLink(c, p.b)
		}
	}
}

// tied reports whether the pair at i has a rival within the margin: the same
// telling with another free count, or the same count with another free telling.
// Equal counts told in equal number on both sides are no rivals: they pair in
// the order of their numbers.
func (w *work) tied(i, from int, taken []bool) bool {
	p := w.pairs[i]
	margin := w.b.weights.Count.Margin
	var left, right int // free rivals of the telling, of the count
	for j, q := range w.pairs {
		if j == i || q.bits <= p.bits-margin {
			continue
		}
		if q.a == p.a && !taken[q.b-from] {
			left++
		}
		if q.b == p.b && w.tellings[q.a].count < 0 {
			right++
		}
	}
	return left != right
}

func convictedTellings(all []telling, list []int) int {
	n := 0
	for _, t := range list {
		if all[t].acc.outcome == outcomeConvicted {
			n++
		}
	}
	return n
}

func (w *work) convictedCounts(from, to int) int {
	n := 0
	for c := from; c < to; c++ {
		if w.counts[c].acc.outcome == outcomeConvicted {
			n++
		}
	}
	return n
}

// weighCount is the weight that a telling is of a count of the same file.
func (w *work) weighCount(t, c int, only bool) int64 {
	q := &w.b.weights.Count
	x, n := &w.tellings[t], &w.counts[c]
	v := compareCounts(&x.acc, &n.acc, only)
	for _, k := range n.tellings {
		y := &w.tellings[k]
		if y.src != x.src || y.key != x.key || y.list == x.list {
			continue
		}
		v[countStep] = 1
		if x.acc.entry || y.acc.entry {
			v[countStep] = 0
			break
		}
	}
	return q.sum(v[:], countLevels[:], "", nil)
}

// foldOrNew places a telling that no count of another list took. Rows of one
// list without count numbers that differ only in parts of the sentence are one
// count; equal rows may be one count twice told or two counts.
func (w *work) foldOrNew(f, t int, list []int) {
	x := &w.tellings[t]
	if len(x.acc.counts) == 0 {
		for _, u := range list {
			y := &w.tellings[u]
			if u != t && y.count >= 0 && len(y.acc.counts) == 0 && w.partsOfOne(x, y) {
				w.addToCount(y.count, t)
				return
			}
		}
	}
	c := w.newCount(f, t)
	if len(x.acc.counts) > 0 {
		return
	}
	for _, u := range list {
		y := &w.tellings[u]
		if u != t && y.count >= 0 && len(y.acc.counts) == 0 && sameRecord(x, y) == false &&
			compareCharges(x.acc.charges, y.acc.charges) <= chargeNarrower {
			w.addLink(c, y.count)
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
	if sameRecord(x, y) || len(x.acc.sentence) == 0 || len(y.acc.sentence) == 0 ||
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
			if c := w.countFor(x, from, to); c >= 0 {
				w.addToCount(c, t)
			} else if w.convictedCounts(from, to) == 0 && (x.acc.outcome == outcomeConvicted || x.marks.reentry) {
				w.newCount(f, t)
			}
		}
	}
}

// countFor is the count that a telling without a charge speaks of, -1 if that
// is not certain.
func (w *work) countFor(x *telling, from, to int) int {
	found, numbered := -1, -1
	for c := from; c < to; c++ {
		if w.counts[c].acc.outcome != outcomeConvicted {
			continue
		}
		if compareCountNumbers(x.acc.counts, w.counts[c].acc.counts) == 0 {
			if numbered >= 0 {
				numbered = -2
			} else if numbered == -1 {
				numbered = c
			}
		}
		if found >= 0 {
			found = -2
		} else if found == -1 {
			found = c
		}
	}
	if numbered >= 0 && x.kind != casefold.CourtEvent {
		return numbered
	}
	return max(found, -1)
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
