package normalize

import (
	"encoding/binary"
	"slices"

	"github.com/casefold/casefold"
)

// A codes remembers what the cells of some columns were read as together, by the
// numbers of their values. It is bounded and stands aside as a memo does.
type codes[V any] struct {
	columns    []int
	known      map[string]*V
	asked, hit int
	rest       int
}

func newCodes[V any](columns []int) codes[V] {
	return codes[V]{columns: columns, known: map[string]*V{}}
}

// get is what the cells of the row at hand are read as; read reads them where
// that is not known.
func (c *codes[V]) get(n *Normalizer, read func() V) *V {
	if c.rest > 0 {
		c.rest--
		n.fill(c.columns)
		v := read()
		return &v
	}
	c.asked++
	key := n.key[:0]
	for _, i := range c.columns {
		key = binary.AppendUvarint(key, uint64(n.ids[i]))
	}
	n.key = key
	if v := c.known[string(key)]; v != nil {
		c.hit++
		return v
	}
	own := string(key)
	n.fill(c.columns)
	v := read()
	if len(c.known) >= memoSize {
		clear(c.known)
	}
	c.known[own] = &v
	if c.asked >= memoJudge {
		if c.hit < c.asked/8 {
			c.rest = 4 * memoJudge
			clear(c.known)
		}
		c.asked, c.hit = 0, 0
	}
	return &v
}

// nearColumns is how many columns of numbers of cases, bookings and arrests are
// remembered together; a source with more of them is read anew each time.
const nearColumns = 8

// A nearKey is the values of number columns, and who acts in the event.
type nearKey struct {
	who *whoPart
	ids [nearColumns]uint32
}

func (k *nearKey) slot() uint32 {
	h := uint32(2166136261)
	for _, id := range k.ids {
		h = (h ^ id) * 16777619
	}
	return h >> 22 // of nearSlots
}

const nearSlots = 1 << 10

// A nearNumbers remembers the numbers of the rows just read: those of one case
// mostly follow one another, and do not come again later.
type nearNumbers struct {
	columns []int
	slots   []struct {
		key   nearKey
		value numberPart
	}
}

// A codedCell remembers the dates of a cell by number.
type codedCell struct {
	cell  *cell
	dates []codedDate
}

// A codedDate is what a value of a date column tells.
type codedDate struct {
	date casefold.Date
	told dateTold
	odd  string // the finding's code, where it tells no date
}

type dateTold uint8

const (
	dateUnread  dateTold = iota
	dateMissing          // nothing, or a filler
	dateOdd
	dateOK
)

// mostCodedDates bounds the numbers of dates that are remembered: fifty years
// have eighteen thousand days.
const mostCodedDates = 1 << 16

// columnsOf are the distinct columns of cells, ascending.
func columnsOf(cells ...cell) []int {
	var out []int
	for _, c := range cells {
		if c.column >= 0 {
			out = append(out, c.column)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// cellsOf are the cells of the fields from first to last of a plan.
func (p *plan) cellsOf(first, last fieldID) (out []cell) {
	for f := first; f <= last; f++ {
		out = append(out, p.cells[f]...)
	}
	return out
}
