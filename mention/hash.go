package mention

import "math/bits"

// Odd constants with well spread bits (from the fractional parts of the square
// roots of 2, 3 and 5), used to fold 128-bit products.
const (
	mix1 = 0x6a09e667f3bcc909
	mix2 = 0xbb67ae8584caa73b
	mix3 = 0x3c6ef372fe94f82b
)

// Hash is a 64-bit hash of a text: fixed for good, the same on every machine,
// because blocking keys, the order of mentions and models rest on it. It is not
// meant to resist somebody who constructs collisions; where equality decides,
// the text itself is compared.
func Hash(s string) uint64 { return HashSeed(s, 0) }

// HashSeed is Hash with a seed: two seeds give two independent hashes.
func HashSeed(s string, seed uint64) uint64 {
	h := seed ^ mix1 ^ uint64(len(s))*mix3
	for len(s) >= 8 {
		h = fold(h^load64(s), mix2)
		s = s[8:]
	}
	if len(s) > 0 {
		h = fold(h^loadRest(s), mix2)
	}
	return fold(h, mix3)
}

// loadRest is one to seven bytes, the first lowest, with zeros above.
func loadRest(s string) uint64 {
	n := len(s)
	if n >= 4 { // two loads, which overlap
		return uint64(load32(s)) | uint64(load32(s[n-4:]))<<(8*(n-4))
	}
	return uint64(s[0]) | uint64(s[n/2])<<(8*(n/2)) | uint64(s[n-1])<<(8*(n-1))
}

func load32(s string) uint32 {
	return uint32(s[0]) | uint32(s[1])<<8 | uint32(s[2])<<16 | uint32(s[3])<<24
}

// Mix joins two hashes into one; the order matters.
func Mix(a, b uint64) uint64 { return fold(a^mix1, b^mix2) }

// fold multiplies to 128 bits and folds the halves together; a comes in once
// more, turned, so that no bit of it is lost where the product is small.
func fold(a, b uint64) uint64 {
	hi, lo := bits.Mul64(a, b)
	return hi ^ lo ^ bits.RotateLeft64(a, 29)
}

func load64(s string) uint64 {
	return uint64(s[0]) | uint64(s[1])<<8 | uint64(s[2])<<16 | uint64(s[3])<<24 |
		uint64(s[4])<<32 | uint64(s[5])<<40 | uint64(s[6])<<48 | uint64(s[7])<<56
}
