package engine

import (
	"slices"
	"strings"

	"github.com/casefold/casefold"
	"github.com/casefold/casefold/index/search"
	"github.com/casefold/casefold/matcher/similarity"
	spell "github.com/casefold/casefold/normalize/name"
	"github.com/casefold/casefold/normalize/text"
)

// whyFound says for each typed word how the person meets it, nearest first:
// "GARZIA: sounds like GARCIA". Words that nothing meets are said too.
func whyFound(h *casefold.History, words []search.Word) []string {
	var names []string
	for _, n := range h.Names {
		names = append(names, strings.Fields(n.Value.Last+" "+n.Value.First+" "+n.Value.Middle)...)
	}
	slices.Sort(names)
	names = slices.Compact(names)
	var out []string
	for _, w := range words {
		for _, part := range strings.Fields(w.Name) {
			out = append(out, whyName(part, names))
		}
		if w.Name == "" {
			if s := whyOther(h, w); s != "" {
				out = append(out, s)
			}
		}
	}
	return out
}

// whyName is how a typed part of a name is met.
func whyName(typed string, names []string) string {
	sameSound := func(n string) bool {
		a1, a2 := similarity.Sounds(typed)
		b1, b2 := similarity.Sounds(n)
		return a1 != "" && (a1 == b1 || a1 == b2) || a2 != "" && (a2 == b1 || a2 == b2)
	}
	for _, way := range []struct {
		word string
		met  func(n string) bool
	}{
		{"is", func(n string) bool { return n == typed }},
		{"begins", func(n string) bool { return strings.HasPrefix(n, typed) }},
		{"is short for", func(n string) bool { return slices.Contains(spell.FullForms(typed), n) }},
		{"is nearly", func(n string) bool { return len(typed) >= 3 && similarity.Edits(typed, n) <= 1+min(1, len(typed)/7) }},
		{"sounds like", sameSound},
	} {
		if i := slices.IndexFunc(names, way.met); i >= 0 {
			if way.word == "is" {
				return typed + ": same name"
			}
			return typed + ": " + way.word + " " + names[i]
		}
	}
	return typed + ": not met"
}

// whyOther is how a typed date or number is met, "" if it is not clear.
func whyOther(h *casefold.History, w search.Word) string {
	if w.Birth.Known() {
		for _, b := range h.Births {
			switch {
			case w.Birth.Exact() && b.Value == w.Birth:
				return w.Birth.String() + ": same birth date"
			case b.Value.First.Year() == w.Birth.First.Year() && w.Birth.First.Year() == w.Birth.Last.Year():
				return b.Value.String()[:4] + ": same birth year"
			}
		}
	}
	if w.Number == "" {
		return ""
	}
	for _, id := range h.Identifiers {
		if s := whyNumber(w.Number, id.Value.Value, string(id.Value.Kind)); s != "" {
			return s
		}
	}
	for _, c := range h.Cases {
		for _, n := range c.Numbers {
			if s := whyNumber(w.Number, n.Verbatim, "case number"); s != "" {
				return s
			}
		}
	}
	return w.Number + ": not met"
}

func whyNumber(typed, told, kind string) string {
	told = lettersAndDigits(text.Upper(told))
	switch {
	case told == typed:
		return typed + ": same " + kind
	case len(typed) >= 4 && strings.HasPrefix(told, typed):
		return typed + ": begins a " + kind
	case len(typed) >= 4 && len(told) == len(typed) && similarity.Edits(typed, told) == 1:
		return typed + ": nearly a " + kind
	}
	return ""
}

func lettersAndDigits(s string) string {
	return strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' || r >= 'A' && r <= 'Z' {
			return r
		}
		return -1
	}, s)
}
