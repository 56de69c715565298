package engine

import (
	"unsafe"

	"github.com/casefold/casefold"
	"github.com/casefold/casefold/mention"
)

// A knownTable numbers the values of one history after the other. Forgetting
// all of them takes a step, whatever it holds, and what it holds is met by its
// hash; a Go map took most of a history's time.
type knownTable[K comparable] struct {
	slots []knownSlot[K] // a power of two
	round uint32         // of the slots that count
	count int
}

type knownSlot[K comparable] struct {
	key    K
	hash   uint32
	round  uint32
	number uint64
}

// fewSlots is how large a table starts, mostSlots how large one is kept for the
// next history.
const (
	fewSlots  = 1 << 8
	mostSlots = 1 << 13
)

func (t *knownTable[K]) forget() {
	if t.round++; t.slots == nil || len(t.slots) > mostSlots || t.round == 0 {
		t.slots, t.round = make([]knownSlot[K], fewSlots), 1
	}
	t.count = 0
}

// find is the slot of a key: known, or free for it.
func (t *knownTable[K]) find(hash uint64, key K) (s *knownSlot[K], known bool) {
	h := uint32(hash>>32) ^ uint32(hash)
	mask := uint32(len(t.slots) - 1)
	for i := h & mask; ; i = (i + 1) & mask {
		s = &t.slots[i]
		if s.round != t.round {
			s.hash = h
			return s, false
		}
		if s.hash == h && s.key == key {
			return s, true
		}
	}
}

// take fills the free slot that find gave.
func (t *knownTable[K]) take(s *knownSlot[K], key K, number uint64) {
	s.key, s.round, s.number = key, t.round, number
	if t.count++; t.count > len(t.slots)/2 {
		t.grow()
	}
}

func (t *knownTable[K]) grow() {
	old := t.slots
	t.slots = make([]knownSlot[K], 2*len(old))
	mask := uint32(len(t.slots) - 1)
	for i := range old {
		if old[i].round != t.round {
			continue
		}
		at := old[i].hash & mask
		for t.slots[at].round == t.round {
			at = (at + 1) & mask
		}
		t.slots[at] = old[i]
	}
}

// nearTexts is how many texts are known by where they lie.
const nearTexts = 1 << 8

// A nearText is a text by where it lies, and its number: a history's facts
// mostly share their texts, and a text does not move while it is written.
type nearText struct {
	at     *byte
	length int
	number uint64
}

func (c *coder) nearText(s string) *nearText {
	at := uintptr(unsafe.Pointer(unsafe.StringData(s)))
	return &c.near[(at>>3^at>>11)%nearTexts]
}

// textNumber is the number of a text that was told before; a new one gets the
// next.
func (c *coder) textNumber(s string) (n uint64, known bool) {
	near := c.nearText(s)
	if near.at == unsafe.StringData(s) && near.length == len(s) {
		return near.number, true
	}
	slot, known := c.textOf.find(mention.Hash(s), s)
	if !known {
		c.textOf.take(slot, s, textOld+uint64(c.textOf.count))
		n = textOld + uint64(c.textOf.count-1)
	} else {
		n = slot.number
	}
	*near = nearText{unsafe.StringData(s), len(s), n}
	return n, known
}

// A nearRow is a row by where its key lies, and its number, 0 for none.
type nearRow struct {
	source, key       *byte
	sourceLen, keyLen int
	number            uint64
}

// rowNumber is the number of a row that was told before, 0 if it was not.
func (c *coder) rowNumber(t *casefold.Teller) uint64 {
	want := nearRow{unsafe.StringData(t.Source), unsafe.StringData(t.RowKey), len(t.Source), len(t.RowKey), 0}
	at := uintptr(unsafe.Pointer(want.key))
	near := &c.nearRows[(at>>3^at>>11)%nearTexts]
	want.number = near.number
	if *near == want {
		return near.number
	}
	slot, known := c.tellerOf.find(tellerHash(t), *t)
	if !known {
		return 0
	}
	want.number = slot.number
	*near = want
	return slot.number
}

// tellRow gives a row that was not told before the next number.
func (c *coder) tellRow(t *casefold.Teller) {
	slot, _ := c.tellerOf.find(tellerHash(t), *t)
	c.tellerOf.take(slot, *t, 1+uint64(c.tellerOf.count))
}

// tellerHash is of the key alone: rows of several sources rarely have one.
func tellerHash(t *casefold.Teller) uint64 { return mention.Hash(t.RowKey) }
