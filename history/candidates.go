package history

import (
	"cmp"
	"slices"
	"strings"

	"github.com/casefold/casefold"
)

// Everything in a person's life is compared with everything else: a person has
// a few dozen files. maxFiles bounds that. A "person" of more is the sum of a
// damaged source, such as one whose person key is a constant; its files are
// compared with the window of those next to them in time, and the history says
// that it was so.
const (
	maxFiles = 1500
	window   = 60
)

// A numbered is a file under one of its numbers.
type numbered struct {
	family, key string
	file        int
}

// eachNumbered calls fn for the pairs of files that share a number of one court.
func (w *work) eachNumbered(fn func(i, j int)) {
	w.byNumber = w.byNumber[:0]
	for i := range w.cases {
		for _, n := range w.cases[i].acc.numbers {
			if n.Family != "" {
				w.byNumber = append(w.byNumber, numbered{n.Family, n.Key, i})
			}
		}
	}
	list := w.byNumber
	slices.SortFunc(list, func(a, b numbered) int {
		return cmp.Or(strings.Compare(a.key, b.key), strings.Compare(a.family, b.family), cmp.Compare(a.file, b.file))
	})
	done := w.pairSet[:0]
	for i := range list {
		for j := i + 1; j < len(list) && list[j].key == list[i].key && list[j].family == list[i].family; j++ {
			if p := (pair{a: list[i].file, b: list[j].file}); p.a != p.b && j-i <= maxFiles {
				done = append(done, p)
			}
		}
	}
	slices.SortFunc(done, comparePairs)
	done = slices.Compact(done)
	w.pairSet = done
	for _, p := range done {
		fn(p.a, p.b)
	}
}

func comparePairs(x, y pair) int { return cmp.Or(cmp.Compare(x.a, y.a), cmp.Compare(x.b, y.b)) }

// eachPair calls fn for all pairs of files that are left, i < j; for a person of
// too many files, for those within the window.
func (w *work) eachPair(fn func(i, j int)) {
	left := 0
	for i := range w.cases {
		if len(w.cases[i].dockets) > 0 {
			left++
		}
	}
	if left <= maxFiles {
		for i := range w.cases {
			for j := i + 1; j < len(w.cases); j++ {
				if len(w.cases[i].dockets) > 0 && len(w.cases[j].dockets) > 0 {
					fn(i, j)
				}
			}
		}
		return
	}
	w.tooMany = true
	order := make([]int, 0, left)
	dates := make([]casefold.Date, len(w.cases))
	for i := range w.cases {
		if len(w.cases[i].dockets) == 0 {
			continue
		}
		order = append(order, i)
		for _, h := range w.cases[i].acc.heard {
			dates[i] = earlier(dates[i], h.date)
		}
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Or(dates[a].Compare(dates[b]), cmp.Compare(a, b)) })
	for n, i := range order {
		for _, j := range order[n+1 : min(n+1+window, len(order))] {
			fn(min(i, j), max(i, j))
		}
	}
}

// tellTooMany leaves a finding where not all files of a person were compared.
func (w *work) tellTooMany(h *casefold.History) {
	if w.tooMany && len(h.Tellers) > 0 {
		h.Findings = append(h.Findings, casefold.Finding{Code: "too_many_files", Teller: h.Tellers[0],
			Detail: "one person has more court files than are compared with each other; a person key of a source may be a constant"})
	}
}
