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
	var sp splitter
	var out []string
	for _, n := range sp.split(folded) {
		if n.filler() {
			continue
		}
		b := make([]byte, 0, 16)
		for i := 0; i < n.n; i++ {
			b = append(b, n.groups[i].text...)
		}
		letters := 0
		for letters < len(b) && isLetter(b[letters]) {
			letters++
		}
		if stopWord(string(b[:letters])) {
			b = b[letters:]
		}
		key := trimZeros(string(b))
		if len(key) >= 4 && strings.Trim(key, "9") == "" {
			continue
		}
		fresh := true
		for _, have := range out {
			fresh = fresh && have != key
		}
		if fresh {
			out = append(out, key)
		}
	}
	return out
}
