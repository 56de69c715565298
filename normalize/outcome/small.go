package outcome

import (
	_ "embed"
	"strings"
	"sync"

	"github.com/casefold/casefold"
	"github.com/casefold/casefold/normalize/statute"
	"github.com/casefold/casefold/normalize/text"
)

//go:embed kinds.txt
var kindTable string

// kinds are the tables of kinds.txt, one lexicon a class.
var kinds = sync.OnceValue(func() map[string]*lexicon {
	parts := map[string]*strings.Builder{}
	for line := range strings.Lines(kindTable) {
		class, _, ok := strings.Cut(line, " ")
		if !ok || line[0] == '#' {
			continue
		}
		if parts[class] == nil {
			parts[class] = &strings.Builder{}
		}
		parts[class].WriteString(line)
	}
	out := map[string]*lexicon{}
	for class, b := range parts {
		out[class] = newLexicon(b.String(), false)
	}
	return out
})

// Level reads how grave a count is: statute.Level, and the words in which a
// conviction status is told.
func Level(s string) casefold.Level {
	if l := statute.Level(s); l != "" {
		return l
	}
	folded := fold(s)
	if folded == "" {
		return casefold.LevelUnknown
	}
	return casefold.Level(only(folded, "level"))
}

// EventKind reads what a row reports: the state's step types, rap-sheet heads,
// and the words of local systems. Blank is "", what is not known OtherEvent.
func EventKind(s string) casefold.EventKind {
	folded := fold(s)
	if folded == "" {
		return ""
	}
	if k := first(folded, "kind"); k != "" {
		return casefold.EventKind(k)
	}
	return casefold.OtherEvent
}

// Plea reads a plea: guilty, nolo, not_guilty, insanity, admitted, denied; "" if
// none is told or it is not understood.
func Plea(s string) string {
	folded := fold(s)
	if folded == "" {
		return ""
	}
	return only(folded, "plea")
}

// Listing reads the state of a conviction on the state's list under HS 11361.9.
func Listing(s string) casefold.Listing {
	folded := fold(s)
	if folded == "" {
		// In other columns NOT LISTED stands for nothing; here it is the answer.
		if folded = text.Upper(s); folded != "NOT LISTED" {
			return casefold.ListingNotTold
		}
	}
	return casefold.Listing(only(folded, "listing"))
}

// first is the value of the first phrase of a class.
func first(folded, class string) string {
	x := kinds()[class]
	var s scanner
	s.scan(folded)
	s.look(x)
	for i := 0; i < s.n; {
		m, ok := x.match(&s, i)
		if !ok {
			i++
			continue
		}
		return m.value
	}
	return ""
}

// only is the value of a class if the text is made of its phrases and neutral
// words, and names one value.
func only(folded, class string) string {
	x := kinds()[class]
	var s scanner
	s.scan(folded)
	s.look(x)
	value := ""
	for i := 0; i < s.n; {
		m, ok := x.match(&s, i)
		switch {
		case ok && (value == "" || value == m.value):
			value = m.value
			i = m.to
		case ok:
			return ""
		case neutral(s.word(i)):
			i++
		default:
			return ""
		}
	}
	return value
}

func neutral(w string) bool {
	switch w {
	case "PLEA", "OF", "TO", "BY", "CONV", "STATUS", "CONVICTION", "A", "AS", "ON", "ENTERED", "DEFENDANT", "LIST", "DOJ", "11361.9", "IS", "WAS":
		return true
	}
	return strings.Trim(w, "0123456789") == "" && len(w) <= 2
}
