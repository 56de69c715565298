package name

import (
	"strings"

	"github.com/casefold/casefold"
)

// cutAsides takes out of a folded name what stands in quotes, parentheses or
// brackets, and keeps it for addAside.
func (p *parser) cutAsides(s string) string {
	for {
		open, close := asideAt(s)
		if open < 0 {
			return s
		}
		inside := strings.Trim(s[open+1:min(close, len(s))], " '\"")
		if inside != "" {
			p.asides = append(p.asides, inside)
			p.trace.Add("aside", inside)
		}
		rest := ""
		if close+1 < len(s) {
			rest = s[close+1:]
		}
		s = strings.Trim(s[:open]+" "+rest, " ")
	}
}

// asideAt finds the first quoted or bracketed part: the places of its marks,
// -1 if there is none. A single quote opens only behind a blank and closes only
// before one, so that O'BRIEN and D' ARTAGNAN stay whole; a bracket that is
// never closed runs to the end.
func asideAt(s string) (open, close int) {
	for i := 0; i < len(s); i++ {
		switch s[i] {
		case '(', '[', '{':
			return i, i + 1 + indexOr(s[i+1:], ")]}")
		case '"':
			if j := strings.IndexByte(s[i+1:], '"'); j >= 0 {
				return i, i + 1 + j
			}
		case '\'', '`':
			if i > 0 && s[i-1] != ' ' {
				continue
			}
			for j := i + 2; j < len(s); j++ {
				if (s[j] == '\'' || s[j] == '`') && (j+1 == len(s) || s[j+1] == ' ' || s[j+1] == ',') {
					return i, j
				}
			}
		}
	}
	return -1, -1
}

func indexOr(s, chars string) int {
	if i := strings.IndexAny(s, chars); i >= 0 {
		return i
	}
	return len(s)
}

// splitAKA divides a folded value at AKA and its like.
func (p *parser) splitAKA(s string) (first string, others []string) {
	for _, mark := range [...]string{" AKA ", " A/K/A ", " A.K.A. ", " A.K.A ", " A K A ", " ALIAS ", " FKA ", " F/K/A ", " NKA ", " ALSO KNOWN AS ", ", AKA ", ";", "|"} {
		for {
			i := strings.LastIndex(s, mark)
			if i < 1 {
				break
			}
			if other := strings.Trim(s[i+len(mark):], " ,:"); other != "" {
				others = append(others, other)
				p.trace.Add("also known as", other)
			}
			s = strings.TrimRight(s[:i], " ,")
		}
	}
	return s, others
}

// addAlias reads another name; a single word is another given name of the same
// surname.
func (p *parser) addAlias(names []casefold.Name, s, order string) []casefold.Name {
	var buf [maxWords]string
	primary := names[0]
	n := casefold.Name{}
	if ws := words(s, buf[:0]); len(ws) == 1 && primary.Last != "" {
		n = p.build([]string{primary.Last}, ws, 1, "")
		n.Last = primary.Last
	} else {
		n = p.whole(s, order)
	}
	if n.First == "" && n.Last == "" {
		return names
	}
	n.Kind = casefold.AliasName
	return append(names, n)
}

// addAside reads what stood in quotes or parentheses: a maiden name behind NEE
// or BORN, a suffix, else a nickname or another whole name.
func (p *parser) addAside(names []casefold.Name, s, order string) []casefold.Name {
	s = strings.TrimPrefix(strings.TrimPrefix(s, "AKA "), "A/K/A ")
	for _, mark := range [...]string{"NEE ", "BORN ", "MAIDEN ", "MAIDEN NAME ", "N. ", "FORMERLY "} {
		if maiden, ok := strings.CutPrefix(s, mark); ok {
			var buf [maxWords]string
			n := p.build(words(maiden, buf[:0]), nil, 0, "")
			if n.Last == "" {
				return names
			}
			n.First, n.Kind = names[0].First, casefold.MaidenName
			return append(names, n)
		}
	}
	var buf [maxWords]string
	ws := words(s, buf[:0])
	suffix := ""
	switch {
	case len(ws) == 0 || len(ws) == 1 && len(ws[0]) == 1:
		return names
	case onlySuffix(ws, &suffix, true):
		if names[0].Suffix == "" {
			names[0].Suffix = suffix
		}
		return names
	}
	return p.addAlias(names, s, order)
}
