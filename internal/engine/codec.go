package engine

import (
	"encoding/binary"
	"errors"
)

// The engine's own segment records are fields one behind the other: a length
// and bytes for text, a varint for numbers. The order of fields is the record
// type's business.

// errShort tells that a record ended too early: it was written by another
// version, for a damaged one does not get past the segment's checks.
var errShort = errors.New("record ends too early")

// An encoder appends fields to a buffer that it reuses.
type encoder struct{ buf []byte }

func (e *encoder) reset() *encoder { e.buf = e.buf[:0]; return e }

func (e *encoder) text(s string) *encoder {
	e.buf = binary.AppendUvarint(e.buf, uint64(len(s)))
	e.buf = append(e.buf, s...)
	return e
}

func (e *encoder) number(n uint64) *encoder {
	e.buf = binary.AppendUvarint(e.buf, n)
	return e
}

// A decoder reads fields in the order they were written. The first error
// sticks; later reads give zero values.
type decoder struct {
	buf []byte
	err error
}

func (d *decoder) number() uint64 {
	n, size := binary.Uvarint(d.buf)
	if size <= 0 {
		d.err, d.buf = errShort, nil
		return 0
	}
	d.buf = d.buf[size:]
	return n
}

func (d *decoder) text() string {
	n := d.number()
	if n > uint64(len(d.buf)) {
		d.err, d.buf = errShort, nil
		return ""
	}
	s := string(d.buf[:n])
	d.buf = d.buf[n:]
	return s
}

// tellerKey is the key of a row in sorted segments: it sorts as (source, row
// key) do, and source names hold no NUL.
func tellerKey(buf []byte, source, rowKey string) []byte {
	buf = append(buf[:0], source...)
	buf = append(buf, 0)
	return append(buf, rowKey...)
}
