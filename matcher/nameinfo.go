package matcher

import (
	"math/bits"
	"unsafe"

	"github.com/casefold/casefold/mention"
)

// inlineText is how much of a name stands in its nameInfo.
const inlineText = 18

// A nameInfo is what comparing needs of a name, in half a cache line.
type nameInfo struct {
	letters uint64 // which letters, counted up to two (see lettersOf)
	sound   uint32
	n       uint8 // length in bytes; 255 and more is 255
	excess  uint8 // letters beyond those counted
	text    [inlineText]byte
}

func newNameInfos(s *mention.Set) []nameInfo {
	out := make([]nameInfo, s.Name.Len())
	for v := 1; v < len(out); v++ {
		x, text := &out[v], s.Name.Text(mention.Value(v))
		x.letters, x.excess = lettersOf(text)
		x.sound = s.Feature.Sound[v]
		x.n = uint8(min(len(text), 255))
		copy(x.text[:], text)
	}
	return out
}

// lettersOf counts a text's letters up to two each, in unary, so that the
// common letters of two texts are the bits of the conjunction: two bits for
// each of A to Z, the upper twelve for all else together. excess is what went
// uncounted.
func lettersOf(s string) (letters uint64, excess uint8) {
	others := 0
	for i := 0; i < len(s); i++ {
		c := s[i]
		if c < 'A' || c > 'Z' {
			if others++; others > 12 {
				excess = min(excess+1, 254)
			} else {
				letters |= 1 << (51 + others)
			}
			continue
		}
		one := uint64(1) << (2 * (c - 'A'))
		switch {
		case letters&one == 0:
			letters |= one
		case letters&(one<<1) == 0:
			letters |= one << 1
		default:
			excess = min(excess+1, 254)
		}
	}
	return letters, excess
}

// common is an upper bound of the number of letters that two names share.
func (x *nameInfo) common(y *nameInfo) int {
	return bits.OnesCount64(x.letters&y.letters) + int(min(x.excess, y.excess))
}

// textOf is a name's text.
func (p *plan) textOf(v mention.Value) string {
	x := &p.names[v]
	if x.n <= inlineText {
		return unsafe.String(&x.text[0], int(x.n))
	}
	return p.set.Name.Text(v)
}

// canBeAlike reports whether two names can be within two edits, or have a
// Jaro-Winkler similarity of .80 or more, by their letters alone. A similarity J
// becomes J + .1*l*(1-J) with a common prefix of l letters, and J is at most the
// mean of the shares of common letters and 1.
func canBeAlike(x, y *nameInfo) bool {
	m := x.common(y)
	if max(int(x.n), int(y.n))-m <= 2 {
		return true
	}
	if m == 0 || x.n == 0 || y.n == 0 {
		return false
	}
	l := 0
	for l < 4 && l < int(min(x.n, y.n)) && x.text[l] == y.text[l] {
		l++
	}
	j := (float64(m)/float64(x.n) + float64(m)/float64(y.n) + 1) / 3
	return j+.1*float64(l)*(1-j) >= .7999
}
