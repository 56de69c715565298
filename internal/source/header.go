package source

import (
	"slices"
	"strings"

	"github.com/casefold/casefold"
)

// headerRow is the place of the header line in a sample, -1 if there is none.
// Lines of a report's title may stand above it.
func headerRow(src *casefold.Source, rows [][]string, given []string) int {
	if src.Read.Header == "no" {
		return -1
	}
	known := map[string]bool{}
	for _, ref := range References(src) {
		known[FoldColumn(ref)] = true
		known[FoldColumn(ParseCut(ref).Column)] = true
	}
	for _, g := range given {
		known[FoldColumn(g)] = true
	}
	width, _ := widthOf(rows, 0)
	first := -1
	for i := range min(len(rows), 20) {
		n := len(foldHeader(rows[i]))
		if n < max(1, width-1) || width > 1 && n < 2 {
			continue
		}
		if first < 0 {
			first = i
		}
		if knownShare(rows[i], known) >= 0.5 {
			return i
		}
	}
	switch {
	case src.Read.Header == "yes":
		return max(first, 0)
	case first < 0 || len(given) > 0:
		return -1
	case looksLikeHeader(rows[first], rows[first+1:]):
		return first
	}
	return -1
}

// knownShare is the share of a line's names that are known.
func knownShare(values []string, known map[string]bool) float64 {
	if len(known) == 0 {
		return 0
	}
	hits, filled := 0, 0
	for _, v := range values {
		if name := FoldColumn(v); name != "" {
			filled++
			if known[name] {
				hits++
			}
		}
	}
	if filled == 0 {
		return 0
	}
	return float64(hits) / float64(min(filled, len(known)))
}

// headerWords are words that column names are made of and values are not.
var headerWords = strings.Fields(`id name date dob no num nbr number code first last middle given surname family
	full suffix alias birth sex gender race addr address street city state zip zipcode postal phone email ssn cii fbi
	case charge count court dispo disposition sentence plea offense arrest booking agency key type status desc
	description record source year age level statute section file docket county unit attorney judge amount comment`)

// looksLikeHeader weighs a first line against the rows below it.
func looksLikeHeader(first []string, rows [][]string) bool {
	score, seen := 0, map[string]bool{}
	// The same line again is the header again, and speaks for one.
	rows = slices.DeleteFunc(slices.Clone(rows), func(r []string) bool { return slices.Equal(r, first) })
	for i, v := range first {
		v = strings.TrimSpace(v)
		switch k := lookOf(v); {
		case k == emptyLook:
			score--
			continue
		case k == digits, k == numeric, strings.ContainsAny(v, "@"), len(v) > 64:
			return false
		}
		if seen[FoldColumn(v)] {
			score--
		}
		seen[FoldColumn(v)] = true
		if hasHeaderWord(v) {
			score += 2
		}
		score += contrast(v, i, rows)
	}
	return score > 0
}

// contrast compares a name with the column below it: unlike it speaks for a
// header, found in it against.
func contrast(name string, column int, rows [][]string) int {
	var seen look
	filled := 0
	for _, r := range rows {
		if column >= len(r) {
			continue
		}
		if k := lookOf(r[column]); k != emptyLook {
			seen |= k
			filled++
		}
		if strings.EqualFold(strings.TrimSpace(r[column]), name) {
			return -2
		}
	}
	if filled >= 3 && seen&lookOf(name) == 0 {
		return 2
	}
	return 0
}

// hasHeaderWord reports whether a name has one of headerWords as a word, or
// ends or begins with one of three letters or more.
func hasHeaderWord(name string) bool {
	name = strings.ToLower(name)
	words := strings.FieldsFunc(name, func(r rune) bool { return r < 'a' || r > 'z' })
	for _, w := range words {
		for _, h := range headerWords {
			if w == h || len(h) >= 3 && len(w) > len(h) && (strings.HasSuffix(w, h) || strings.HasPrefix(w, h)) {
				return true
			}
		}
	}
	return false
}
