package identity

import (
	"crypto/sha256"
	"encoding/base32"
	"encoding/binary"
	"fmt"
	"strings"

	"github.com/casefold/casefold"
)

// An ID is an opaque number of 60 bits, printed as twelve letters and digits.
type ID uint64

var alphabet = base32.NewEncoding("0123456789ABCDEFGHJKMNPQRSTVWXYZ").WithPadding(base32.NoPadding)

// Person and Conviction print the ID as contract and commands know it.
func (id ID) Person() string     { return "P-" + id.text() }
func (id ID) Conviction() string { return "C-" + id.text() }

func (id ID) text() string {
	var b [8]byte
	binary.BigEndian.PutUint64(b[:], uint64(id)<<4)
	return alphabet.EncodeToString(b[:])[:12]
}

// ParseID reads what Person or Conviction printed, in either case.
func ParseID(s string) (ID, error) {
	upper := strings.ToUpper(s)
	if len(s) == 14 && (upper[:2] == "P-" || upper[:2] == "C-") {
		if b, err := alphabet.DecodeString(upper[2:] + "0"); err == nil {
			return ID(binary.BigEndian.Uint64(b) >> 4), nil
		}
	}
	return 0, fmt.Errorf("%q is not an ID of a person or conviction", s)
}

// A Row stands for a teller.
type Row [16]byte

// RowOf is the first half of a SHA-256 over source and row key.
func RowOf(t casefold.Teller) Row {
	var buf [128]byte
	b := binary.AppendUvarint(buf[:0], uint64(len(t.Source)))
	b = append(b, t.Source...)
	b = append(b, t.RowKey...)
	sum := sha256.Sum256(b)
	return Row(sum[:16])
}

// Compare orders rows bytewise.
func (r Row) Compare(s Row) int {
	if a, b := r.high(), s.high(); a != b {
		if a < b {
			return -1
		}
		return 1
	}
	a, b := binary.BigEndian.Uint64(r[8:]), binary.BigEndian.Uint64(s[8:])
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}

func (r Row) high() uint64 { return binary.BigEndian.Uint64(r[:8]) }

// mint is the try-th ID that content may have; tries after the first are for
// content whose ID is taken.
func mint(kind byte, content Row, try uint32) ID {
	var b [1 + 16 + 4]byte
	b[0] = kind
	copy(b[1:], content[:])
	binary.LittleEndian.PutUint32(b[17:], try)
	sum := sha256.Sum256(b[:])
	return ID(binary.BigEndian.Uint64(sum[:8]) >> 4)
}

// mintAll gives every content an ID that is neither taken nor given to another.
// Contents ascend; taken is sorted.
func mintAll(kind byte, contents []Row, taken []ID) []ID {
	ids := make([]ID, len(contents))
	for i, c := range contents {
		ids[i] = mint(kind, c, 0)
	}
	clash := clashes(ids, taken)
	if len(clash) == 0 {
		return ids
	}
	given := make(map[ID]bool, len(ids))
	for i, id := range ids {
		if !clash[i] {
			given[id] = true
		}
	}
	for i, c := range contents {
		for try := uint32(0); clash[i]; try++ {
			id := mint(kind, c, try)
			if !given[id] && !hasID(taken, id) {
				ids[i], given[id] = id, true
				break
			}
		}
	}
	return ids
}
