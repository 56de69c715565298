package synth

import (
	"slices"
	"strings"
)

// maxSources is how many sources are told apart in pairs.
const maxSources = 32

// A cell is the rows of one true person in one found person.
type cell struct{ true_, found, row int32 }

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
	all := make([]cell, len(got))
	for i := range got {
		all[i] = cell{s.rowPerson[i], got[i], int32(i)}
	}
	s.pairs(all, int(next))
	kept := slices.DeleteFunc(slices.Clone(all), func(c cell) bool { return s.impostor[c.row] })
	p.WithoutImpostors = pairwise(kept)
	s.judgeLookAlikes(all)
	s.judgeImpostors(got, all, int(next))
	return nil
}

// groups calls do for each run of equal keys; cells must be sorted by key.
func groups(cells []cell, key func(cell) int64, do func([]cell)) {
	for i := 0; i < len(cells); {
		j := i
		for k := key(cells[i]); j < len(cells) && key(cells[j]) == k; j++ {
		}
		do(cells[i:j])
		i = j
	}
}

func byTrue(c cell) int64  { return int64(c.true_) }
func byFound(c cell) int64 { return int64(c.found) }
func byBoth(c cell) int64  { return int64(c.true_)<<32 | int64(c.found) }

func sortBy(cells []cell, key func(cell) int64) {
	slices.SortFunc(cells, func(a, b cell) int {
		switch ka, kb := key(a), key(b); {
		case ka < kb:
			return -1
		case ka > kb:
			return 1
		}
		return 0
	})
}

func pairsOf(n int) int64 { return int64(n) * int64(n-1) / 2 }

func pairwise(cells []cell) PRF {
	var counts [3]int64
	for i, key := range []func(cell) int64{byBoth, byFound, byTrue} {
		sortBy(cells, key)
		groups(cells, key, func(g []cell) { counts[i] += pairsOf(len(g)) })
	}
	return prf(counts[0], counts[1], counts[2])
}

// pairs counts pairs of rows, overall and by their sources, and B-cubed.
func (s *scorer) pairs(cells []cell, persons int) {
	p := &s.q.Persons
	sizeTrue, sizeFound := make([]int32, len(s.persons.text)), make([]int32, persons)
	for _, c := range cells {
		sizeTrue[c.true_]++
		sizeFound[c.found]++
	}
	for _, n := range sizeTrue {
		if n > 0 {
			p.True++
		}
	}
	var total [3]int64
	var by [3][maxSources][maxSources]int64
	var precision, recall float64
	for i, key := range []func(cell) int64{byBoth, byFound, byTrue} {
		sortBy(cells, key)
		groups(cells, key, func(g []cell) {
			total[i] += pairsOf(len(g))
			var n [maxSources]int64
			for _, c := range g {
				n[s.rowSource[c.row]%maxSources]++
			}
			for a := range len(s.sources.text) {
				by[i][a][a] += n[a] * (n[a] - 1) / 2
				for b := range a {
					by[i][b][a] += n[a] * n[b]
				}
			}
			if i == 0 {
				n := float64(len(g))
				precision += n * n / float64(sizeFound[g[0].found])
				recall += n * n / float64(sizeTrue[g[0].true_])
			}
		})
	}
	p.Pairwise = prf(total[0], total[1], total[2])
	if n := float64(len(cells)); n > 0 {
		p.BCubed = PRF{Precision: precision / n, Recall: recall / n}
		p.BCubed.F1 = harmonic(p.BCubed.Precision, p.BCubed.Recall)
	}
	p.BySources = map[string]PRF{}
	for a := range len(s.sources.text) {
		for b := range a + 1 {
			if by[1][b][a]+by[2][b][a] > 0 {
				p.BySources[sourcePair(s.sources.text[a], s.sources.text[b])] = prf(by[0][b][a], by[1][b][a], by[2][b][a])
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
func (s *scorer) judgeLookAlikes(cells []cell) {
	sortBy(cells, byBoth)
	where := map[int32][]int32{} // true person -> found persons, for those who resemble somebody
	for _, l := range s.lookAlikes {
		where[l.a], where[l.b] = nil, nil
	}
	groups(cells, byBoth, func(g []cell) {
		if _, ok := where[g[0].true_]; ok {
			where[g[0].true_] = append(where[g[0].true_], g[0].found)
		}
	})
	out := map[string]LookAlikes{}
	for _, l := range s.lookAlikes {
		if len(where[l.a]) == 0 || len(where[l.b]) == 0 {
			continue
		}
		k := out[l.kind]
		k.Pairs++
		for _, f := range where[l.a] {
			if slices.Contains(where[l.b], f) {
				k.Joined++
				break
			}
		}
		out[l.kind] = k
	}
	s.q.Persons.LookAlikes = out
}

// judgeImpostors tells with whom rows of impersonators came to stand.
func (s *scorer) judgeImpostors(got []int32, cells []cell, persons int) {
	main := make([]int32, persons) // the true person with most rows
	most := make([]int32, persons)
	sortBy(cells, byBoth)
	groups(cells, byBoth, func(g []cell) {
		if n := int32(len(g)); n > most[g[0].found] {
			most[g[0].found], main[g[0].found] = n, g[0].true_
		}
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
