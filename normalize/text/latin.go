package text

import (
	_ "embed"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"
)

//go:embed latin.txt
var latinTable string

// latinRunes is the table of latin.txt, read on first use.
var latinRunes = sync.OnceValue(func() map[rune]string {
	table := map[rune]string{}
	for line := range strings.Lines(latinTable) {
		line = strings.TrimSpace(line)
		if line == "" || line[0] == '#' {
			continue
		}
		for pair := range strings.FieldsSeq(line) {
			r, n := utf8.DecodeRuneInString(pair)
			table[r] = strings.Trim(pair[n:], "=")
		}
	}
	return table
})

// latinOf spells a letter of another alphabet, or a letter that does not
// decompose, in A-Z; or a typographic mark in ASCII.
func latinOf(r rune) (string, bool) {
	if s, ok := hangul(r); ok {
		return s, true
	}
	table := latinRunes()
	if s, ok := table[r]; ok {
		return s, true
	}
	s, ok := table[unicode.ToUpper(r)]
	return s, ok
}

// The jamo of a Hangul syllable in the Revised Romanization of Korean (2000),
// letter for letter, without its sound changes between syllables.
var (
	hangulLead  = [19]string{"G", "KK", "N", "D", "TT", "R", "M", "B", "PP", "S", "SS", "", "J", "JJ", "CH", "K", "T", "P", "H"}
	hangulVowel = [21]string{"A", "AE", "YA", "YAE", "EO", "E", "YEO", "YE", "O", "WA", "WAE", "OE", "YO", "U", "WO", "WE", "WI", "YU", "EU", "UI", "I"}
	hangulTail  = [28]string{"", "K", "K", "K", "N", "N", "N", "T", "L", "K", "M", "P", "T", "T", "P", "T", "M", "P", "P", "T", "T", "NG", "T", "T", "K", "T", "P", "T"}
)

func hangul(r rune) (string, bool) {
	const first, last = 0xAC00, 0xD7A3
	if r < first || r > last {
		return "", false
	}
	i := int(r - first)
	return hangulLead[i/588] + hangulVowel[i%588/28] + hangulTail[i%28], true
}
