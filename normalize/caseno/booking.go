package caseno

import "strings"

// Booking reads the booking, arrest, incident or report numbers of a field:
// letters and digits run together, leading zeros cut. Nothing inside is
// interpreted, because agencies number as they like.
func Booking(s string) []string {
	folded := fold(s)
	if folded == "" {
		return nil
	}
	if key, ok := digitsAlone(folded); ok {
		return []string{key}
	}
	return bookings(folded)
}

// bookings reads any folded field.
func bookings(folded string) []string {
	var sp splitter
	sp.numbers = sp.buf[:0]
	var out []string
	for _, n := range sp.split(folded) {
		if n.filler() {
			continue
		}
		b := make([]byte, 0, 16)
		for i := 0; i < n.n; i++ {
			b = append(b, n.groups[i].text...)
		}
		key := bare(string(b))
		if len(key) >= 3 && strings.Trim(key, "9") == "" || keyGroups(key) > maxKeyGroups || contained(out, key) {
			continue
		}
		out = append(out, key)
	}
	return out
}

// digitsAlone is the key of a number of digits and dashes, which most are. It
// leaves whatever is odd to the long way.
func digitsAlone(folded string) (key string, ok bool) {
	dashes, plain := 0, false // plain: some digit is neither 0 nor 9
	for i := 0; i < len(folded); i++ {
		switch c := folded[i]; {
		case c == '-':
			dashes++
		case !isDigit(c):
			return "", false
		case c != '0' && c != '9':
			plain = true
		}
	}
	if !plain || dashes >= maxGroups {
		return "", false
	}
	if dashes == 0 {
		return trimZeros(folded), true
	}
	b := make([]byte, 0, len(folded))
	for i := 0; i < len(folded); i++ {
		if folded[i] != '-' {
			b = append(b, folded[i])
		}
	}
	return trimZeros(string(b)), true
}

// bare cuts leading zeros and words such as NO from a number.
func bare(key string) string {
	for {
		letters := 0
		for letters < len(key) && isLetter(key[letters]) {
			letters++
		}
		short := key
		if stopWord(key[:letters]) {
			short = key[letters:]
		}
		if short = trimZeros(short); short == key {
			return key
		}
		key = short
	}
}

func contained(have []string, key string) bool {
	for _, h := range have {
		if h == key {
			return true
		}
	}
	return false
}
