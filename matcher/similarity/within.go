package similarity

// WithinTwo reports whether two texts are at most two edits apart (insertion,
// deletion, substitution, swap of neighbors, also with an edit between them):
// Edits(a, b) <= 2. It tries the ways out at the first difference, at most
// twice, and so costs little where the texts have nothing in common.
func WithinTwo(a, b string) bool { return within(a, b, 2) }

func within(a, b string, k int) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	if len(b)-len(a) > k {
		return false
	}
	i := 0
	for i < len(a) && a[i] == b[i] {
		i++
	}
	a, b = a[i:], b[i:]
	for len(a) > 0 && a[len(a)-1] == b[len(b)-1] {
		a, b = a[:len(a)-1], b[:len(b)-1]
	}
	if len(a) == 0 {
		return len(b) <= k
	}
	if k == 0 {
		return false
	}
	if len(a) >= 2 && len(b) >= 2 && a[0] == b[1] && a[1] == b[0] && within(a[2:], b[2:], k-1) {
		return true
	}
	if within(a[1:], b[1:], k-1) || within(a, b[1:], k-1) || within(a[1:], b, k-1) {
		return true
	}
	if k < 2 {
		return false
	}
	// A swap with a letter put in, or left out, between the two.
	return len(a) >= 2 && len(b) >= 3 && a[0] == b[2] && a[1] == b[0] && within(a[2:], b[3:], k-2) ||
		len(a) >= 3 && len(b) >= 2 && a[0] == b[1] && a[2] == b[0] && within(a[3:], b[2:], k-2)
}
