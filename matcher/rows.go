package matcher

import (
	"math/bits"
	"sync"
	"sync/atomic"

	"github.com/casefold/casefold/matcher/similarity"
	"github.com/casefold/casefold/mention"
)

// The rows of a plan hold what most mentions tell, one value a column, so that
// a pair is compared within two cache lines. A mention that tells several
// values of a column has the column's bit set in its flags, and is compared on
// the set itself.
const (
	rowGiven = iota
	rowSurname
	rowMiddle
	rowBirth // an exact day, its decimal digits four bits each
	rowFlags // columns with several values; sex and suffix in the upper bytes
	rowFixed // words that every row has
)

// Bits of a row's flags. Places have one bit, further columns one each.
const (
	severalNames  = 1 << 0
	severalBirths = 1 << 1
	severalPlaces = 1 << 2
	severalFirst  = 3 // shift of the first further column
	severalMax    = 22
	sexShift      = 24 // two bits: 1 M, 2 F, 3 X
	suffixShift   = 28
)

// Bits of a number: it was copied from another system, came from prints, was
// read from a document.
const (
	copiedBit   = 1 << 31
	printBit    = 1 << 30
	documentBit = 1 << 29
	howMask     = copiedBit | printBit | documentBit
)

func howBits(h mention.How) uint32 {
	switch {
	case h == mention.LookUp:
		return copiedBit
	case h >= mention.Print:
		return printBit
	case h == mention.Document:
		return documentBit
	}
	return 0
}

// Words of a place, after the fixed words.
const (
	placeHouse = iota
	placeNumber
	placeStreet
	placeUnit
	placeCity
	placePostal
	placeWords
)

// A rowTable is the rows of all mentions.
type rowTable struct {
	words  []uint32
	stride int
	place  int   // first word of the place, -1 if places are not compared
	values []int // word of each comparison of values, -1 if it has none
	number []int // first word of each comparison of numbers, -1 if it has none: the value, its digest
	events []int // first word of two of each comparison of events: a digest of what is told
}

func (t *rowTable) row(m uint32) []uint32 {
	at := int(m) * t.stride
	return t.words[at : at+t.stride : at+t.stride]
}

// fetched is for how many pairs at once rows are brought near.
const fetched = 16

// fetch brings the rows of pairs near. A row lies anywhere in memory, and
// waiting for one at a time takes longer than comparing does: here a processor
// waits for all of them at once. The result is of no use but that it keeps the
// looks from being left out.
//
//go:noinline
func (t *rowTable) fetch(pairs []mention.Pair) (sum uint32) {
	for _, p := range pairs {
		a, b := int(p.A)*t.stride, int(p.B)*t.stride
		sum += t.words[a] + t.words[a+t.stride-1] + t.words[b] + t.words[b+t.stride-1]
	}
	return sum
}

// newRows lays out the rows for a plan's comparisons.
func (p *plan) newRows() rowTable {
	t := rowTable{stride: rowFixed, place: -1}
	if p.address >= 0 || p.area >= 0 || p.unit >= 0 {
		t.place = t.stride
		t.stride += placeWords
	}
	first := t.stride
	column := func() int {
		if severalFirst+t.stride-first >= severalMax {
			return -1
		}
		t.stride++
		return t.stride - 1
	}
	for range p.values {
		t.values = append(t.values, column())
	}
	for i := range p.numbers {
		at := -1
		if p.numbers[i].only >= 0 {
			at = column()
			t.stride++
		}
		t.number = append(t.number, at)
	}
	for range p.events {
		t.events = append(t.events, t.stride)
		t.stride += 2
	}
	t.words = make([]uint32, t.stride*p.set.Len())
	digests := digestsOf(p)
	const part = 1 << 14
	inParts(p.set.Len(), part, func(from, to int) {
		for m := from; m < to; m++ {
			p.fill(&t, uint32(m), digests)
		}
	})
	return t
}

// digestsOf are the digests of the numbers of every issuer whose numbers stand in rows.
func digestsOf(p *plan) [][]uint32 {
	out := make([][]uint32, len(p.set.Issuers))
	for i := range p.numbers {
		if at := p.numbers[i].only; at >= 0 {
			values := p.set.Issuers[at].Values
			out[at] = make([]uint32, values.Len())
			for v := 1; v < values.Len(); v++ {
				out[at][v] = numberDigest(values.Text(mention.Value(v)))
			}
		}
	}
	return out
}

// inParts runs work for parts of 0 to n, on all processors.
func inParts(n, part int, work func(from, to int)) {
	var next atomic.Int64
	var wg sync.WaitGroup
	for range min(workers(0), (n+part-1)/part) {
		wg.Go(func() {
			for {
				to := int(next.Add(int64(part)))
				if to-part >= n {
					return
				}
				work(to-part, min(to, n))
			}
		})
	}
	wg.Wait()
}

// fill sets the row of a mention.
func (p *plan) fill(t *rowTable, m uint32, digests [][]uint32) {
	s, row := p.set, t.row(m)
	flags := uint32(0)
	switch names := s.Names.Of(m); {
	case len(names) == 1:
		n := &names[0]
		row[rowGiven], row[rowSurname], row[rowMiddle] = n.Given, n.Surname, n.Middle
		flags |= uint32(n.Suffix) << suffixShift
	case len(names) > 1:
		flags |= severalNames
	}
	switch births := s.Births.Of(m); {
	case len(births) == 1 && births[0].Exact() && len(s.Written.Of(m)) == 0:
		row[rowBirth] = digitsOf(births[0].First)
	case len(births) > 0 || len(s.Written.Of(m)) > 0:
		flags |= severalBirths
	}
	switch s.Sex[m] {
	case 'M':
		flags |= 1 << sexShift
	case 'F':
		flags |= 2 << sexShift
	case 'X':
		flags |= 3 << sexShift
	}
	if t.place >= 0 {
		switch list := s.Addresses.Of(m); {
		case len(list) == 1:
			a := &list[0]
			copy(row[t.place:], []uint32{a.House, a.Number, a.Street, a.Unit, a.City, a.Postal})
		case len(list) > 1:
			flags |= severalPlaces
		}
	}
	for i, at := range t.values {
		if at >= 0 {
			flags |= single(p.values[i].list.Of(m), func(v mention.Value) uint32 { return v }, row, at) << t.bit(p, at)
		}
	}
	for i, at := range t.number {
		if at < 0 {
			continue
		}
		found := 0
		for _, id := range s.Identifiers.Of(m) {
			if p.numbers[i].kind[id.Issuer] {
				row[at] = id.Value | howBits(id.How)
				row[at+1] = digests[id.Issuer][id.Value]
				found++
			}
		}
		if found > 1 {
			row[at], row[at+1] = 0, 0
			flags |= 1 << t.bit(p, at)
		}
	}
	for i, at := range t.events {
		d := p.events[i].digest(m)
		row[at], row[at+1] = uint32(d), uint32(d>>32)
	}
	row[rowFlags] = flags
}

// numberDigest is a number's digest, with its length in the place of the
// eighth digit from the right, so that numbers of two lengths are told apart.
func numberDigest(text string) uint32 {
	return similarity.Digest(text)&0x0fffffff | uint32(len(text)&15)<<28
}

// farApart reports, of two digests, that their numbers are no slip of each
// other: equally long, and different in three places or more.
func farApart(x, y uint32) bool {
	diff := x ^ y
	return diff>>28 == 0 && bits.OnesCount32((diff|diff>>1|diff>>2|diff>>3)&0x01111111) > 2
}

// bit is the place of a further column's bit in the flags.
func (t *rowTable) bit(_ *plan, word int) int {
	first := rowFixed
	if t.place >= 0 {
		first += placeWords
	}
	return severalFirst + word - first
}

// single stores the only value of a list; 1 if there are several.
func single[T any](list []T, value func(T) uint32, row []uint32, at int) uint32 {
	if len(list) == 1 {
		row[at] = value(list[0])
	}
	if len(list) > 1 {
		return 1
	}
	return 0
}
