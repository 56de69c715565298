package blocking

import (
	"math/bits"
	"slices"

	"github.com/casefold/casefold/mention"
)

// maxKeys bounds the keys that one mention has under one rule: a person with
// thirty aliases and ten birth dates does not make three hundred blocks.
const maxKeys = 48

// A keyer gives the keys of a rule.
type keyer struct {
	set    *mention.Set
	terms  []*reader
	named  bool // some term reads one name of several
	salt   uint64
	values [][]uint64 // scratch: values of each term
}

func newKeyer(x *readers, r Rule) *keyer {
	k := &keyer{set: x.set, salt: mention.Hash(join(r.Key)), values: make([][]uint64, len(r.Key))}
	for _, t := range r.Key {
		rd := x.reader(t)
		k.terms = append(k.terms, rd)
		k.named = k.named || rd.ofName
	}
	return k
}

// keys appends the distinct keys of mention m.
func (k *keyer) keys(m uint32, to []uint64) []uint64 {
	h, whole := k.salt, true
	for i := range k.terms {
		column := k.terms[i].column
		if column == nil || column[m] == several {
			whole = false
			break
		}
		if column[m] == none {
			return to
		}
		h = mention.Mix(h, uint64(column[m]))
	}
	if whole {
		return append(to, h)
	}
	if !k.named {
		return k.combine(m, 0, to)
	}
	for name := range k.set.Names.Of(m) {
		to = k.combine(m, name, to)
	}
	return to
}

// combine appends a key per combination of the terms' values under one name.
func (k *keyer) combine(m uint32, name int, to []uint64) []uint64 {
	for i, t := range k.terms {
		k.values[i] = t.read(m, name, k.values[i][:0])
		if len(k.values[i]) == 0 {
			return to
		}
	}
	return k.product(0, k.salt, to)
}

func (k *keyer) product(i int, h uint64, to []uint64) []uint64 {
	if i == len(k.values) {
		if len(to) >= maxKeys || slices.Contains(to, h) {
			return to
		}
		return append(to, h)
	}
	for _, v := range k.values[i] {
		to = k.product(i+1, mention.Mix(h, short(v)), to)
	}
	return to
}

// keyed is the mentions of a rule with their keys, sorted by key, then mention.
type keyed struct {
	key     []uint64
	mention []uint32
}

// twiceFrom is the number of mentions from which keys are worked out twice, once
// to see which are shared, instead of all being held. That takes a fifth longer,
// and a third of the memory.
const twiceFrom = 4_000_000

// allKeys collects the keys of every mention that some other has too, sorted.
func (k *keyer) allKeys() keyed {
	n := uint32(k.set.Len())
	for _, t := range k.terms {
		t.fill(int(n))
	}
	if n < twiceFrom {
		return k.everyKey().sorted()
	}
	var buf []uint64
	seen := newRepeats(int(n))
	for m := range n {
		buf = k.keys(m, buf[:0])
		for _, h := range buf {
			seen.add(h)
		}
	}
	var out keyed
	for m := range n {
		buf = k.keys(m, buf[:0])
		for _, h := range buf {
			if seen.again(h) {
				out.key, out.mention = append(out.key, h), append(out.mention, m)
			}
		}
	}
	mention.SortHashed(out.key, out.mention)
	return out
}

// everyKey collects the keys of every mention, by mention.
func (k *keyer) everyKey() keyed {
	n := k.set.Len()
	out := keyed{make([]uint64, 0, n), make([]uint32, 0, n)}
	var buf []uint64
	for m := range uint32(n) {
		buf = k.keys(m, buf[:0])
		for _, h := range buf {
			out.key = append(out.key, h)
			out.mention = append(out.mention, m)
		}
	}
	return out
}

// sorted drops keys that only one member has and sorts the rest.
func (k keyed) sorted() keyed {
	k = k.shared()
	mention.SortHashed(k.key, k.mention)
	return k
}

// shared drops most keys that occur once.
func (k keyed) shared() keyed {
	if len(k.key) < 64 {
		return k
	}
	seen := newRepeats(len(k.key))
	for _, h := range k.key {
		seen.add(h)
	}
	n := 0
	for i, h := range k.key {
		if seen.again(h) {
			k.key[n], k.mention[n] = h, k.mention[i]
			n++
		}
	}
	k.key, k.mention = k.key[:n], k.mention[:n]
	return k
}

// repeats tell which keys were met again: a bit per hash of a key says that it
// was met, another that it was met again. Some single keys seem to be, by
// collision; no other key is missed.
type repeats struct {
	once, twice []uint64
	shift       int
}

func newRepeats(n int) repeats {
	shift := 64 - max(min(bits.Len(uint(n))+3, 34), 6)
	return repeats{make([]uint64, 1<<(64-shift-6)), make([]uint64, 1<<(64-shift-6)), shift}
}

func (r *repeats) add(h uint64) {
	at, bit := h>>r.shift>>6, uint64(1)<<(h>>r.shift&63)
	if r.once[at]&bit != 0 {
		r.twice[at] |= bit
	}
	r.once[at] |= bit
}

func (r *repeats) again(h uint64) bool {
	return r.twice[h>>r.shift>>6]>>(h>>r.shift&63)&1 != 0
}

// Keys of sub-blocks carry in their lowest bit whether they divide the block
// exactly: each member has one value of the refining term, and so each pair is
// in one sub-block at most.
const exactly = 1

// divide gives the members of a block their keys under a refining term. A
// member without value has a key that all such members share.
func divide(t *reader, key uint64, members []uint32, out keyed, buf []uint64) keyed {
	first := len(out.key)
	exact := uint64(exactly)
	for _, m := range members {
		if t.column != nil && t.column[m] != several {
			out.key = append(out.key, mention.Mix(key, uint64(t.column[m])))
			out.mention = append(out.mention, m)
			continue
		}
		if buf = t.readAll(m, buf[:0]); len(buf) == 0 {
			buf = append(buf, none)
		}
		if len(buf) > 1 {
			exact = 0
		}
		for _, v := range buf {
			if v != none {
				v = short(v)
			}
			out.key = append(out.key, mention.Mix(key, v))
			out.mention = append(out.mention, m)
		}
	}
	for i := range out.key[first:] {
		out.key[first+i] = out.key[first+i]&^exactly | exact
	}
	return out
}
