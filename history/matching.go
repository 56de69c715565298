package history

import (
	"cmp"
	"slices"

	"github.com/casefold/casefold"
)

// joinList pairs the tellings of one list with the counts from on.
func (w *work) joinList(f, from int, list []int) {
	to := len(w.counts)
	m := w.weighList(list, from, to)
	for _, p := range m.order {
		if p.bits < w.b.weights.Count.Same {
			break
		}
		if w.tellings[list[p.a]].count >= 0 || m.taken[p.b] {
			continue
		}
		rows, columns := w.alike(m, p, list, from)
		for i, row := range rows {
			if m.at(row, columns[i]) < w.b.weights.Count.Same {
				continue
			}
			m.taken[columns[i]], m.placed[row] = true, true
			w.addToCount(from+columns[i], list[row])
		}
	}
	for _, t := range list {
		if w.tellings[t].count < 0 && !w.follower(t, list) {
			w.foldOrNew(f, t, list)
		}
	}
	w.placeFollowing(list)
	for _, t := range list {
		if w.tellings[t].count < 0 && !w.tellings[t].whole {
			w.foldOrNew(f, t, list)
		}
	}
	for _, p := range m.order {
		c := w.tellings[list[p.a]].count
		if c >= to && !m.taken[p.b] && (p.bits >= w.b.weights.Count.Possible || w.bothLeft(list[p.a], from+p.b)) {
			w.addLink(c, from+p.b)
		}
	}
}

// bothLeft reports whether a telling that no count took and a count that no
// telling of its source took are both convictions of the file: one may be the
// other with its section misread.
func (w *work) bothLeft(t, c int) bool {
	x, n := &w.tellings[t], &w.counts[c]
	if x.acc.outcome != outcomeConvicted || n.acc.outcome != outcomeConvicted {
		return false
	}
	return !slices.ContainsFunc(n.tellings, func(k int) bool {
		y := &w.tellings[k]
		return y.src == x.src && (y.key == x.key || countedApart(x, y))
	})
}

// A matching is the weights of the tellings of a list (rows) with the counts
// found so far (columns).
type matching struct {
	order  []pair  // a: row, b: column; best first
	bits   []int64 // row by row
	placed []bool  // rows
	taken  []bool  // columns
	margin int64
}

func (m *matching) reset(rows, columns int, margin int64) {
	m.order, m.bits, m.margin = m.order[:0], m.bits[:0], margin
	m.placed = append(m.placed[:0], make([]bool, rows)...)
	m.taken = append(m.taken[:0], make([]bool, columns)...)
}

func (m *matching) at(row, column int) int64 { return m.bits[row*len(m.taken)+column] }

func (w *work) weighList(list []int, from, to int) *matching {
	m := &w.match
	m.reset(len(list), to-from, w.b.weights.Count.Margin)
	only := convictedTellings(w.tellings, list) == 1 && w.convictedCounts(from, to) == 1
	numbered := w.numberedAlike(list, from, to)
	for i, t := range list {
		for c := from; c < to; c++ {
			bits := w.weighCount(t, c, only, numbered)
			m.bits = append(m.bits, bits)
			m.order = append(m.order, pair{i, c - from, bits})
		}
	}
	slices.SortFunc(m.order, func(x, y pair) int {
		return cmp.Or(-cmp.Compare(x.bits, y.bits), cmp.Compare(x.a, y.a),
			compareOrder(w.numberIn(from+x.b), w.numberIn(from+y.b)), cmp.Compare(x.b, y.b))
	})
	return m
}

// numberIn is the number of a count where its first telling numbers it.
func (w *work) numberIn(c int) string { return w.tellings[w.counts[c].tellings[0]].event().Count }

// alike are the rows and columns that a pair stands for, matched in turn: the
// pair itself, if it has no rival within the margin, its row with another free
// column or its column with another free row. Where as many rows as columns are
// alike, each with each, they are equal counts told in equal number, and pair in
// the order of their numbers. Else the pair is tied, and none is alike.
//
// Where the pair stands under one case number, what stands under one like it, a
// digit wrong, is no rival: the file was entered twice, and this is the entry
// meant.
func (w *work) alike(m *matching, p pair, list []int, from int) (rows, columns []int) {
	limit := p.bits - m.margin
	numbers := func(row, column int) int8 {
		return compareNumbers(&w.tellings[list[row]].acc, &w.counts[from+column].acc)
	}
	exact := numbers(p.a, p.b) == numberEqual
	rival := func(row, column int) bool {
		return m.at(row, column) > limit && (!exact || numbers(row, column) != numberNear)
	}
	for c := range m.taken {
		if !m.taken[c] && rival(p.a, c) {
			columns = append(columns, c)
		}
	}
	for r := range m.placed {
		if !m.placed[r] && rival(r, p.b) {
			rows = append(rows, r)
		}
	}
	if len(rows) != len(columns) {
		return nil, nil
	}
	for _, r := range rows {
		for _, c := range columns {
			if m.at(r, c) <= limit {
				return nil, nil
			}
		}
	}
	slices.SortStableFunc(rows, func(a, b int) int {
		return compareOrder(w.tellings[list[a]].event().Count, w.tellings[list[b]].event().Count)
	})
	slices.SortStableFunc(columns, func(a, b int) int { return compareOrder(w.numberIn(from+a), w.numberIn(from+b)) })
	return rows, columns
}

// numberedAlike reports whether a list numbers its counts as the counts found
// so far are numbered. It does not if an equal number more often stands for
// another charge or outcome than for the same.
func (w *work) numberedAlike(list []int, from, to int) bool {
	agree, differ := 0, 0
	for _, t := range list {
		a := &w.tellings[t].acc
		for c := from; c < to; c++ {
			b := &w.counts[c].acc
			if compareCountNumbers(a.counts, b.counts) != countEqual {
				continue
			}
			if compareCharges(a.charges, b.charges) >= chargeLesser || compareOutcomes(a, b) == outcomeContradict {
				differ++
			} else {
				agree++
			}
		}
	}
	return differ == 0 || agree > differ
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
func (w *work) weighCount(t, c int, only, numbered bool) int64 {
	x, n := &w.tellings[t], &w.counts[c]
	v := compareCounts(&x.acc, &n.acc, only)
	if !numbered {
		v[countNumber] = missing
	}
	bits := int64(0)
	for _, k := range n.tellings {
		y := &w.tellings[k]
		if y.src != x.src || y.list == x.list {
			continue
		}
		if y.key != x.key {
			// A person told under two keys, or under none in one of the rows: the
			// numbers of one court's counts stay what they are, and so do their sections.
			if compareNumbers(&x.acc, &y.acc) <= numberRespelled && (countedApart(x, y) || sectionsApart(x, y)) {
				return w.b.weights.Count.Possible - 1
			}
			continue
		}
		if x.marks.carried != y.marks.carried && compareNumbers(&x.acc, &y.acc) == numberRelated {
			v[countNumber], v[countStep] = missing, stepEntry // it stands there under the other file's number
			continue
		}
		if countedApart(x, y) {
			return w.b.weights.Count.Possible - 1
		}
		v[countStep] = max(v[countStep], stepOf(x, y))
		if !stepped(x.event()) && len(x.acc.counts) == 0 && len(y.acc.counts) == 0 && !w.enteredTwice(x, y, n) {
			bits = w.b.weights.Count.Same - 1 // one source, no number of file or count: at most possibly the same
		}
	}
	sum := w.b.weights.Count.sum(v[:], countLevels[:], "", nil)
	if bits != 0 {
		sum = min(sum, bits)
	}
	return sum
}

// enteredTwice reports whether a prosecutor's office entered a case twice, each
// time under a number of its own, and the court tells of one count of it.
func (w *work) enteredTwice(x, y *telling, n *count) bool {
	a, b := w.ownEntry(x.refs[0]), w.ownEntry(y.refs[0])
	return a != "" && b != "" && a != b && slices.ContainsFunc(n.tellings, func(k int) bool {
		return w.tellings[k].teller == casefold.TellerCourt
	})
}

// countedApart reports whether one source without steps gives two tellings two
// count numbers: it counts two.
func countedApart(x, y *telling) bool {
	return !stepped(x.event()) && compareCountNumbers(x.acc.counts, y.acc.counts) == countDiffers &&
		compareNumbers(&x.acc, &y.acc) != numberRelated
}

// sectionsApart reports whether one source without steps and without count
// numbers tells two judgments, of sections that have nothing in common.
func sectionsApart(x, y *telling) bool {
	if stepped(x.event()) || len(x.acc.counts) > 0 || len(y.acc.counts) > 0 ||
		x.acc.outcome != outcomeConvicted || y.acc.outcome != outcomeConvicted ||
		x.acc.entry || y.acc.entry || x.later || y.later ||
		lastStage(x.acc.charges) != lastStage(y.acc.charges) {
		return false
	}
	for _, a := range x.acc.charges {
		for _, b := range y.acc.charges {
			if compareStatutes(a.offense, b.offense) != chargeDifferent {
				return false
			}
		}
	}
	return len(x.acc.charges) > 0 && len(y.acc.charges) > 0
}

// stepOf compares two tellings of different lists of one source.
func stepOf(x, y *telling) int8 {
	switch {
	case x.acc.entry || y.acc.entry:
		return stepEntry
	case x.acc.outcome == outcomeConvicted && y.acc.outcome == outcomeConvicted && twoFiles(x, y):
		return stepTwoFiles
	case stepped(x.event()):
		return stepAgain
	}
	return missing
}

// twoFiles reports whether two tellings of one source stand under two numbers
// that no cycle of an arrest brings together.
func twoFiles(x, y *telling) bool {
	l := compareNumbers(&x.acc, &y.acc)
	if len(x.acc.cycles) > 0 && x.acc.cycles[0] == y.acc.cycles[0] && (l == numberOtherPrefix || x.court != y.court) {
		return false // the municipal court's number and the superior court's
	}
	return l > numberRespelled
}
