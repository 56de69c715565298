package outcome

import (
	"sync"

	"github.com/casefold/casefold"
	"github.com/casefold/casefold/normalize/text"
)

// An analysis is what the phrases of a text say together.
type analysis struct {
	scanner
	atoms   [maxWords]atom
	n       int
	unknown int // words that no phrase explains
	lead    int // of these, before the first atom that decides
}

// analyses are kept for reuse: one is three kilobytes, and every value needs one.
var analyses = sync.Pool{New: func() any { return new(analysis) }}

// analyse finds the phrases of a folded text. The caller gives the analysis back
// with done.
func analyse(folded string, t *text.Trace) *analysis {
	a := analyses.Get().(*analysis)
	a.find(folded, t)
	return a
}

func (a *analysis) done() {
	a.src = "" // keep no text alive
	analyses.Put(a)
}

func (a *analysis) find(folded string, t *text.Trace) {
	x := phrases()
	a.scan(folded)
	a.look(x)
	a.n, a.unknown, a.lead = 0, 0, 0
	decided := false
	for i := 0; i < a.scanner.n; {
		m, ok := x.match(&a.scanner, i)
		if !ok && a.mend(x, i) {
			t.Add("one letter mended", a.word(i))
			m, ok = x.match(&a.scanner, i)
		}
		if !ok && i > 0 && shortNumber(a.word(i)) && countWord(a.word(i-1)) {
			i++
			continue
		}
		if !ok {
			a.unknown++
			if !decided {
				a.lead++
			}
			i++
			continue
		}
		if m.class != cNeutral {
			a.atoms[a.n] = m
			a.n++
			decided = decided || m.class != cLevel
			if t != nil {
				t.Add(m.class+" "+m.value, folded[a.start[m.from]:a.end[m.to-1]])
			}
		}
		i = m.to
	}
}

// has reports whether an atom of a class, and of a value unless that is "", was
// found.
func (a *analysis) has(class, value string) bool {
	for i := 0; i < a.n; i++ {
		if a.atoms[i].class == class && (value == "" || a.atoms[i].value == value) {
			return true
		}
	}
	return false
}

// level is the last level named: the one that a charge was reduced to.
func (a *analysis) level() casefold.Level {
	for i := a.n - 1; i >= 0; i-- {
		if a.atoms[i].class == cLevel {
			return casefold.Level(a.atoms[i].value)
		}
	}
	return casefold.LevelUnknown
}

// countWord reports whether a number behind the word is a count's: CT 1.
func countWord(w string) bool {
	switch w {
	case "COUNT", "COUNTS", "CT", "CTS", "CNT", "CNTS":
		return true
	}
	return false
}

func shortNumber(w string) bool {
	for i := 0; i < len(w); i++ {
		if !isDigit(w[i]) {
			return false
		}
	}
	return len(w) <= 3
}
