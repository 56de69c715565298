package identity

import (
	"encoding/binary"
	"errors"
	"fmt"
)

// Persons and Convictions are kept as a series of records. Encode hands them
// to put one by one; Decode takes the same series from each, which calls back
// for every record.

// ErrDamaged: the records are not what Encode wrote.
var ErrDamaged = errors.New("identity records cannot be read")

// A record begins with the letter of its column: H holders, L lineage, R rows,
// T tellers, K keys. Records of one column come in order.
const perRecord = 1 << 14

// Encode hands out the records of p.
func (p *Persons) Encode(put func(record []byte) error) error {
	e := encoder{put: put}
	e.holders(p.holders)
	e.lineage(p.lineage)
	e.each('R', len(p.rows), func(b []byte, i int) []byte {
		b = append(b, p.rows[i][:]...)
		b = binary.LittleEndian.AppendUint32(b, uint32(p.last[i]))
		return binary.LittleEndian.AppendUint32(b, uint32(p.origin[i]))
	})
	return e.err
}

// DecodePersons reads what Encode wrote.
func DecodePersons(each func(func(record []byte) error) error) (*Persons, error) {
	p := &Persons{}
	err := each(func(record []byte) error {
		d, err := newDecoder(record)
		if err != nil {
			return err
		}
		for range d.count {
			switch d.column {
			case 'H':
				p.holders = append(p.holders, d.holder())
			case 'L':
				p.lineage = append(p.lineage, d.event())
			case 'R':
				p.rows = append(p.rows, Row(d.take(16)))
				p.last, p.origin = append(p.last, d.int32()), append(p.origin, d.int32())
			default:
				return ErrDamaged
			}
		}
		return d.end()
	})
	if err != nil {
		return nil, err
	}
	for i := range p.rows {
		if !within(p.last[i], p.holders) || !within(p.origin[i], p.holders) || i > 0 && p.rows[i-1].Compare(p.rows[i]) >= 0 {
			return nil, ErrDamaged
		}
	}
	return p, checkHolders(p.holders)
}

// Encode hands out the records of r.
func (r *Convictions) Encode(put func(record []byte) error) error {
	e := encoder{put: put}
	e.holders(r.holders)
	e.lineage(r.lineage)
	for _, column := range []struct {
		letter byte
		marks  []mark
	}{{'T', r.tellers}, {'K', r.keys}} {
		e.each(column.letter, len(column.marks), func(b []byte, i int) []byte {
			b = binary.LittleEndian.AppendUint64(b, column.marks[i].hash)
			return binary.LittleEndian.AppendUint32(b, uint32(column.marks[i].holder))
		})
	}
	return e.err
}

// DecodeConvictions reads what Encode wrote.
func DecodeConvictions(each func(func(record []byte) error) error) (*Convictions, error) {
	r := &Convictions{}
	err := each(func(record []byte) error {
		d, err := newDecoder(record)
		if err != nil {
			return err
		}
		for range d.count {
			switch d.column {
			case 'H':
				r.holders = append(r.holders, d.holder())
			case 'L':
				r.lineage = append(r.lineage, d.event())
			case 'T':
				r.tellers = append(r.tellers, mark{d.uint64(), d.int32()})
			case 'K':
				r.keys = append(r.keys, mark{d.uint64(), d.int32()})
			default:
				return ErrDamaged
			}
		}
		return d.end()
	})
	if err != nil {
		return nil, err
	}
	for _, marks := range [][]mark{r.tellers, r.keys} {
		for i, m := range marks {
			if !within(m.holder, r.holders) || i > 0 && compareMarks(marks[i-1], m) >= 0 {
				return nil, ErrDamaged
			}
		}
	}
	return r, checkHolders(r.holders)
}

func within(i int32, holders []holder) bool { return i >= 0 && int(i) < len(holders) }

// checkHolders makes sure that forwards lead somewhere.
func checkHolders(holders []holder) error {
	for i := range holders {
		steps := 0
		for at := int32(i); holders[at].into >= 0; steps++ {
			if at = holders[at].into; !within(at, holders) || steps > len(holders) {
				return ErrDamaged
			}
		}
	}
	return nil
}

type encoder struct {
	put func([]byte) error
	err error
}

// each hands out n rows of a column, a few thousand to a record.
func (e *encoder) each(column byte, n int, row func(b []byte, i int) []byte) {
	for from := 0; from < n && e.err == nil; from += perRecord {
		to := min(n, from+perRecord)
		b := binary.LittleEndian.AppendUint32([]byte{column}, uint32(to-from))
		for i := from; i < to; i++ {
			b = row(b, i)
		}
		e.err = e.put(b)
	}
}

func (e *encoder) holders(holders []holder) {
	e.each('H', len(holders), func(b []byte, i int) []byte {
		h := holders[i]
		b = binary.LittleEndian.AppendUint64(b, uint64(h.id))
		b = binary.LittleEndian.AppendUint64(b, uint64(h.born))
		b = binary.LittleEndian.AppendUint64(b, uint64(h.seen))
		return binary.LittleEndian.AppendUint32(b, uint32(h.into))
	})
}

var changes = [...]Change{Merged, Split, Revived, Gone}

func (e *encoder) lineage(events []Event) {
	e.each('L', len(events), func(b []byte, i int) []byte {
		v := events[i]
		b = binary.LittleEndian.AppendUint64(b, uint64(v.Generation))
		for n, c := range changes {
			if c == v.Change {
				b = append(b, byte(n))
			}
		}
		b = binary.LittleEndian.AppendUint64(b, uint64(v.ID))
		return binary.LittleEndian.AppendUint64(b, uint64(v.Other))
	})
}

type decoder struct {
	column byte
	count  int
	b      []byte
	bad    bool
	none   [16]byte
}

func newDecoder(record []byte) (*decoder, error) {
	if len(record) < 5 {
		return nil, ErrDamaged
	}
	d := &decoder{column: record[0], count: int(binary.LittleEndian.Uint32(record[1:])), b: record[5:]}
	if d.count > perRecord {
		return nil, ErrDamaged
	}
	return d, nil
}

// take returns the next n bytes, at most 16; past the end, zeros.
func (d *decoder) take(n int) []byte {
	if len(d.b) < n {
		d.bad = true
		return d.none[:n]
	}
	out := d.b[:n]
	d.b = d.b[n:]
	return out
}

func (d *decoder) uint64() uint64 { return binary.LittleEndian.Uint64(d.take(8)) }
func (d *decoder) int32() int32   { return int32(binary.LittleEndian.Uint32(d.take(4))) }

func (d *decoder) holder() holder {
	return holder{id: ID(d.uint64()), born: int64(d.uint64()), seen: int64(d.uint64()), into: d.int32()}
}

func (d *decoder) event() Event {
	v := Event{Generation: int64(d.uint64())}
	if n := d.take(1)[0]; int(n) < len(changes) {
		v.Change = changes[n]
	} else {
		d.bad = true
	}
	v.ID, v.Other = ID(d.uint64()), ID(d.uint64())
	return v
}

func (d *decoder) end() error {
	if d.bad || len(d.b) != 0 {
		return fmt.Errorf("%w: column %c", ErrDamaged, d.column)
	}
	return nil
}
