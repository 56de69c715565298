package source

import (
	"math/bits"
	"strings"
)

// A look is a coarse class of what a value looks like.
type look uint8

const (
	digits    look = 1 << iota // 20190412
	numeric                    // digits and -/.:,$ and blanks: a date, an amount, a phone
	word                       // letters only
	mixed                      // letters and digits without blanks: a code, a number of a case
	phrase                     // everything else
	emptyLook look = 0
)

// lookOf classes a value.
func lookOf(v string) look {
	v = strings.TrimSpace(v)
	if v == "" {
		return emptyLook
	}
	var digit, letter, sign, blank, odd bool
	for i := 0; i < len(v); i++ {
		switch c := v[i]; {
		case c >= '0' && c <= '9':
			digit = true
		case c|0x20 >= 'a' && c|0x20 <= 'z' || c >= 0x80:
			letter = true
		case c == ' ':
			blank = true
		case strings.IndexByte("-/.:,$()#", c) >= 0:
			sign = true
		default:
			odd = true
		}
	}
	switch {
	case odd || letter && blank:
		return phrase
	case digit && letter:
		return mixed
	case letter && !sign:
		return word
	case letter:
		return phrase
	case digit && !sign && !blank:
		return digits
	}
	return numeric
}

// looks count, by column, the looks of the rows at a file's start. They tell a
// row from a line that merely has as many delimiters.
type looks struct {
	rows int
	seen [][6]int // by column: how often each look was seen, and in [5] any
}

// minLooks is how many rows must have been seen before looks decide anything.
const minLooks = 8

func (l *looks) add(values []string) {
	for len(l.seen) < len(values) {
		l.seen = append(l.seen, [6]int{})
	}
	for i, v := range values {
		if k := lookOf(v); k != emptyLook {
			l.seen[i][bits.TrailingZeros8(uint8(k))]++
			l.seen[i][5]++
		}
	}
	l.rows++
}

// share is the share of the filled values that look like their columns do in at
// least two rows and every thirtieth; 1 if too few rows were seen to tell.
func (l *looks) share(values []string) float64 {
	if l == nil || l.rows < minLooks {
		return 1
	}
	filled, fit := 0, 0
	for i, v := range values {
		k := lookOf(v)
		if k == emptyLook || i >= len(l.seen) {
			continue
		}
		filled++
		if l.seen[i][5] < minLooks || l.usual(i, k) {
			fit++
		}
	}
	if filled == 0 {
		return 0
	}
	return float64(fit) / float64(filled)
}

// usual reports whether a look is one that the column's values have.
func (l *looks) usual(column int, k look) bool {
	seen := l.seen[column]
	alike := seen[bits.TrailingZeros8(uint8(k))]
	return alike >= 2 && 30*alike >= seen[5]
}

// tells reports whether a column's values are numbers or codes, nine in ten.
func (l *looks) tells(column int) bool {
	seen := l.seen[column]
	text := seen[bits.TrailingZeros8(uint8(word))] + seen[bits.TrailingZeros8(uint8(phrase))]
	return seen[5] >= minLooks && 10*text <= seen[5]
}

// telling reports whether some column tells.
func (l *looks) telling() bool {
	if l == nil {
		return false
	}
	for i := range l.seen {
		if l.tells(i) {
			return true
		}
	}
	return false
}

// prove reports whether values are beyond doubt those of a row: all look usual,
// one of them in a column that tells.
func (l *looks) prove(values []string) bool {
	if !l.telling() {
		return false
	}
	proof := false
	for i, v := range values {
		k := lookOf(v)
		if k == emptyLook || i >= len(l.seen) {
			continue
		}
		if !l.usual(i, k) {
			return false
		}
		proof = proof || l.tells(i) && k != word && k != phrase
	}
	return proof
}
