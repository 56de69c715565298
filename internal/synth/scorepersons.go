package synth

import (
	"slices"
	"strings"
)

// A cell is a row as the judge of persons sees it, in one number that sorts by
// its first person, then its second: 27 bits each, 5 for the source, the last
// for an impostor without evidence.
type cell uint64

const (
	maxSources = 32
	maxPersons = 1 << 27
)

func newCell(first, second int32, source uint8, impostor bool) cell {
	c := cell(first)<<33 | cell(second)<<6 | cell(source%maxSources)<<1
	if impostor {
		c |= 1
	}
	return c
}

func (c cell) first() int32   { return int32(c >> 33) }
func (c cell) second() int32  { return int32(c >> 6 & (maxPersons - 1)) }
func (c cell) source() uint8  { return uint8(c >> 1 & (maxSources - 1)) }
func (c cell) impostor() bool { return c&1 == 1 }

// runs calls do for each run of cells that agree above the given bit.
func runs(cells []cell, bit int, do func([]cell)) {
	for i := 0; i < len(cells); {
		j := i + 1
		for j < len(cells) && cells[j]>>bit == cells[i]>>bit {
			j++
		}
		do(cells[i:j])
		i = j
	}
}

// Bits above which cells agree on the first person, or on both.
const (
	byFirst = 33
	byBoth  = 6
)

// clusters judges clusters.csv.
func (s *scorer) clusters(path string) error {
	got := make([]int32, len(s.rowPerson))
	for i := range got {
		got[i] = -1
	}
	found := newNames()
	seen := false
	err := eachRow(path, true, []string{"source", "row_key", "person_id"}, func(v []string) error {
		seen = true
		at, ok := s.rows[rowHash(v[0], v[1])]
		switch {
		case !ok:
			s.q.Persons.Unknown++
		case got[at] < 0:
			got[at] = found.id(v[2])
		}
		return nil
	})
	if err != nil || !seen {
		return err
	}
	p := &s.q.Persons
	p.Rows, p.Found = len(got), len(found.text)
	next := int32(len(found.text))
	for i := range got {
		if got[i] < 0 {
			p.Missing++
			got[i] = next
			next++
		}
	}
	byTrue, byFound := make([]cell, len(got)), make([]cell, len(got))
	for i := range got {
		byTrue[i] = newCell(s.rowPerson[i], got[i], s.rowSource[i], s.impostor[i])
		byFound[i] = newCell(got[i], s.rowPerson[i], s.rowSource[i], s.impostor[i])
	}
	slices.Sort(byTrue)
	slices.Sort(byFound)
	s.pairs(byTrue, byFound)
	s.judgeLookAlikes(byTrue)
	s.judgeImpostors(got, byFound, int(next))
	return nil
}

// A tally counts pairs of rows: all, without impostors, and by sources.
type tally struct {
	all, honest int64
	by          [maxSources][maxSources]int64
}

func pairsOf(n int64) int64 { return n * (n - 1) / 2 }

func (t *tally) add(group []cell, sources int) {
	var n [maxSources]int64
	honest := int64(0)
	for _, c := range group {
		n[c.source()]++
		if !c.impostor() {
			honest++
		}
	}
	t.all += pairsOf(int64(len(group)))
	t.honest += pairsOf(honest)
	for a := range sources {
		if n[a] == 0 {
			continue
		}
		t.by[a][a] += pairsOf(n[a])
		for b := range a {
			t.by[b][a] += n[a] * n[b]
		}
	}
}

// pairs counts pairs of rows, overall and by their sources, and B-cubed.
func (s *scorer) pairs(byTrue, byFound []cell) {
	p := &s.q.Persons
	sources := min(len(s.sources.text), maxSources)
	var correct, joined, all tally
	var precision, recall float64
	runs(byTrue, byFirst, func(g []cell) {
		p.True++
		all.add(g, sources)
		runs(g, byBoth, func(both []cell) {
			correct.add(both, sources)
			n := float64(len(both))
			recall += n * n / float64(len(g))
		})
	})
	runs(byFound, byFirst, func(g []cell) {
		joined.add(g, sources)
		runs(g, byBoth, func(both []cell) {
			n := float64(len(both))
			precision += n * n / float64(len(g))
		})
	})
	p.Pairwise = prf(correct.all, joined.all, all.all)
	p.WithoutImpostors = prf(correct.honest, joined.honest, all.honest)
	if n := float64(len(byTrue)); n > 0 {
		p.BCubed = PRF{Precision: precision / n, Recall: recall / n}
		p.BCubed.F1 = harmonic(p.BCubed.Precision, p.BCubed.Recall)
	}
	p.BySources = map[string]PRF{}
	for a := range sources {
		for b := range a + 1 {
			if joined.by[b][a]+all.by[b][a] > 0 {
				p.BySources[sourcePair(s.sources.text[a], s.sources.text[b])] = prf(correct.by[b][a], joined.by[b][a], all.by[b][a])
			}
		}
	}
}

func sourcePair(a, b string) string {
	if a > b {
		a, b = b, a
	}
	return a + "|" + b
}

// judgeLookAlikes counts pairs of look-alikes whose rows came together.
func (s *scorer) judgeLookAlikes(byTrue []cell) {
	where := map[int32][]int32{} // true person -> found persons, for those who resemble somebody
	for _, l := range s.lookAlikes {
		where[l.a], where[l.b] = nil, nil
	}
	runs(byTrue, byBoth, func(g []cell) {
		if list, ok := where[g[0].first()]; ok {
			where[g[0].first()] = append(list, g[0].second())
		}
	})
	out := map[string]LookAlikes{}
	for _, l := range s.lookAlikes {
		if len(where[l.a]) == 0 || len(where[l.b]) == 0 {
			continue
		}
		k := out[l.kind]
		k.Pairs++
		if slices.ContainsFunc(where[l.a], func(f int32) bool { return slices.Contains(where[l.b], f) }) {
			k.Joined++
		}
		out[l.kind] = k
	}
	s.q.Persons.LookAlikes = out
}

// judgeImpostors tells with whom rows of impersonators came to stand.
func (s *scorer) judgeImpostors(got []int32, byFound []cell, persons int) {
	main := make([]int32, persons) // the true person with most rows
	runs(byFound, byFirst, func(g []cell) {
		most := 0
		runs(g, byBoth, func(both []cell) {
			if len(both) > most {
				most, main[g[0].first()] = len(both), both[0].second()
			}
		})
	})
	out := map[string]Impostors{}
	for _, i := range s.impersonations {
		at, ok := s.rows[i.row]
		if !ok {
			continue
		}
		kind := "none"
		if i.evidence {
			kind = "evidence"
		}
		k := out[kind]
		k.Rows++
		switch main[got[at]] {
		case i.person:
			k.WithTrue++
		case i.claim:
			k.WithName++
		default:
			k.Apart++
		}
		out[kind] = k
	}
	s.q.Persons.Impersonation = out
}

// sourceList names the sources of a set, joined by "+".
func (s *scorer) sourceList(set uint32) string {
	var out []string
	for i, name := range s.sources.text {
		if set>>i&1 == 1 {
			out = append(out, name)
		}
	}
	slices.Sort(out)
	return strings.Join(out, "+")
}
