package project

import (
	"fmt"
	"slices"
	"strings"
)

// unknown says that a word is none of those allowed, with the nearest.
func unknown(what, word string, allowed []string) string {
	text := fmt.Sprintf("unknown %s %q", what, word)
	if near := nearest(word, allowed); near != "" {
		text += fmt.Sprintf("; did you mean %q?", near)
	} else {
		text += ";"
	}
	return text + " allowed: " + strings.Join(allowed, ", ")
}

// nearest is the allowed word that takes the fewest edits, "" if even that is
// far off. Case, blanks, dashes and underscores do not count.
func nearest(word string, allowed []string) string {
	best, bestCost := "", 1+max(1, len([]rune(word))/3)
	for _, a := range allowed {
		if cost := edits(bare(word), bare(a)); cost < bestCost {
			best, bestCost = a, cost
		}
	}
	if best != "" {
		return best
	}
	if meant := otherWords[bare(word)]; slices.Contains(allowed, meant) {
		return meant
	}
	// A name that a column of a known field goes by: date of birth.
	for _, n := range readLexicon().match(word) {
		if slices.Contains(allowed, n.target) && n.score >= 0.7 {
			return n.target
		}
	}
	// A word that holds the other one whole: birthdate for birth_date_told.
	for _, a := range allowed {
		if w := bare(word); len(w) >= 4 && (strings.Contains(bare(a), w) || len(bare(a)) >= 4 && strings.Contains(w, bare(a))) {
			return a
		}
	}
	return ""
}

// otherWords are what people call things that have another name here.
var otherWords = map[string]string{"csv": "delimited", "tsv": "delimited", "txt": "delimited", "pipe": "delimited", "json": "jsonl",
	"ndjson": "jsonl", "fixedwidth": "fixed", "doj": "ca-doj", "mmddyyyy": "mdy", "ddmmyyyy": "dmy", "yyyymmdd": "ymd", "iso": "ymd",
	"prosecutor": "da", "districtattorney": "da", "sheriff": "jail", "fingerprint": "print", "fingerprints": "print",
	"lookup": "look-up", "copied": "look-up", "dl": "license", "cdl": "license", "latin1": "iso-8859-1", "cp1252": "windows-1252",
	"ansi": "windows-1252", "file": "files", "columns": "mapping", "fields": "mapping", "ids": "identifiers", "f": "felony", "m": "misdemeanor"}

func bare(s string) string {
	return strings.NewReplacer(" ", "", "_", "", "-", "", ".", "").Replace(strings.ToLower(s))
}

// edits is the number of insertions, deletions, replacements and swaps of
// neighbors that turn a into b (optimal string alignment).
func edits(a, b string) int {
	r, s := []rune(a), []rune(b)
	before, prev, row := make([]int, len(s)+1), make([]int, len(s)+1), make([]int, len(s)+1)
	for j := range prev {
		prev[j] = j
	}
	for i := 1; i <= len(r); i++ {
		row[0] = i
		for j := 1; j <= len(s); j++ {
			cost := 1
			if r[i-1] == s[j-1] {
				cost = 0
			}
			row[j] = min(prev[j]+1, row[j-1]+1, prev[j-1]+cost)
			if i > 1 && j > 1 && r[i-1] == s[j-2] && r[i-2] == s[j-1] {
				row[j] = min(row[j], before[j-2]+1)
			}
		}
		before, prev, row = prev, row, before
	}
	return prev[len(s)]
}
