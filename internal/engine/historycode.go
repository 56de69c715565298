package engine

import (
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"
	"strings"
	"unsafe"

	"github.com/casefold/casefold"
	"github.com/casefold/casefold/mention"
)

// Histories are kept as fields one behind the other, in the order of coder's
// methods. A history says the same texts and names the same rows again and
// again; each stands once, where it first occurs, and is a number afterwards.
// As JSON they were twelve times as long, and took most of a run's time.

// codeFormat is the first byte of a record; another is another version's.
const codeFormat = 2

var errCodeFormat = errors.New("another version of this program wrote it; casefold run makes it anew")

// A coder writes or reads one history, or ruling, after the other. One set of methods does
// both, so that what is written and what is read cannot differ; a test fills
// every field there is. It is for one goroutine.
type coder struct {
	writing bool
	plain   bool   // writing: nothing is remembered, each text and row is written out
	out     []byte // writing: what is written so far
	in      string // reading: the record
	at      int    // reading: how far it is read
	err     error  // reading: the first error; later reads give zero values

	texts   []string // read so far
	tellers []casefold.Teller
	lists   [][]casefold.Teller

	textOf   knownTable[string] // written so far
	tellerOf knownTable[casefold.Teller]
	listOf   knownTable[string]
	list     []byte // scratch: the numbers of a list's tellers
	lately   [64]knownList
	near     [nearTexts]nearText
	nearRows [nearTexts]nearRow

	p pools // reading: where slices come from; the zero one allocates
}

func newCoder() *coder { return &coder{} }

// encode returns the history's bytes, valid until the next call.
func (c *coder) encode(h *casefold.History) []byte {
	c.start(false)
	c.history(h)
	return c.out
}

func (c *coder) start(plain bool) {
	if !plain {
		c.forget()
	}
	c.writing, c.plain, c.out = true, plain, append(c.out[:0], codeFormat)
}

func (c *coder) forget() {
	c.textOf.forget()
	c.tellerOf.forget()
	c.listOf.forget()
	clear(c.lately[:])
	clear(c.near[:])
	clear(c.nearRows[:])
}

// A knownList is a list of rows by where it lies, and its number: a history
// mostly shares its lists.
type knownList struct {
	first  *casefold.Teller
	length int
	number uint64
}

// slot is where a list is known, if it was met lately.
func (c *coder) slot(ts []casefold.Teller) *knownList {
	return &c.lately[uintptr(unsafe.Pointer(unsafe.SliceData(ts)))>>5%uintptr(len(c.lately))]
}

// decode reads a history. It keeps nothing of value; slices of rows are shared
// within the history, and nobody may change them in place.
func (c *coder) decode(value []byte) (*casefold.History, error) {
	h := &casefold.History{}
	if err := c.open(value); err != nil {
		return nil, fmt.Errorf("reading a history: %w", err)
	}
	c.history(h)
	if err := c.end(); err != nil {
		return nil, fmt.Errorf("reading a history: %w", err)
	}
	return h, nil
}

func (c *coder) open(value []byte) error {
	if len(value) == 0 || value[0] != codeFormat {
		return errCodeFormat
	}
	c.begin(string(value[1:]))
	return nil
}

func (c *coder) begin(fields string) {
	c.texts, c.tellers, c.lists = c.texts[:0], c.tellers[:0], c.lists[:0]
	c.writing, c.in, c.at, c.err = false, fields, 0, nil
}

func (c *coder) end() error {
	if c.err == nil && c.at < len(c.in) {
		c.err = errors.New("more than one record")
	}
	return c.err
}

// number takes small numbers in one byte.
func (c *coder) number(n *uint64) {
	if c.writing {
		c.out = binary.AppendUvarint(c.out, *n)
		return
	}
	*n = c.next()
}

// next is the number that comes next: most take one byte.
func (c *coder) next() uint64 {
	if c.at < len(c.in) && c.in[c.at] < 0x80 {
		c.at++
		return uint64(c.in[c.at-1])
	}
	return c.long()
}

func (c *coder) long() (n uint64) {
	rest := c.in[c.at:]
	for i := 0; i < len(rest) && i < 10; i++ {
		b := rest[i]
		n |= uint64(b&0x7f) << (7 * i)
		if b < 0x80 {
			c.at += i + 1
			return n
		}
	}
	c.fail()
	return n
}

// left is how many bytes are left to read.
func (c *coder) left() uint64 { return uint64(len(c.in) - c.at) }

// cut is the n bytes that come next, of those left.
func (c *coder) cut(n uint64) string {
	from := c.at
	c.at += int(n)
	return c.in[from:c.at]
}

func (c *coder) fail() {
	if c.err == nil {
		c.err = errShort
	}
	c.at = len(c.in)
}

// integer is a number that may be negative.
func (c *coder) integer(n *int) {
	u := uint64(*n)<<1 ^ uint64(*n>>63)
	c.number(&u)
	*n = int(u>>1) ^ -int(u&1)
}

func (c *coder) truth(t *casefold.Truth) {
	n := uint64(*t)
	c.number(&n)
	*t = casefold.Truth(n)
}

func (c *coder) flag(b *bool) {
	if !c.writing {
		*b = c.next() == 1
		return
	}
	var n uint64
	if *b {
		n = 1
	}
	c.number(&n)
}

// date is the first day and, where it is another, the last.
func (c *coder) date(d *casefold.Date) {
	if !c.writing {
		n := c.next()
		d.First = casefold.Day(n >> 1)
		if d.Last = d.First; n&1 == 1 {
			d.Last = casefold.Day(c.next())
		}
		return
	}
	n := uint64(uint32(d.First)) << 1
	if d.Last != d.First {
		n |= 1
	}
	c.number(&n)
	if n&1 == 1 {
		last := uint64(uint32(d.Last))
		c.number(&last)
	}
}

// raw is bytes of a length that stands before them.
func (c *coder) raw(s *string) {
	n := uint64(len(*s))
	c.number(&n)
	if c.writing {
		c.out = append(c.out, *s...)
		return
	}
	if n > c.left() {
		c.fail()
		return
	}
	*s = c.cut(n)
}

// Numbers of texts: the empty one, one that follows, one that was told before.
const (
	textEmpty = iota
	textNew
	textOld
)

// word is any kind of string.
func word[T ~string](c *coder, t *T) {
	if !c.writing {
		*t = T(c.readText())
		return
	}
	s := string(*t)
	if s == "" {
		c.out = append(c.out, textEmpty)
		return
	}
	if !c.plain {
		if n, known := c.textNumber(s); known {
			c.out = binary.AppendUvarint(c.out, n)
			return
		}
	}
	c.out = append(c.out, textNew)
	c.raw(&s)
}

func (c *coder) readText() (s string) {
	switch n := c.next(); {
	case n == textEmpty:
	case n == textNew:
		c.raw(&s)
		c.texts = append(c.texts, s)
	case n-textOld < uint64(len(c.texts)):
		s = c.texts[n-textOld]
	default:
		c.fail()
	}
	return s
}

// rowHash begins a row key that was made of the row's hash: 16 digits follow.
const rowHash = "h:"

// rowKey is a row's key; one made of a hash takes nine bytes.
func (c *coder) rowKey(s *string) {
	var packed [8]byte
	hashed := uint64(0)
	if c.writing && len(*s) == rowHashBytes && strings.HasPrefix(*s, rowHash) && unhexed(&packed, (*s)[len(rowHash):]) {
		hashed = 1
	}
	n := uint64(len(*s))<<1 | hashed
	if hashed == 1 {
		n = 1
	}
	c.number(&n)
	switch {
	case c.writing && hashed == 1:
		c.out = append(c.out, packed[:]...)
	case c.writing:
		c.out = append(c.out, *s...)
	case n == 1 && c.left() >= uint64(len(packed)):
		var key [rowHashBytes]byte
		copy(key[:], rowHash)
		copy(packed[:], c.cut(uint64(len(packed))))
		hex.Encode(key[len(rowHash):], packed[:])
		*s = string(key[:])
	case n&1 == 0 && n>>1 <= c.left():
		*s = c.cut(n >> 1)
	default:
		c.fail()
	}
}

// unhexed reads 16 digits, and reports whether they are as hex writes them.
func unhexed(into *[8]byte, digits string) bool {
	for i := range into {
		hi, lo := unhex(digits[2*i]), unhex(digits[2*i+1])
		if hi < 0 || lo < 0 || 'A' <= digits[2*i] && digits[2*i] <= 'F' || 'A' <= digits[2*i+1] && digits[2*i+1] <= 'F' {
			return false
		}
		into[i] = byte(hi<<4 | lo)
	}
	return true
}

// teller is a row: 0 and its name where it is told first, else its number.
func (c *coder) teller(t *casefold.Teller) {
	if c.writing {
		if !c.plain {
			if n := c.rowNumber(t); n != 0 {
				c.out = binary.AppendUvarint(c.out, n)
				return
			}
			c.tellRow(t)
		}
		c.out = append(c.out, 0)
		word(c, &t.Source)
		c.rowKey(&t.RowKey)
		return
	}
	switch n := c.next(); {
	case n == 0 && c.err == nil:
		word(c, &t.Source)
		c.rowKey(&t.RowKey)
		c.tellers = append(c.tellers, *t)
	case n-1 < uint64(len(c.tellers)):
		*t = c.tellers[n-1]
	default:
		c.fail()
	}
}

// Numbers of lists of rows.
const (
	listNil = iota
	listNew
	listOld
)

// rows are a list of rows. The same rows bear witness to many facts.
func (c *coder) rows(ts *[]casefold.Teller) {
	if !c.writing {
		*ts = c.readRows()
		return
	}
	if *ts == nil {
		c.out = append(c.out, listNil)
		return
	}
	if c.plain {
		c.newRows(*ts)
		return
	}
	at := c.slot(*ts)
	if len(*ts) > 0 && at.first == &(*ts)[0] && at.length == len(*ts) {
		c.number(&at.number)
		return
	}
	n, known := c.numberOf(*ts)
	if !known {
		c.newRows(*ts)
		c.numbered(*ts)
		n = listOld + uint64(c.listOf.count)
		own := string(c.list)
		slot, _ := c.listOf.find(mention.Hash(own), own)
		c.listOf.take(slot, own, n)
	} else {
		c.number(&n)
	}
	if len(*ts) > 0 {
		*at = knownList{&(*ts)[0], len(*ts), n}
	}
}

// numberOf is the number of a list of rows that was told before.
func (c *coder) numberOf(ts []casefold.Teller) (n uint64, known bool) {
	if !c.numbered(ts) {
		return 0, false
	}
	list := unsafe.String(unsafe.SliceData(c.list), len(c.list)) // looked up, and not kept
	if slot, known := c.listOf.find(mention.Hash(list), list); known {
		return slot.number, true
	}
	return 0, false
}

// numbered puts the numbers of rows into c.list, and reports whether all have one.
func (c *coder) numbered(ts []casefold.Teller) bool {
	c.list = c.list[:0]
	for i := range ts {
		n := c.rowNumber(&ts[i])
		if n == 0 {
			return false
		}
		c.list = binary.AppendUvarint(c.list, n)
	}
	return true
}

func (c *coder) newRows(ts []casefold.Teller) {
	n := uint64(len(ts))
	c.out = append(c.out, listNew)
	c.number(&n)
	for i := range ts {
		c.teller(&ts[i])
	}
}

func (c *coder) readRows() []casefold.Teller {
	switch n := c.next(); {
	case n == listNil:
		return nil
	case n == listNew:
		size := c.next()
		if size > c.left() {
			c.fail()
			return nil
		}
		list := c.p.tellers.take(int(size))
		for i := range list {
			c.teller(&list[i])
		}
		c.lists = append(c.lists, list)
		return list
	case n-listOld < uint64(len(c.lists)):
		return c.lists[n-listOld]
	}
	c.fail()
	return nil
}

// several is a slice: 0 for nil, else one more than its length.
func several[T any](c *coder, s *[]T, from *pool[T], one func(*coder, *T)) {
	n := uint64(0)
	if *s != nil {
		n = 1 + uint64(len(*s))
	}
	c.number(&n)
	if c.writing {
		for i := range *s {
			one(c, &(*s)[i])
		}
		return
	}
	if *s = nil; n == 0 {
		return
	}
	*s = from.take(int(min(n-1, 64)))[:0] // a length that is not borne out costs no memory
	for i := 0; n > 1 && c.err == nil; n-- {
		if i == cap(*s) {
			*s = slices.Grow(*s, 1)
		}
		*s = (*s)[:i+1]
		one(c, &(*s)[i])
		i++
	}
}

// fact leaves out what nobody tells.
func fact[T any](c *coder, f *casefold.Fact[T], one func(*coder, *T)) {
	there := !f.IsZero()
	if c.flag(&there); !there {
		return
	}
	word(c, &f.Status)
	one(c, &f.Value)
	c.rows(&f.Tellers)
	several(c, &f.Others, nil, func(c *coder, t *casefold.Told[T]) { told(c, t, one) })
	word(c, &f.Why)
}

func told[T any](c *coder, t *casefold.Told[T], one func(*coder, *T)) {
	one(c, &t.Value)
	c.rows(&t.Tellers)
}
