package mention

import (
	"encoding/binary"
	"strings"
	"testing"
)

// TestRestIsPadded: the bytes behind the last whole word count as if zeros
// followed them. Models and stored sets rest on it.
func TestRestIsPadded(t *testing.T) {
	const text = "\x01\xfeA7 z\x80"
	for n := 1; n < 8; n++ {
		var b [8]byte
		copy(b[:], text[:n])
		if got, want := loadRest(text[:n]), binary.LittleEndian.Uint64(b[:]); got != want {
			t.Errorf("%d bytes: %x, want %x", n, got, want)
		}
	}
}

// TestHashIsFixed: hashes are those of the first release.
func TestHashIsFixed(t *testing.T) {
	sum := uint64(0)
	for n := range 40 {
		sum = Mix(sum, HashSeed(strings.Repeat("SMITH-7", 6)[:n], uint64(n)))
	}
	if sum != fixedHashes {
		t.Errorf("%#x", sum)
	}
}

const fixedHashes = 0x57e73593f4289a81
