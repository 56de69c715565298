package engine

import (
	"fmt"
	"slices"
	"strings"
	"unsafe"

	"github.com/casefold/casefold/mention"
)

// texts numbers distinct texts in the order in which they come. It holds no
// pointer per text: ten million row keys are three slices.
type texts struct {
	bytes []byte
	end   []uint64 // of each text, in bytes
	slots []uint64 // open addressing: the hash's upper half, and the number plus one
}

func (t *texts) len() int { return len(t.end) }

// at is a text. It shares the memory of all.
func (t *texts) at(i uint32) string {
	from := uint64(0)
	if i > 0 {
		from = t.end[i-1]
	}
	b := t.bytes[from:t.end[i]]
	return unsafe.String(unsafe.SliceData(b), len(b))
}

// slot is where a text stands in slots, or would.
func (t *texts) slot(s string, tag uint64) (slot int, number uint32, ok bool) {
	mask := uint64(len(t.slots) - 1)
	for i := tag & mask; ; i = (i + 1) & mask {
		v := t.slots[i]
		if v == 0 {
			return int(i), 0, false
		}
		if n := uint32(v) - 1; v>>32 == tag && t.at(n) == s {
			return int(i), n, true
		}
	}
}

func tagOf(s string) uint64 { return mention.Hash(s) >> 32 }

// find is the number of a text.
func (t *texts) find(s string) (uint32, bool) {
	if t.len() == 0 {
		return 0, false
	}
	if len(t.slots) == 0 {
		t.remember()
	}
	_, n, ok := t.slot(s, tagOf(s))
	return n, ok
}

// add is find, taking in a text that is new.
func (t *texts) add(s string) (number uint32, isNew bool) {
	if 4*(len(t.end)+1) > 3*len(t.slots) {
		t.grow()
	}
	tag := tagOf(s)
	slot, n, ok := t.slot(s, tag)
	if ok {
		return n, false
	}
	n = uint32(len(t.end))
	t.bytes = append(t.bytes, s...)
	t.end = append(t.end, uint64(len(t.bytes)))
	t.slots[slot] = tag<<32 | uint64(n+1)
	return n, true
}

// forget gives up what finding needs: the texts remain.
func (t *texts) forget() { t.slots = nil }

// remember makes what finding needs.
func (t *texts) remember() {
	for 3*len(t.slots) < 4*(t.len()+1) {
		t.slots = make([]uint64, max(64, 2*len(t.slots)))
	}
	for i := range t.len() {
		tag := tagOf(t.at(uint32(i)))
		slot, _, _ := t.slot(t.at(uint32(i)), tag)
		t.slots[slot] = tag<<32 | uint64(i+1)
	}
}

// put puts the texts on a shelf; openTexts gives them back.
func (t *texts) put(put mention.Put) error {
	if err := put("keys.bytes", t.bytes); err != nil {
		return err
	}
	return put("keys.end", mention.AsBytes(t.end))
}

// openTexts are so many texts, read where they lie.
func openTexts(columns mention.Columns, n int) (*texts, error) {
	t := &texts{bytes: columns("keys.bytes"), end: mention.FromBytes[uint64](columns("keys.end"))}
	if len(t.end) != n || n > 0 && t.end[n-1] != uint64(len(t.bytes)) {
		return nil, fmt.Errorf("%w: keys", mention.ErrColumns)
	}
	return t, nil
}

// expect takes memory for so many texts, by what those at hand are like.
func (t *texts) expect(n int) {
	if t.len() == 0 || n <= t.len() {
		return
	}
	t.bytes = slices.Grow(t.bytes, len(t.bytes)/t.len()*(n-t.len()))
	t.end = slices.Grow(t.end, n-t.len())
	for 3*len(t.slots) < 4*n {
		t.grow()
	}
}

func (t *texts) grow() {
	old := t.slots
	t.slots = make([]uint64, max(64, 2*len(old)))
	mask := uint64(len(t.slots) - 1)
	for _, v := range old {
		if v == 0 {
			continue
		}
		i := v >> 32 & mask
		for t.slots[i] != 0 {
			i = (i + 1) & mask
		}
		t.slots[i] = v
	}
}

// inOrder are the numbers of the texts, sorted by text.
func (t *texts) inOrder() []uint32 {
	out := make([]uint32, t.len())
	for i := range out {
		out[i] = uint32(i)
	}
	slices.SortFunc(out, func(a, b uint32) int { return strings.Compare(t.at(a), t.at(b)) })
	return out
}
