package mention

import (
	"cmp"
	"slices"
	"unsafe"
)

// A Value is the number of a distinct value in its dictionary; 0 is "not told".
type Value = uint32

// A Dictionary holds the distinct values of one kind (surnames, cities), each
// with its text, its hash and the number of mentions that tell it. Values count
// from 1; in a finished Set they stand in the order of their hash.
type Dictionary struct {
	text  []byte
	end   []uint32 // end of value i in text; end[0] = 0
	hash  []uint64
	count []uint32
	slots []uint64 // open addressing by hash: its upper half, and the value; dropped when the Set is built
}

func newDictionary() *Dictionary {
	return &Dictionary{end: []uint32{0}, hash: []uint64{0}, count: []uint32{0}, slots: make([]uint64, 16)}
}

// Len is one more than the number of distinct values: valid values are 1 to
// Len()-1. A nil dictionary is empty.
func (d *Dictionary) Len() int {
	if d == nil {
		return 1
	}
	return len(d.end)
}

// Text is the value's text; "" for 0. It shares the dictionary's memory.
func (d *Dictionary) Text(v Value) string {
	if v == 0 {
		return ""
	}
	b := d.text[d.end[v-1]:d.end[v]]
	return unsafe.String(unsafe.SliceData(b), len(b))
}

// Hash is the value's hash; 0 for 0.
func (d *Dictionary) Hash(v Value) uint64 { return d.hash[v] }

// Count is the number of mentions that tell the value.
func (d *Dictionary) Count(v Value) int { return int(d.count[v]) }

// Find is the number of a text, 0 if it is not in the dictionary. It works on
// a finished dictionary, by binary search on the hash.
func (d *Dictionary) Find(s string) Value {
	if d == nil || s == "" {
		return 0
	}
	h := Hash(s)
	at, _ := slices.BinarySearch(d.hash[1:], h)
	for at++; at < len(d.hash) && d.hash[at] == h; at++ {
		if d.Text(Value(at)) == s {
			return Value(at)
		}
	}
	return 0
}

// add gives the text's number, a new one if it was not met before.
func (d *Dictionary) add(s string) Value {
	if s == "" {
		return 0
	}
	return d.addHashed(s, Hash(s))
}

// addAll gives the numbers of many texts; hashes is memory to work in.
func (d *Dictionary) addAll(texts []string, hashes []uint64, values []Value) {
	for (len(d.end)+len(texts))*4 > len(d.slots)*3 {
		d.grow()
	}
	for i, s := range texts {
		hashes[i] = Hash(s)
	}
	d.fetch(hashes[:len(texts)])
	for i, s := range texts {
		values[i] = 0
		if s != "" {
			values[i] = d.addHashed(s, hashes[i])
		}
	}
}

// fetch brings what will be looked at near: slots and ends of texts lie anywhere
// in memory, and here a processor waits for many of them at once. The result is
// of no use but that it keeps the looks from being left out.
//
//go:noinline
func (d *Dictionary) fetch(hashes []uint64) (sum uint64) {
	mask := uint64(len(d.slots) - 1)
	for _, h := range hashes {
		sum += d.slots[h&mask]
	}
	for _, h := range hashes {
		if slot := d.slots[h&mask]; slot>>32 == h>>32 {
			sum += uint64(d.end[uint32(slot)])
		}
	}
	return sum
}

func (d *Dictionary) addHashed(s string, h uint64) Value {
	mask := uint64(len(d.slots) - 1)
	i := h & mask
	for ; d.slots[i] != 0; i = (i + 1) & mask {
		// The upper half of the hash stands in the slot: texts are compared
		// when they are equal, and hardly ever else.
		if v := Value(d.slots[i]); d.slots[i]>>32 == h>>32 && d.Text(v) == s {
			return v
		}
	}
	v := Value(len(d.end))
	d.text = append(d.text, s...)
	d.end = append(d.end, uint32(len(d.text)))
	d.hash = append(d.hash, h)
	d.slots[i] = h&^(1<<32-1) | uint64(v)
	if len(d.end)*4 > len(d.slots)*3 {
		d.grow()
	}
	return v
}

func (d *Dictionary) grow() {
	d.slots = make([]uint64, 2*len(d.slots))
	mask := uint64(len(d.slots) - 1)
	for v := 1; v < len(d.hash); v++ {
		i := d.hash[v] & mask
		for d.slots[i] != 0 {
			i = (i + 1) & mask
		}
		d.slots[i] = d.hash[v]&^(1<<32-1) | uint64(v)
	}
}

// finish puts the values into hash order (ties by text) and returns the new
// number of each old one, so that numbers do not depend on the order in which
// values were met.
func (d *Dictionary) finish() []Value {
	n := len(d.end)
	order := make([]uint32, n)
	for i := range order {
		order[i] = uint32(i)
	}
	sortByKey(order[1:], func(v uint32) uint64 { return d.hash[v] })
	for lo := 1; lo < n; {
		hi := lo + 1
		for hi < n && d.hash[order[hi]] == d.hash[order[lo]] {
			hi++
		}
		if hi > lo+1 {
			slices.SortFunc(order[lo:hi], func(a, b uint32) int { return cmp.Compare(d.Text(a), d.Text(b)) })
		}
		lo = hi
	}
	renumber := make([]Value, n)
	text := make([]byte, 0, len(d.text))
	end, hash := make([]uint32, 1, n), make([]uint64, 1, n)
	for now, old := range order[1:] {
		renumber[old] = Value(now + 1)
		text = append(text, d.Text(old)...)
		end = append(end, uint32(len(text)))
		hash = append(hash, d.hash[old])
	}
	d.text, d.end, d.hash, d.slots = text, end, hash, nil
	d.count = make([]uint32, n)
	return renumber
}
