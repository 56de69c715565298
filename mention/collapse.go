package mention

import (
	"cmp"
	"slices"

	"github.com/casefold/casefold"
)

// A collapseKey says that its record is the same person as every other record
// with an equal key: within one source, by its person key, a booking, or a case
// with its defendant. Two 64-bit hashes stand for the text.
type collapseKey struct {
	a, b   uint64
	record uint32
}

// collapse notes a key of record r. The kind and the source are part of it, so
// that keys of different sources or sorts never meet.
func (b *Builder) collapse(r int, src uint16, kind byte, x, y, z string) {
	t := append(b.scratch[:0], kind)
	for _, part := range [...]string{b.info[src].Name, x, y, z} {
		t = append(append(t, 0), part...)
	}
	b.scratch = t
	text := string(t)
	k := collapseKey{Hash(text), HashSeed(text, 1), uint32(r)}
	if n := len(b.key); n > 0 && b.key[n-1] == k {
		return
	}
	b.key = append(b.key, k)
}

// collapseEvent notes that record r tells of a booking, or of a case with its
// defendant, which its source gives to one person. It joins rows that also tell
// the same name or the same birth date: a number miswritten or used twice never
// makes one person of two whose names and birth dates both differ. Where the
// source has person keys, they alone speak.
func (b *Builder) collapseEvent(r int, src uint16, p *casefold.PersonFacts, kind byte, number string) {
	if p.PersonKey != "" {
		return
	}
	for i := range p.Names {
		if n := &p.Names[i]; n.Last != "" && n.First != "" {
			b.collapse(r, src, kind, number, n.Last, n.First)
		}
	}
	for _, d := range p.Births {
		if d.Exact() {
			b.collapse(r, src, kind, number, d.First.String(), "")
		}
	}
}

// group puts records into mentions: records joined by a chain of equal keys
// are one. It returns the records in mention order, and where each mention
// begins (one more entry at the end). Within a mention, records stand by
// identity.
func (b *Builder) group() (records, start []uint32) {
	n := len(b.identity[0])
	order := make([]uint32, n)
	for i := range order {
		order[i] = uint32(i)
	}
	b.sortByIdentity(order)
	if len(b.key) == 0 { // each record is a mention
		start = make([]uint32, n+1)
		for i := range start {
			start[i] = uint32(i)
		}
		return order, start
	}
	root := b.joined(n)
	// first[x] is the place, in identity order, of the first record of root x:
	// records sorted by it (stably) stand in mention order.
	first := make([]uint32, n)
	seen := make([]bool, n)
	keys := make([]uint64, n)
	for at, r := range order {
		x := root[r]
		if !seen[x] {
			seen[x], first[x] = true, uint32(at)
		}
		keys[at] = uint64(first[x])
	}
	grouped := slices.Clone(keys)
	SortByKey(grouped, order)
	start = []uint32{}
	for at := range order {
		if at == 0 || grouped[at] != grouped[at-1] {
			start = append(start, uint32(at))
		}
	}
	return order, append(start, uint32(n))
}

// joined is the union of records over equal keys: the root of each record.
func (b *Builder) joined(n int) []uint32 {
	root := make([]uint32, n)
	for i := range root {
		root[i] = uint32(i)
	}
	find := func(x uint32) uint32 {
		for root[x] != x {
			root[x] = root[root[x]]
			x = root[x]
		}
		return x
	}
	slices.SortFunc(b.key, func(x, y collapseKey) int {
		return cmp.Or(cmp.Compare(x.a, y.a), cmp.Compare(x.b, y.b), cmp.Compare(x.record, y.record))
	})
	for i := 1; i < len(b.key); i++ {
		if x, y := b.key[i-1], b.key[i]; x.a == y.a && x.b == y.b {
			p, q := find(x.record), find(y.record)
			root[max(p, q)] = min(p, q)
		}
	}
	b.key = nil
	for i := range root {
		root[i] = find(uint32(i))
	}
	return root
}

// sortByIdentity sorts records by the two hashes of source and row key.
func (b *Builder) sortByIdentity(order []uint32) {
	sortByKey(order, func(r uint32) uint64 { return b.identity[0][r] })
	for lo := 0; lo < len(order); {
		hi := lo + 1
		for hi < len(order) && b.identity[0][order[hi]] == b.identity[0][order[lo]] {
			hi++
		}
		if hi > lo+1 {
			slices.SortStableFunc(order[lo:hi], func(x, y uint32) int { return cmp.Compare(b.identity[1][x], b.identity[1][y]) })
		}
		lo = hi
	}
}
