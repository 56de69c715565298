package name

import (
	"strings"

	"github.com/casefold/casefold/normalize/text"
)

// words splits folded text into name tokens of A-Z. Hyphens and blanks divide;
// apostrophes vanish (O'BRIEN is OBRIEN); periods divide initials (J.R.R.) and
// vanish elsewhere; other marks are noise inside a word (CAITL:N). Digits inside
// a word become the letters they are mistaken for; a word of digits is dropped.
func words(folded string, dst []string) []string {
	for i := 0; i < len(folded); {
		for i < len(folded) && isBreak(folded[i]) {
			i++
		}
		start := i
		for i < len(folded) && !isBreak(folded[i]) {
			i++
		}
		if i > start {
			dst = appendWord(dst, folded[start:i])
		}
	}
	return dst
}

func isBreak(c byte) bool { return c == ' ' || c == '-' || c == ',' || c == '/' || c == '_' }

// compounds is words, but words joined by a hyphen stay one, with the hyphen:
// in a name without a comma it tells where the surname begins.
func compounds(folded string, dst []string) []string {
	for w := range strings.FieldsSeq(folded) {
		from := len(dst)
		dst = words(w, dst)
		if len(dst)-from > 1 && strings.IndexByte(w, '-') > 0 && strings.IndexByte(w, '.') < 0 {
			dst[from] = strings.Join(dst[from:], "-")
			dst = dst[:from+1]
		}
	}
	return dst
}

// parted takes compounds apart again.
func parted(ws, dst []string) []string {
	for _, w := range ws {
		if strings.IndexByte(w, '-') < 0 {
			dst = append(dst, w)
			continue
		}
		dst = append(dst, strings.Split(w, "-")...)
	}
	return dst
}

func appendWord(dst []string, w string) []string {
	if plain(w) {
		return append(dst, w)
	}
	if d := dottedDegree(w); d != "" {
		return append(dst, d)
	}
	if initials(w) {
		for i := 0; i < len(w); i++ {
			if isLetter(w[i]) {
				dst = append(dst, w[i:i+1])
			}
		}
		return dst
	}
	if ordinal(w) != "" {
		return append(dst, ordinal(w))
	}
	if s := letters(w); s != "" {
		return append(dst, s)
	}
	return dst
}

func plain(w string) bool {
	for i := 0; i < len(w); i++ {
		if !isLetter(w[i]) {
			return false
		}
	}
	return true
}

func isLetter(c byte) bool { return c >= 'A' && c <= 'Z' }
func isDigit(c byte) bool  { return c >= '0' && c <= '9' }

// initials reports two letters or more, each with a period behind it (the last
// may lack it): G.W.T., J.R
func initials(w string) bool {
	if len(w) < 3 {
		return false
	}
	for i := 0; i < len(w); i++ {
		if i%2 == 0 && !isLetter(w[i]) || i%2 == 1 && w[i] != '.' {
			return false
		}
	}
	return true
}

// dottedDegree is the degree that letters with periods write, "" for none. Only
// degrees that are hardly anybody's initials.
func dottedDegree(w string) string {
	switch w {
	case "M.D.", "M.D":
		return "MD"
	case "PH.D.", "PH.D":
		return "PHD"
	case "D.D.S.", "D.D.S":
		return "DDS"
	case "D.O.":
		return "MD" // osteopathic; DO without periods is a surname
	}
	return ""
}

// ordinal is the suffix that a number's ordinal stands for, "" for none.
func ordinal(w string) string {
	switch strings.TrimSuffix(w, ".") {
	case "2ND", "2D":
		return "II"
	case "3RD", "3D":
		return "III"
	case "4TH":
		return "IV"
	case "5TH":
		return "V"
	}
	return ""
}

// letters keeps the letters of a word. In a word of two letters or more, a
// digit is read as the letter it looks like, and so is a colon or bar between
// letters: scanners write C1AUSER, PATR:CK, MARTINE2, and a typist's slip costs
// the same one letter either way.
func letters(w string) string {
	n := 0
	for i := 0; i < len(w); i++ {
		if isLetter(w[i]) {
			n++
		}
	}
	if n == 0 {
		return ""
	}
	out := make([]byte, 0, len(w))
	for i := 0; i < len(w); i++ {
		c := w[i]
		switch {
		case isLetter(c):
			out = append(out, c)
		case n < 2:
		case c == '1' && isConsonant(w, i-1) && isConsonant(w, i+1):
			out = append(out, 'I') // SM1TH wants a vowel; C1AUSER has one
		case isDigit(c):
			out = append(out, lookalikes[c-'0'])
		case (c == ':' || c == '|' || c == '!') && i > 0 && i+1 < len(w) && isLetter(w[i-1]) && isLetter(w[i+1]):
			out = append(out, 'I')
		}
	}
	return string(out)
}

func isConsonant(w string, i int) bool {
	return i >= 0 && i < len(w) && isLetter(w[i]) && strings.IndexByte("AEIOU", w[i]) < 0
}

// lookalikes are the letters that digits are mistaken for by scanners (the
// pairs of the published confusion tables, for example pseudopeople's
// ocr_errors.csv, BSD-3-Clause).
const lookalikes = "OLZEASGTBG"

// hasDigits reports a name that holds a digit other than in an ordinal.
func hasDigits(folded string) bool {
	for w := range strings.FieldsSeq(folded) {
		if ordinal(w) == "" && text.Digits(w) != "" {
			return true
		}
	}
	return false
}

// join is strings.Join, without copying a single word.
func join(words []string) string {
	switch len(words) {
	case 0:
		return ""
	case 1:
		return words[0]
	}
	return strings.Join(words, " ")
}
