package date

import "github.com/casefold/casefold"

// ISO reads a day written YYYY-MM-DD as Parse does, without trying any other
// form; ok is false for every other value, and for what is no day.
func ISO(s string) (d casefold.Date, ok bool) {
	if len(s) != 10 || s[4] != '-' || s[7] != '-' {
		return d, false
	}
	n := 0
	for i := range len(s) {
		switch c := s[i]; {
		case c >= '0' && c <= '9':
			n = n*10 + int(c-'0')
		case i != 4 && i != 7:
			return d, false
		}
	}
	year, month, day := n/10000, n/100%100, n%100
	if year < earliest || month < 1 || month > 12 || day < 1 || day > 28 && day > casefold.DaysIn(year, month) {
		return d, false
	}
	return casefold.On(casefold.Day(n)), true
}
