package similarity

import "github.com/antzucaro/matchr"

// OneEdit reports whether the texts differ by exactly one insertion, deletion,
// substitution or swap of neighbors: Damerau-Levenshtein distance 1. Linear in
// the length.
func OneEdit(a, b string) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	if len(b)-len(a) > 1 {
		return false
	}
	i := 0
	for i < len(a) && a[i] == b[i] {
		i++
	}
	if len(a) < len(b) {
		return a[i:] == b[i+1:]
	}
	if i == len(a) {
		return false
	}
	if a[i+1:] == b[i+1:] {
		return true
	}
	return i+1 < len(a) && a[i] == b[i+1] && a[i+1] == b[i] && a[i+2:] == b[i+2:]
}

// longestText is the length up to which Edits works without allocating.
const longestText = 40

// Edits is the Damerau-Levenshtein distance (unrestricted: a swapped pair may
// be edited further), as matchr.DamerauLevenshtein, whose distances it equals.
func Edits(a, b string) int {
	for len(a) > 0 && len(b) > 0 && a[len(a)-1] == b[len(b)-1] {
		a, b = a[:len(a)-1], b[:len(b)-1]
	}
	for len(a) > 0 && len(b) > 0 && a[0] == b[0] {
		a, b = a[1:], b[1:]
	}
	if len(a) == 0 || len(b) == 0 {
		return max(len(a), len(b))
	}
	if len(a) > longestText || len(b) > longestText || !ascii(a) || !ascii(b) {
		return matchr.DamerauLevenshtein(a, b)
	}
	return edits(a, b)
}

// edits fills the table of Lowrance and Wagner (1975): d[i][j] is the distance
// of the first i-1 and j-1 letters, row and column 0 are out of reach.
func edits(a, b string) int {
	var d [longestText + 2][longestText + 2]uint8
	var seen [128]uint8 // last row in which a letter stood in a
	far := uint8(len(a) + len(b))
	d[0][0] = far
	for i := 0; i <= len(a); i++ {
		d[i+1][0], d[i+1][1] = far, uint8(i)
	}
	for j := 0; j <= len(b); j++ {
		d[0][j+1], d[1][j+1] = far, uint8(j)
	}
	for i := 1; i <= len(a); i++ {
		last := 0 // last column in this row with equal letters
		for j := 1; j <= len(b); j++ {
			i1, j1 := int(seen[b[j-1]]), last
			cost := uint8(1)
			if a[i-1] == b[j-1] {
				cost, last = 0, j
			}
			d[i+1][j+1] = min(d[i][j]+cost, d[i+1][j]+1, d[i][j+1]+1,
				d[i1][j1]+uint8(i-i1-1)+1+uint8(j-j1-1))
		}
		seen[a[i-1]] = uint8(i)
	}
	return int(d[len(a)+1][len(b)+1])
}

// Letters is the bag distance: how many letters must be put in or replaced to
// make the letters of one text those of the other, their order left aside. It
// never exceeds the edit distance without swaps.
func Letters(a, b string) int {
	var count [256]int16
	for i := 0; i < len(a); i++ {
		count[a[i]]++
	}
	missing := 0
	for i := 0; i < len(b); i++ {
		if count[b[i]]--; count[b[i]] < 0 {
			missing++
		}
	}
	return missing + max(len(a)-len(b), 0)
}
