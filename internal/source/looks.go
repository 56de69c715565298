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
		seen := l.seen[i]
		alike := seen[bits.TrailingZeros8(uint8(k))]
		if seen[5] < minLooks || alike >= 2 && 30*alike >= seen[5] {
			fit++
		}
	}
	if filled == 0 {
		return 0
	}
	return float64(fit) / float64(filled)
}
