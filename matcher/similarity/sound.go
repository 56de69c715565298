package similarity

import "github.com/antzucaro/matchr"

// Sounds are the two phonetic codes of a folded name (Double Metaphone,
// L. Philips 2000); the second is "" where it does not differ.
func Sounds(name string) (first, second string) {
	if name == "" || !ascii(name) {
		return "", ""
	}
	first, second = matchr.DoubleMetaphone(name)
	if second == first {
		second = ""
	}
	return first, second
}
