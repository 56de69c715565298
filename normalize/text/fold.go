package text

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Trim cuts blanks, control characters and non-breaking or zero-width space
// from both ends.
func Trim(s string) string {
	for len(s) > 0 && s[0] <= ' ' {
		s = s[1:]
	}
	for len(s) > 0 && s[len(s)-1] <= ' ' {
		s = s[:len(s)-1]
	}
	if len(s) > 0 && (s[0] >= 0x7f || s[len(s)-1] >= 0x7f) {
		return strings.TrimFunc(s, isBlank)
	}
	return s
}

func isBlank(r rune) bool {
	return r <= ' ' || r == 0x7f || r == 0xfeff || r >= 0x200b && r <= 0x200f || unicode.IsSpace(r)
}

// Upper is the common first step of every normalizer: upper case, marks
// stripped, letters of other alphabets written in Latin ones, runs of blanks
// made one, ends trimmed. Digits and ASCII punctuation stay; other symbols are
// dropped. The result holds only the ASCII characters from blank to tilde,
// without lower-case letters.
func Upper(s string) string {
	s = Trim(s)
	if isUpper(s) {
		return s
	}
	out := make([]byte, 0, len(s)+8)
	for i := 0; i < len(s); i++ {
		if s[i] >= utf8.RuneSelf {
			return string(upperUnicode(out, s[i:]))
		}
		out = appendUpper(out, s[i])
	}
	return string(trimRight(out))
}

func isUpper(s string) bool {
	blank := true
	for i := 0; i < len(s); i++ {
		c := s[i]
		if c < ' ' || c >= 0x7f || 'a' <= c && c <= 'z' || c == ' ' && blank {
			return false
		}
		blank = c == ' '
	}
	return s == "" || !blank
}

// appendUpper adds one ASCII byte, joining blanks.
func appendUpper(out []byte, c byte) []byte {
	switch {
	case 'a' <= c && c <= 'z':
		c -= 'a' - 'A'
	case c <= ' ' || c == 0x7f:
		if len(out) == 0 || out[len(out)-1] == ' ' {
			return out
		}
		c = ' '
	}
	return append(out, c)
}

func trimRight(b []byte) []byte {
	for len(b) > 0 && b[len(b)-1] == ' ' {
		b = b[:len(b)-1]
	}
	return b
}

// upperUnicode folds the rest of a string from its first non-ASCII byte on.
// Letters with a Latin spelling of their own are written before the canonical
// decomposition, because NFKD would split what belongs together (Й is not И).
func upperUnicode(out []byte, s string) []byte {
	s = norm.NFC.String(s)
	for len(s) > 0 {
		r, n := utf8.DecodeRuneInString(s)
		piece := s[:n]
		s = s[n:]
		if r == utf8.RuneError && n <= 1 {
			continue // a stray byte says nothing
		}
		out = appendRune(out, r, piece)
	}
	return trimRight(out)
}

func appendRune(out []byte, r rune, piece string) []byte {
	if r < utf8.RuneSelf {
		return appendUpper(out, byte(r))
	}
	if latin, ok := latinOf(r); ok {
		return appendLatin(out, latin)
	}
	split := norm.NFKD.String(piece)
	if split == piece {
		switch {
		case unicode.IsLetter(r):
			return appendLatin(out, codeOf(r))
		case isBlank(r):
			return appendUpper(out, ' ')
		}
		return out // a mark or a symbol
	}
	for i, d := range split {
		out = appendRune(out, d, split[i:i+utf8.RuneLen(d)])
	}
	return out
}

func appendLatin(out []byte, latin string) []byte {
	for i := 0; i < len(latin); i++ {
		out = appendUpper(out, latin[i])
	}
	return out
}

// codeOf writes a letter without a Latin spelling in our tables as five
// letters, a Q and the code point to base 26. Nobody reads it; but equal
// characters stay equal, different ones stay different, and a name in such a
// script does not collapse to nothing.
func codeOf(r rune) string {
	b := [5]byte{'Q'}
	n := int(r)
	for i := 4; i > 0; i-- {
		b[i] = byte('A' + n%26)
		n /= 26
	}
	return string(b[:])
}

// Letters keeps the letters of a folded string and makes every run of other
// characters one blank; apostrophes and periods vanish without a blank, so
// that O'BRIEN is OBRIEN and J.R. is JR.
func Letters(folded string) string {
	out := make([]byte, 0, len(folded))
	for i := 0; i < len(folded); i++ {
		switch c := folded[i]; {
		case 'A' <= c && c <= 'Z':
			out = append(out, c)
		case c == '\'' || c == '`' || c == '.':
		case len(out) > 0 && out[len(out)-1] != ' ':
			out = append(out, ' ')
		}
	}
	return string(trimRight(out))
}
