package blocking

import (
	"math/bits"

	"github.com/casefold/casefold/mention"
)

// keyed is the mentions of a rule with their keys, sorted by key, then mention.
type keyed struct {
	key     []uint64
	mention []uint32
}

// A division sorts keys, and drops those that only one mention has, in parts
// that fit into a processor's cache: keys are counted by their upper bits, put
// into their part, and each part is then looked at for itself. Keys are hashes,
// so that parts are about alike; equal keys in one part make it larger, and are
// no harm.
type division struct {
	shift int // upper bits begin here
	end   []int
	out   keyed
}

// partKeys is about how many keys a part holds: with what sorting takes beside
// it, half a megabyte.
const partKeys = 1 << 14

// mostParts bounds the parts: putting a key into one of very many waits for
// memory as looking for it would.
const mostParts = 10 // bits

func newDivision(keys int) *division {
	width := min(max(bits.Len(uint(keys/partKeys)), 1), mostParts)
	return &division{shift: 64 - width, end: make([]int, 1<<width)}
}

func (d *division) count(h uint64) { d.end[h>>d.shift]++ }

// begin makes room for all keys that were counted.
func (d *division) begin() {
	at := 0
	for i, n := range d.end {
		d.end[i], at = at, at+n
	}
	d.out = keyed{make([]uint64, at), make([]uint32, at)}
}

// put puts a key that was counted.
func (d *division) put(h uint64, m uint32) {
	at := &d.end[h>>d.shift]
	d.out.key[*at], d.out.mention[*at] = h, m
	*at++
}

// sorted is the keys that were put, but for most that occur once.
func (d *division) sorted() keyed {
	largest, from := 0, 0
	for _, end := range d.end {
		largest = max(largest, end-from)
		from = end
	}
	k2, i2, seen := make([]uint64, largest), make([]uint32, largest), newRepeats(largest, d.shift)
	n, from := 0, 0
	for _, end := range d.end {
		keys, mentions := d.out.key[from:end], d.out.mention[from:end]
		seen.clear()
		for _, h := range keys {
			seen.add(h)
		}
		first := n
		for i, h := range keys { // n never overtakes what is read
			if seen.again(h) {
				d.out.key[n], d.out.mention[n] = h, mentions[i]
				n++
			}
		}
		mention.SortBucket(d.out.key[first:n], d.out.mention[first:n], d.shift, k2, i2)
		from = end
	}
	return keyed{d.out.key[:n], d.out.mention[:n]}
}

// sorted drops most keys that only one member has and sorts the rest.
func (k keyed) sorted() keyed {
	d := newDivision(len(k.key))
	for _, h := range k.key {
		d.count(h)
	}
	d.begin()
	for i, h := range k.key {
		d.put(h, k.mention[i])
	}
	return d.sorted()
}

// repeats tell which keys of a part were met again: a bit per hash of a key says
// that it was met, another that it was met again. Some single keys seem to be, by
// collision; no other key is missed.
type repeats struct {
	once, twice []uint64
	shift       int
	mask        uint64
}

// newRepeats is for so many keys that agree in all bits from below on.
func newRepeats(n, below int) repeats {
	width := max(min(bits.Len(uint(n))+3, below), 6)
	return repeats{make([]uint64, 1<<(width-6)), make([]uint64, 1<<(width-6)), below - width, 1<<width - 1}
}

func (r *repeats) clear() {
	clear(r.once)
	clear(r.twice)
}

func (r *repeats) add(h uint64) {
	place := h >> r.shift & r.mask
	at, bit := place>>6, uint64(1)<<(place&63)
	if r.once[at]&bit != 0 {
		r.twice[at] |= bit
	}
	r.once[at] |= bit
}

func (r *repeats) again(h uint64) bool {
	place := h >> r.shift & r.mask
	return r.twice[place>>6]>>(place&63)&1 != 0
}
