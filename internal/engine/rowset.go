package engine

import (
	"encoding/binary"
	"slices"

	"github.com/casefold/casefold"
	"github.com/casefold/casefold/internal/source"
)

// chunkRows is how many rows one chunk of cells holds: large enough that a
// chunk is cheap, small enough that growth copies nothing.
const chunkRows = 1 << 14

// A rowSet holds the accepted rows of one source, dictionary-encoded: of each
// column that the mapping uses, a cell is a number into the column's distinct
// values, in as many bytes as a chunk's largest takes. A state extract's row of
// 800 bytes takes 60 that way, and any later stage gets its values without
// splitting text again.
type rowSet struct {
	layout  casefold.Layout // the columns kept, in the order of the source's
	keep    []int           // their places among a row's values
	columns []dictionary    // one per kept column, then one per group column
	chunks  []rowChunk      // of chunkRows rows each
	open    []uint32        // the chunk that is being filled: rows of len(keep) cells
	groups  []uint32        // cells of JSON groups, row after row
	bounds  []uint32        // where each row's groups begin, in groups; empty if the source has none
	rows    int
}

// newRowSet keeps the columns of the reader's layout that the source names.
func newRowSet(src *casefold.Source, layout casefold.Layout) *rowSet {
	used := usedColumns(src, layout)
	s := &rowSet{layout: casefold.Layout{Groups: layout.Groups}}
	for i, c := range layout.Columns {
		if used[i] {
			s.keep = append(s.keep, i)
			s.layout.Columns = append(s.layout.Columns, c)
		}
	}
	s.columns = make([]dictionary, len(s.keep)+len(layout.Groups))
	for i := range s.columns {
		s.columns[i] = newDictionary()
	}
	return s
}

// usedColumns marks the layout's columns that the source refers to anywhere.
func usedColumns(src *casefold.Source, layout casefold.Layout) []bool {
	used := make([]bool, len(layout.Columns))
	mark := func(ref string) {
		if i := source.MatchColumn(layout.Columns, ref); i >= 0 {
			used[i] = true
		}
	}
	for _, ref := range source.References(src) {
		mark(ref)
	}
	groups := slices.Clone(src.Mapping.Counts)
	for _, p := range src.Mapping.People {
		groups = append(groups, p.Fields)
		for _, id := range p.Identifiers {
			mark(id.Column)
		}
	}
	for _, g := range groups {
		for _, refs := range g {
			for _, ref := range refs {
				mark(ref)
			}
		}
	}
	return used
}

// add copies a row's values and returns the row's number.
func (s *rowSet) add(row *casefold.Row) int {
	n, width := s.rows, len(s.keep)
	if s.open == nil {
		s.open = make([]uint32, 0, chunkRows*width)
	}
	for i, from := range s.keep {
		s.open = append(s.open, s.columns[i].encode(row.Values[from]))
	}
	if (n+1)%chunkRows == 0 {
		s.pack()
	}
	if len(s.layout.Groups) > 0 {
		s.bounds = append(s.bounds, uint32(len(s.groups)))
		for _, g := range row.Groups {
			for j, v := range g {
				s.groups = append(s.groups, s.columns[width+j].encode(v))
			}
		}
	}
	s.rows++
	return n
}

// row fills in the values of row n. The strings are the dictionary's own and
// may be kept; the slices are reused by the next call with the same Row.
func (s *rowSet) row(n int, into *casefold.Row) {
	into.Values = into.Values[:0]
	c := &s.chunks[n/chunkRows]
	cells := c.cells[n%chunkRows*c.stride:]
	for i, size := range c.sizes {
		into.Values = append(into.Values, s.columns[i].values[cellNumber(cells, size)])
		cells = cells[size:]
	}
	into.Groups = into.Groups[:0]
	per := len(s.layout.Groups)
	if per == 0 {
		return
	}
	end := uint32(len(s.groups))
	if n+1 < len(s.bounds) {
		end = s.bounds[n+1]
	}
	for from := s.bounds[n]; from < end; from += uint32(per) {
		g := make([]string, per)
		for j := range g {
			g[j] = s.columns[len(s.keep)+j].values[s.groups[from+uint32(j)]]
		}
		into.Groups = append(into.Groups, g)
	}
}

// numbers are the numbers of row n's values, in used memory.
func (s *rowSet) numbers(n int, into []uint32) []uint32 {
	c := &s.chunks[n/chunkRows]
	cells := c.cells[n%chunkRows*c.stride:]
	into = into[:0]
	for _, size := range c.sizes {
		into = append(into, cellNumber(cells, size))
		cells = cells[size:]
	}
	return into
}

func cellNumber(cells []byte, size uint8) uint32 {
	switch size {
	case 1:
		return uint32(cells[0])
	case 2:
		return uint32(binary.LittleEndian.Uint16(cells))
	case 4:
		return binary.LittleEndian.Uint32(cells)
	}
	return 0
}

// values are the distinct values of each column kept.
func (s *rowSet) values() [][]string {
	out := make([][]string, len(s.keep))
	for i := range out {
		out[i] = s.columns[i].values
	}
	return out
}

// A rowChunk is rows one behind the other. Of each column a cell takes 0 bytes
// (nothing is told), 1, 2 or 4.
type rowChunk struct {
	sizes  []uint8
	stride int // bytes of a row
	cells  []byte
}

// pack closes the chunk that is being filled.
func (s *rowSet) pack() {
	width := len(s.keep)
	c := rowChunk{sizes: make([]uint8, width)}
	for i := range c.sizes {
		var most uint32
		for at := i; at < len(s.open); at += width {
			most = max(most, s.open[at])
		}
		switch {
		case most == 0:
		case most < 1<<8:
			c.sizes[i] = 1
		case most < 1<<16:
			c.sizes[i] = 2
		default:
			c.sizes[i] = 4
		}
		c.stride += int(c.sizes[i])
	}
	if width > 0 {
		c.cells = make([]byte, 0, len(s.open)/width*c.stride)
	}
	for at, id := range s.open {
		switch c.sizes[at%width] {
		case 1:
			c.cells = append(c.cells, byte(id))
		case 2:
			c.cells = binary.LittleEndian.AppendUint16(c.cells, uint16(id))
		case 4:
			c.cells = binary.LittleEndian.AppendUint32(c.cells, id)
		}
	}
	s.chunks, s.open = append(s.chunks, c), s.open[:0]
}

// seal ends the adding of rows, after which they can be read: what is only needed to find a value's number
// goes, about a third of the set's memory.
func (s *rowSet) seal() {
	if s.rows%chunkRows != 0 {
		s.pack()
	}
	s.open = nil
	for i := range s.columns {
		s.columns[i].ids = nil
	}
}

// distinct calls fn with made-up rows that together hold every distinct value
// of every column at least once.
func (s *rowSet) distinct(fn func(*casefold.Row)) {
	row := casefold.Row{Values: make([]string, len(s.keep))}
	if n := len(s.layout.Groups); n > 0 {
		row.Groups = [][]string{make([]string, n)}
	}
	for i := 0; ; i++ {
		more := false
		for c := range s.columns {
			v := ""
			if i < len(s.columns[c].values) {
				v, more = s.columns[c].values[i], true
			}
			if c < len(s.keep) {
				row.Values[c] = v
			} else {
				row.Groups[0][c-len(s.keep)] = v
			}
		}
		if !more {
			return
		}
		fn(&row)
	}
}

// A dictionary numbers the distinct values of one column. Number 0 is "".
type dictionary struct {
	values []string
	ids    map[string]uint32
	last   uint32 // of the row before: rows of one subject repeat themselves
}

func newDictionary() dictionary {
	return dictionary{values: []string{""}, ids: map[string]uint32{}}
}

func (d *dictionary) encode(v string) uint32 {
	if v == "" {
		return 0
	}
	if d.values[d.last] == v {
		return d.last
	}
	id, ok := d.ids[v]
	if !ok {
		id = uint32(len(d.values))
		own := string([]byte(v)) // v may lie in the reader's buffer
		d.values = append(d.values, own)
		d.ids[own] = id
	}
	d.last = id
	return id
}
