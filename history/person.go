package history

import (
	"cmp"
	"slices"
	"strings"

	"github.com/casefold/casefold"
)

// personFacts fills in who the person is as the rows tell it.
func (w *work) personFacts(h *casefold.History) {
	births, sexes := w.bornOn[:0], w.sexes[:0]
	races := w.words[:0]
	deaths := w.dates[:0]
	w.names.reset()
	w.births.reset()
	w.numbers.reset()
	dead := []casefold.Teller(nil)
	h.Tellers = w.mem.tellers.room(len(w.records))
	for _, r := range w.records {
		p := &r.Person
		class := w.personClass(r)
		for _, n := range p.Names {
			if n.Last != "" || n.First != "" {
				w.names.add(n, r.Teller, sameName)
			}
		}
		for i, d := range p.Births {
			w.births.add(d, r.Teller, sameValue[casefold.Date])
			if i == 0 {
				births = append(births, said[casefold.Date]{d, w.b.prec.rank(factBirth, class), r.Teller})
			}
		}
		if p.Sex != "" {
			sexes = append(sexes, said[casefold.Sex]{p.Sex, w.b.prec.rank(factSex, class), r.Teller})
		}
		if p.Race != "" {
			races = append(races, said[string]{p.Race, w.b.prec.rank(factRace, class), r.Teller})
		}
		for _, id := range p.Identifiers {
			w.numbers.add(id, r.Teller, sameIdentifier)
		}
		if p.Deceased.Known() {
			deaths = append(deaths, said[casefold.Date]{p.Deceased, w.b.prec.rank(factDeceased, class), r.Teller})
			h.Deaths = tell(h.Deaths, p.Deceased, r.Teller, sameValue[casefold.Date])
		}
		if p.IsDeceased {
			dead = append(dead, r.Teller)
		}
		h.Tellers = append(h.Tellers, r.Teller)
	}
	w.bornOn, w.sexes = births, sexes
	h.Tellers = slices.Compact(h.Tellers)
	h.Birth = resolveDates(w, births)
	contest(&h.Birth, w.b.prec.contested[factBirth])
	h.Sex = resolve(w, sexes, sameValue[casefold.Sex], func(a, b casefold.Sex) int { return strings.Compare(string(a), string(b)) })
	h.Race = resolve(w, races, sameValue[string], strings.Compare)
	h.Deceased = resolveDates(w, deaths)
	if h.Deceased.Status == casefold.FactUnknown && dead != nil {
		h.Deceased = casefold.Fact[casefold.Date]{Status: casefold.FactKnown, Tellers: sortTellers(dead), Why: "told to be dead, date not told"}
	}
	h.Names = mostTold(w.names.list(&w.mem.names, &w.mem.tellers), compareNames)
	h.Births = mostTold(w.births.list(&w.mem.births, &w.mem.tellers), casefold.Date.Compare)
	h.Identifiers = mostTold(w.numbers.list(&w.mem.identifiers, &w.mem.tellers), compareIdentifiers)
}

func (w *work) personClass(r *casefold.Record) classIndex {
	kind := casefold.TellerOther
	if i, ok := w.b.byName[r.Teller.Source]; ok {
		kind = w.b.sources[i].Teller
	}
	switch kind {
	case casefold.TellerCourt:
		return classCourtOfRecord
	case casefold.TellerState:
		return classStateCourt
	case casefold.TellerDA:
		return classProsecutor
	case casefold.TellerProbation:
		return classSupervision
	case casefold.TellerJail:
		return classCustody
	case casefold.TellerPolice:
		return classPolice
	}
	return classOther
}

// tell adds a teller to a value, and the value if it is new.
func tell[T any](list []casefold.Told[T], v T, from casefold.Teller, same func(a, b T) bool) []casefold.Told[T] {
	for i := range list {
		if same(list[i].Value, v) {
			if n := len(list[i].Tellers); list[i].Tellers[n-1] != from {
				list[i].Tellers = append(list[i].Tellers, from)
			}
			return list
		}
	}
	return append(list, casefold.Told[T]{Value: v, Tellers: []casefold.Teller{from}})
}

// A toldList gathers who tells which of many values. It is scratch space: its
// lists are made in one piece at the end.
type toldList[T any] struct {
	values []T
	last   []casefold.Teller // of each value
	count  []int
	of     []int32 // value of each telling
	from   []casefold.Teller
	recent int // value told last: the next row most often tells it again
}

func (l *toldList[T]) reset() {
	clear(l.values)
	clear(l.last)
	clear(l.from)
	l.values, l.last, l.count, l.of, l.from, l.recent = l.values[:0], l.last[:0], l.count[:0], l.of[:0], l.from[:0], 0
}

// add notes that a row tells a value.
func (l *toldList[T]) add(v T, from casefold.Teller, same func(a, b T) bool) {
	at := l.recent
	if at >= len(l.values) || !same(l.values[at], v) {
		at = slices.IndexFunc(l.values, func(have T) bool { return same(have, v) })
	}
	if at < 0 {
		at = len(l.values)
		l.values, l.last, l.count = append(l.values, v), append(l.last, casefold.Teller{}), append(l.count, 0)
	}
	l.recent = at
	if l.last[at] == from {
		return
	}
	l.last[at] = from
	l.count[at]++
	l.of, l.from = append(l.of, int32(at)), append(l.from, from)
}

// list is every value with its tellers, in the order in which they came.
func (l *toldList[T]) list(values *pool[casefold.Told[T]], tellers *pool[casefold.Teller]) []casefold.Told[T] {
	if len(l.values) == 0 {
		return nil
	}
	out := values.zeros(len(l.values))
	for i, n := range l.count {
		out[i].Value, out[i].Tellers = l.values[i], tellers.room(n)
	}
	for i, at := range l.of {
		out[at].Tellers = append(out[at].Tellers, l.from[i])
	}
	return out
}

func mostTold[T any](list []casefold.Told[T], order func(a, b T) int) []casefold.Told[T] {
	slices.SortStableFunc(list, func(a, b casefold.Told[T]) int {
		return cmp.Or(cmp.Compare(len(b.Tellers), len(a.Tellers)), order(a.Value, b.Value))
	})
	return list
}

func sameName(a, b casefold.Name) bool {
	return a.Last == b.Last && a.First == b.First && a.Middle == b.Middle && a.Suffix == b.Suffix
}

func compareNames(a, b casefold.Name) int {
	return cmp.Or(strings.Compare(a.Last, b.Last), strings.Compare(a.First, b.First),
		strings.Compare(a.Middle, b.Middle), strings.Compare(a.Suffix, b.Suffix))
}

func sameIdentifier(a, b casefold.Identifier) bool {
	return a.Kind == b.Kind && a.Issuer == b.Issuer && a.Value == b.Value
}

func compareIdentifiers(a, b casefold.Identifier) int {
	return cmp.Or(strings.Compare(string(a.Kind), string(b.Kind)), strings.Compare(a.Issuer, b.Issuer),
		strings.Compare(a.Value, b.Value))
}
