package journal

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"hash"
	"hash/crc32"
	"io"

	"github.com/casefold/casefold/internal/disk"
)

const (
	frameHeadBytes = 20
	macBytes       = 16
	// MaxEntryBytes is the largest entry; a damaged length asks for no more.
	MaxEntryBytes = 16 << 20
)

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

type mac [macBytes]byte

// A frame is an entry as it stands in the log.
type frame struct {
	index uint64
	more  bool
	entry []byte
}

// size is the frame's length in the file, in bytes.
func (f frame) size() int64 { return frameHeadBytes + int64(len(f.entry)) + macBytes }

// errTorn: the log ends inside a frame, or what stands there is no frame.
var errTorn = errors.New("no whole frame")

// A chain computes the macs of frames, each over the one before.
type chain struct{ h hash.Hash }

func newChain(key []byte) chain { return chain{hmac.New(sha256.New, key)} }

// next is the mac of the frame whose bytes, without its mac, are b.
func (c chain) next(before mac, b []byte) mac {
	c.h.Reset()
	c.h.Write(before[:])
	c.h.Write(b[:4])
	c.h.Write(b[8:])
	var sum [sha256.Size]byte
	return mac(c.h.Sum(sum[:0])[:macBytes])
}

// appendFrame writes f behind b and returns its mac.
func (c chain) appendFrame(b []byte, f frame, before mac) ([]byte, mac) {
	at := len(b)
	b = binary.LittleEndian.AppendUint32(b, uint32(len(f.entry)))
	b = append(b, 0, 0, 0, 0)
	more := byte(0)
	if f.more {
		more = 1
	}
	b = append(b, more, 0, 0, 0)
	b = binary.LittleEndian.AppendUint64(b, f.index)
	b = append(b, f.entry...)
	m := c.next(before, b[at:])
	b = append(b, m[:]...)
	binary.LittleEndian.PutUint32(b[at+4:], frameSum(b[at:]))
	return b, m
}

// frameSum is the CRC of a whole frame, its crc field left out.
func frameSum(b []byte) uint32 {
	sum := crc32.Checksum(b[:4], castagnoli)
	return crc32.Update(sum, castagnoli, b[8:])
}

// A frameReader walks the frames of a log.
type frameReader struct {
	src    *io.SectionReader
	buf    []byte
	offset int64 // of the next frame
	last   mac   // of the frame before it
	chain  chain
}

// next reads a frame and checks it against the chain. It returns io.EOF at the
// end, errTorn where the bytes are no frame. The entry is valid until the next
// call.
func (r *frameReader) next(index uint64) (frame, error) {
	head := make([]byte, frameHeadBytes)
	switch n, err := io.ReadFull(r.src, head); {
	case n == 0 && errors.Is(err, io.EOF):
		return frame{}, io.EOF
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		return frame{}, errTorn
	case err != nil:
		return frame{}, err
	}
	n := binary.LittleEndian.Uint32(head)
	if n > MaxEntryBytes {
		return frame{}, errTorn
	}
	size := frameHeadBytes + int(n) + macBytes
	if cap(r.buf) < size {
		r.buf = make([]byte, size, size+size/2)
	}
	b := r.buf[:size]
	copy(b, head)
	switch _, err := io.ReadFull(r.src, b[frameHeadBytes:]); {
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		return frame{}, errTorn
	case err != nil:
		return frame{}, err
	}
	body := b[:size-macBytes]
	want := r.chain.next(r.last, body)
	f := frame{index: binary.LittleEndian.Uint64(b[12:]), more: b[8] == 1, entry: body[frameHeadBytes:]}
	if binary.LittleEndian.Uint32(b[4:]) != frameSum(b) || !hmac.Equal(want[:], b[size-macBytes:]) ||
		f.index != index || b[8] > 1 || b[9]|b[10]|b[11] != 0 {
		return frame{}, errTorn
	}
	r.last = want
	r.offset += int64(size)
	return f, nil
}

// readFrames starts at an offset, with the mac of the frame before it.
func readFrames(f disk.File, offset, end int64, last mac, c chain) *frameReader {
	return &frameReader{
		src:    io.NewSectionReader(bufferedAt{f, make([]byte, 1<<14), new(window)}, offset, end-offset),
		offset: offset, last: last, chain: c,
	}
}

// bufferedAt reads ahead for small sequential ReadAt calls.
type bufferedAt struct {
	f   disk.File
	buf []byte
	w   *window
}

type window struct {
	from int64
	n    int
}

func (b bufferedAt) ReadAt(p []byte, off int64) (int, error) {
	if len(p) >= len(b.buf) {
		return b.f.ReadAt(p, off)
	}
	if off < b.w.from || off+int64(len(p)) > b.w.from+int64(b.w.n) {
		n, err := b.f.ReadAt(b.buf, off)
		b.w.from, b.w.n = off, n
		if err != nil && !errors.Is(err, io.EOF) {
			b.w.n = 0
			return 0, err
		}
	}
	n := copy(p, b.buf[off-b.w.from:b.w.n])
	if n < len(p) {
		return n, io.EOF
	}
	return n, nil
}

// A Position is a place between two entries.
type Position struct {
	Index  int64 `json:"index"`  // of the next entry, from 0
	Offset int64 `json:"offset"` // of its frame in the log; 0: found by Index
}

func (p Position) String() string { return fmt.Sprintf("entry %d at byte %d", p.Index, p.Offset) }
