package mention

import (
	"encoding/binary"
	"errors"
	"iter"
	"math"
)

// errDamaged tells that records are not what Encode wrote.
var errDamaged = errors.New("mentions: the records are damaged or of another version")

// recordBytes is the size from which a record is handed on.
const recordBytes = 1 << 17

// chunkItems is how many items of a column stand together, field by field.
const chunkItems = 4096

// preallocated bounds the items for which memory is taken before they come:
// records that lie about their length cost no more.
const preallocated = 1 << 16

// A coder walks over a set and either writes what it finds or reads what
// belongs there; one description of the columns serves both. The first error
// sticks. A number never lies in two records.
type coder struct {
	reading bool
	put     func([]byte) error
	next    func() ([]byte, bool)
	buf     []byte
	err     error
}

// encoding makes a coder that writes.
func encoding(put func([]byte) error) *coder { return &coder{put: put} }

// decoding makes a coder that reads; stop ends the reading.
func decoding(each func(func([]byte) error) error) (c *coder, stop func() error) {
	errStopped := errors.New("stopped")
	var failed error
	next, stopPull := iter.Pull(func(yield func([]byte) bool) {
		failed = each(func(b []byte) error {
			if !yield(b) {
				return errStopped
			}
			return nil
		})
	})
	return &coder{reading: true, next: next}, func() error {
		stopPull()
		if errors.Is(failed, errStopped) {
			return nil
		}
		return failed
	}
}

func (c *coder) fail() {
	if c.err == nil {
		c.err = errDamaged
	}
	c.buf = nil
}

// flush hands a record on once it is large enough, or at the end.
func (c *coder) flush(size int) {
	if c.reading || c.err != nil || len(c.buf) < size {
		return
	}
	c.err = c.put(c.buf)
	c.buf = c.buf[:0]
}

// get reads a number below a limit.
func (c *coder) get(below uint64) uint64 {
	for len(c.buf) == 0 {
		more, ok := []byte(nil), false
		if c.err == nil {
			more, ok = c.next()
		}
		if !ok {
			c.fail()
			return 0
		}
		c.buf = more
	}
	v, n := uint64(c.buf[0]), 1
	if v >= 0x80 {
		if v, n = binary.Uvarint(c.buf); n <= 0 {
			c.fail()
			return 0
		}
	}
	if v >= below {
		c.fail()
		return 0
	}
	c.buf = c.buf[n:]
	return v
}

// number writes a number, or reads one below a limit.
func (c *coder) number(v, below uint64) uint64 {
	if c.reading {
		return c.get(below)
	}
	c.buf = binary.AppendUvarint(c.buf, v)
	return v
}

func (c *coder) count(n int) int { return int(c.number(uint64(n), math.MaxUint32)) }

func (c *coder) flag(b bool) bool {
	v := uint64(0)
	if b {
		v = 1
	}
	return c.number(v, 2) == 1
}

// text writes or reads a text.
func (c *coder) text(s string) string { return string(c.bytes([]byte(s))) }

// bytes writes or reads a text; what is read is the record's own memory.
func (c *coder) bytes(b []byte) []byte {
	n := c.count(len(b))
	if !c.reading {
		c.buf = append(c.buf, b...)
		return b
	}
	if n > len(c.buf) {
		c.fail()
		return nil
	}
	b = c.buf[:n]
	c.buf = c.buf[n:]
	return b
}

// A field is one number of every item of a chunk.
type field[T any] func(c *coder, items []T)

// numbers is the field that at points to; its values are below a limit.
func numbers[T any, V ~uint8 | ~uint16 | ~uint32 | ~int32](below uint64, at func(*T) *V) field[T] {
	return func(c *coder, items []T) {
		if !c.reading {
			for i := range items {
				c.buf = binary.AppendUvarint(c.buf, uint64(uint32(*at(&items[i]))))
			}
			return
		}
		for i := range items {
			*at(&items[i]) = V(c.get(below))
		}
	}
}

// anyNumber is the limit of a number that is no reference.
const anyNumber = 1 << 32

// slice writes or reads n items, chunk by chunk, each field for itself.
func slice[T any](c *coder, items []T, n int, fields ...field[T]) []T {
	if c.reading {
		items = make([]T, 0, min(n, preallocated))
	}
	for from := 0; from < n && c.err == nil; from += chunkItems {
		to := min(from+chunkItems, n)
		if c.reading {
			items = append(items, make([]T, to-from)...)
		}
		for _, f := range fields {
			f(c, items[from:to])
		}
		c.flush(recordBytes)
	}
	return items
}

// list writes or reads a column of n mentions.
func list[T any](c *coder, l *List[T], n int, fields ...field[T]) {
	if !c.flag(l.start != nil) {
		return
	}
	sizes := []uint32(nil)
	if !c.reading {
		sizes = make([]uint32, n)
		for m := range sizes {
			sizes[m] = l.start[m+1] - l.start[m]
		}
	}
	sizes = slice(c, sizes, n, numbers(anyNumber, func(v *uint32) *uint32 { return v }))
	total := uint64(0)
	if c.reading {
		l.start = make([]uint32, len(sizes)+1)
		for m, k := range sizes {
			total += uint64(k)
			l.start[m+1] = uint32(total)
		}
	} else {
		total = uint64(len(l.values))
	}
	if total >= anyNumber {
		c.fail()
		return
	}
	l.values = slice(c, l.values, int(total), fields...)
}

// dictionary writes or reads a finished dictionary. Hashes follow from the
// texts, and have to ascend.
func dictionary(c *coder, d *Dictionary) *Dictionary {
	if !c.flag(d != nil) {
		return nil
	}
	if !c.reading {
		c.count(d.Len())
		for v := 1; v < d.Len(); v++ {
			c.bytes(d.text[d.end[v-1]:d.end[v]])
			c.flush(recordBytes)
		}
		slice(c, d.count, d.Len(), numbers(anyNumber, func(v *uint32) *uint32 { return v }))
		return d
	}
	n := c.count(0)
	if n == 0 {
		c.fail()
	}
	d = &Dictionary{text: []byte{}, end: make([]uint32, 1, min(n+1, preallocated)), hash: make([]uint64, 1, min(n+1, preallocated))}
	for v := 1; v < n && c.err == nil; v++ {
		d.text = append(d.text, c.bytes(nil)...)
		if uint64(len(d.text)) >= anyNumber {
			c.fail()
		}
		d.end = append(d.end, uint32(len(d.text)))
		h := Hash(d.Text(Value(v)))
		if h < d.hash[v-1] {
			c.fail()
		}
		d.hash = append(d.hash, h)
	}
	d.count = slice(c, nil, n, numbers(anyNumber, func(v *uint32) *uint32 { return v }))
	return d
}
