package segment

import (
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
)

// Version history. 1: as in the package comment.
const version = 1

const (
	headerBytes      = 24
	blockHeaderBytes = 32
	footerBytes      = 80

	// maxBlockBytes bounds a block's raw size, so that a damaged length cannot
	// ask for all memory; a record is smaller than a block.
	maxBlockBytes = 1 << 30
)

// Errors that callers branch on. ErrCorrupt: bytes are not what was written.
// ErrNewer: written by a later version of the format. ErrSealed: the block is
// encrypted under a subject's key. ErrNotFound: no such record or key.
var (
	ErrCorrupt  = errors.New("segment is damaged")
	ErrNewer    = errors.New("segment has a newer format than this program reads")
	ErrSealed   = errors.New("segment block is sealed under a subject's key")
	ErrNotFound = errors.New("no such record in the segment")
)

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

type kind uint8

const (
	plainKind  kind = 1
	sortedKind kind = 2
)

type codec uint8

const (
	stored     codec = 0
	zstdBlocks codec = 1
	s2Block    codec = 2
)

// A Ref is the place of a record: its block, and its offset in the block's raw
// bytes. Refs sort in the order of writing.
type Ref struct{ Block, Offset uint32 }

// Pack and Unpack make one integer of a Ref and back, in the same order.
func (r Ref) Pack() uint64      { return uint64(r.Block)<<32 | uint64(r.Offset) }
func UnpackRef(v uint64) Ref    { return Ref{uint32(v >> 32), uint32(v)} }
func (r Ref) String() string    { return fmt.Sprintf("%d:%d", r.Block, r.Offset) }
func (r Ref) Before(s Ref) bool { return r.Pack() < s.Pack() }

// Info tells of a finished segment.
type Info struct {
	Hash    string `json:"hash"`      // hex of the root SHA-256
	Records int64  `json:"records"`   //
	Raw     int64  `json:"raw_bytes"` // of the records, with a length before each
	Bytes   int64  `json:"bytes"`     // of the file
}

func header(k kind) []byte {
	b := make([]byte, headerBytes)
	copy(b, "cfseg\x00")
	binary.LittleEndian.PutUint16(b[6:], version)
	b[8] = byte(k)
	binary.LittleEndian.PutUint32(b[20:], crc32.Checksum(b[:20], castagnoli))
	return b
}

func checkHeader(b []byte) (kind, error) {
	if len(b) != headerBytes || string(b[:6]) != "cfseg\x00" ||
		binary.LittleEndian.Uint32(b[20:]) != crc32.Checksum(b[:20], castagnoli) {
		return 0, fmt.Errorf("%w: header", ErrCorrupt)
	}
	if v := binary.LittleEndian.Uint16(b[6:]); v > version {
		return 0, ErrNewer
	}
	return kind(b[8]), nil
}

// A blockHeader describes the payload that follows it.
type blockHeader struct {
	stored, raw, records, key uint32
	codec                     codec
}

// frame writes the header before payload, which stands at b[blockHeaderBytes:].
func (h blockHeader) frame(b []byte) {
	binary.LittleEndian.PutUint32(b[0:], h.stored)
	binary.LittleEndian.PutUint32(b[4:], h.raw)
	binary.LittleEndian.PutUint32(b[8:], h.records)
	binary.LittleEndian.PutUint32(b[12:], h.key)
	clear(b[16:28])
	b[16] = byte(h.codec)
	sum := crc32.Checksum(b[:28], castagnoli)
	sum = crc32.Update(sum, castagnoli, b[blockHeaderBytes:])
	binary.LittleEndian.PutUint32(b[28:], sum)
}

// parseBlock checks a framed block and returns its header and payload.
func parseBlock(b []byte) (h blockHeader, payload []byte, err error) {
	if len(b) < blockHeaderBytes {
		return h, nil, fmt.Errorf("%w: block cut short", ErrCorrupt)
	}
	sum := crc32.Checksum(b[:28], castagnoli)
	sum = crc32.Update(sum, castagnoli, b[blockHeaderBytes:])
	if sum != binary.LittleEndian.Uint32(b[28:]) {
		return h, nil, fmt.Errorf("%w: block checksum", ErrCorrupt)
	}
	h = blockHeader{
		stored:  binary.LittleEndian.Uint32(b[0:]),
		raw:     binary.LittleEndian.Uint32(b[4:]),
		records: binary.LittleEndian.Uint32(b[8:]),
		key:     binary.LittleEndian.Uint32(b[12:]),
		codec:   codec(b[16]),
	}
	payload = b[blockHeaderBytes:]
	if int(h.stored) != len(payload) || h.raw > maxBlockBytes {
		return h, nil, fmt.Errorf("%w: block length", ErrCorrupt)
	}
	if h.key != 0 {
		return h, nil, ErrSealed
	}
	return h, payload, nil
}

// A blockEntry is the index's line about one block.
type blockEntry struct {
	offset               uint64
	stored, raw, records uint32 // stored includes the block header
	sum                  [sha256.Size]byte
	first                []byte // sorted segments: the block's first key
}

func appendEntry(b []byte, e blockEntry) []byte {
	b = binary.AppendUvarint(b, e.offset)
	b = binary.AppendUvarint(b, uint64(e.stored))
	b = binary.AppendUvarint(b, uint64(e.raw))
	b = binary.AppendUvarint(b, uint64(e.records))
	b = append(b, e.sum[:]...)
	b = binary.AppendUvarint(b, uint64(len(e.first)))
	return append(b, e.first...)
}

func parseEntries(b []byte, n uint64) ([]blockEntry, error) {
	bad := fmt.Errorf("%w: index", ErrCorrupt)
	if n > uint64(len(b)) {
		return nil, bad
	}
	entries := make([]blockEntry, 0, n)
	next := func() (v uint64) {
		v, k := binary.Uvarint(b)
		if k <= 0 {
			b = nil
			return 0
		}
		b = b[k:]
		return v
	}
	for range n {
		e := blockEntry{offset: next(), stored: uint32(next()), raw: uint32(next()), records: uint32(next())}
		if len(b) < sha256.Size {
			return nil, bad
		}
		b = b[copy(e.sum[:], b):]
		l := next()
		if l > uint64(len(b)) {
			return nil, bad
		}
		e.first, b = b[:l:l], b[l:]
		entries = append(entries, e)
	}
	if len(b) != 0 {
		return nil, bad
	}
	return entries, nil
}

// A footer ends the file and is read first.
type footer struct {
	index, indexBytes, blocks, records, raw uint64
	root                                    [sha256.Size]byte
}

// rootHash stands for the whole file.
func (f footer) rootHash(header, index []byte) [sha256.Size]byte {
	h := sha256.New()
	h.Write(header)
	h.Write(index)
	h.Write(f.numbers())
	return [sha256.Size]byte(h.Sum(nil))
}

func (f footer) numbers() []byte {
	var b []byte
	for _, v := range [...]uint64{f.index, f.indexBytes, f.blocks, f.records, f.raw} {
		b = binary.LittleEndian.AppendUint64(b, v)
	}
	return b
}

func (f footer) bytes() []byte {
	b := append(f.numbers(), f.root[:]...)
	b = binary.LittleEndian.AppendUint32(b, crc32.Checksum(b, castagnoli))
	return append(b, "cfse"...)
}

func parseFooter(b []byte) (f footer, err error) {
	if len(b) != footerBytes || string(b[76:]) != "cfse" ||
		binary.LittleEndian.Uint32(b[72:]) != crc32.Checksum(b[:72], castagnoli) {
		return f, fmt.Errorf("%w: footer", ErrCorrupt)
	}
	for i, p := range [...]*uint64{&f.index, &f.indexBytes, &f.blocks, &f.records, &f.raw} {
		*p = binary.LittleEndian.Uint64(b[8*i:])
	}
	copy(f.root[:], b[40:])
	return f, nil
}
