package blocking

import (
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

// allKeys collects the keys of every mention that some other has too, sorted.
// They are worked out twice, once to see where they will stand: holding them
// unsorted would take longer to read again.
func (k *keyer) allKeys() keyed {
	n := uint32(k.set.Len())
	for _, t := range k.terms {
		t.fill(int(n))
	}
	var buf []uint64
	d := newDivision(int(n))
	for m := range n {
		buf = k.keys(m, buf[:0])
		for _, h := range buf {
			d.count(h)
		}
	}
	d.begin()
	for m := range n {
		buf = k.keys(m, buf[:0])
		for _, h := range buf {
			d.put(h, m)
		}
	}
	return d.sorted()
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
