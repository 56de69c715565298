package mention

import (
	"strings"

	"github.com/casefold/casefold"
)

// A birth date that no calendar knows was mistyped, and most of its digits are
// still those of the true one: 1975-63-29 stands for a day in 1975. It is no
// date and contradicts none; read digit by digit it can speak for another.

// Unread is a digit of a written date that cannot be read.
const Unread = 15

// written are the digits of an impossible date, four bits each, year, month and
// day: 1975-63-29 is 0x19756329. What is written otherwise, lacks a century or
// has more than one letter in it gives no digits.
func written(told string) (digits uint32, ok bool) {
	groups := strings.FieldsFunc(strings.ToUpper(told), func(r rune) bool { return strings.ContainsRune("-/. ", r) })
	var y, m, d string
	switch {
	case len(groups) == 1 && len(groups[0]) == 8 && isCentury(groups[0][:2]):
		y, m, d = groups[0][:4], groups[0][4:6], groups[0][6:]
	case len(groups) == 1 && len(groups[0]) == 8 && isCentury(groups[0][4:6]):
		y, m, d = groups[0][4:], groups[0][:2], groups[0][2:4]
	case len(groups) == 3 && len(groups[0]) == 4:
		y, m, d = groups[0], groups[1], groups[2]
	case len(groups) == 3 && len(groups[2]) == 4:
		y, m, d = groups[2], groups[0], groups[1]
		if m > "12" && len(m) == 2 && d <= "12" { // the day stands first
			m, d = d, m
		}
	default:
		return 0, false
	}
	if len(m) == 1 {
		m = "0" + m
	}
	if len(d) == 1 {
		d = "0" + d
	}
	return nibbles(y + m + d)
}

// isCentury: people whose births are told by the day were born in these.
func isCentury(s string) bool { return s >= "15" && s <= "20" }

func nibbles(s string) (out uint32, ok bool) {
	if len(s) != 8 || !isCentury(s[:2]) || s[4:] == "0000" {
		return 0, false
	}
	unread := 0
	for _, c := range []byte(s) {
		digit := uint32(c - '0')
		if digit > 9 {
			digit = Unread
			unread++
		}
		out = out<<4 | digit
	}
	return out, unread <= 1
}

// addWritten keeps the digits of a birth date that is none.
func (b *Builder) addWritten(r int, p *casefold.PersonFacts) {
	if len(p.Births) > 0 || p.BirthVerbatim == "" {
		return
	}
	if w, ok := written(p.BirthVerbatim); ok {
		add(&b.set.Written, r, w)
	}
}
