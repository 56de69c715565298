package segment

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"sync"

	"github.com/klauspost/compress/s2"
	"github.com/klauspost/compress/zstd"

	"github.com/casefold/casefold/internal/disk"
)

// A Reader reads one segment. All methods but Close are safe for concurrent
// use. The file is held open, so a segment that is removed stays readable to
// who has it open.
type Reader struct {
	file    disk.File
	kind    kind
	entries []blockEntry
	foot    footer
	bytes   int64
	decoder *zstd.Decoder

	mu    sync.Mutex
	cache [cachedBlocks]cached // most recent first
}

// cachedBlocks raw blocks are kept for reads of single records.
const cachedBlocks = 4

type cached struct {
	block uint32
	raw   []byte // nil: empty slot
}

// Open opens a segment and checks header, index and footer.
func Open(fsys disk.FS, name string) (*Reader, error) {
	file, err := fsys.Open(name)
	if err != nil {
		return nil, err
	}
	r := &Reader{file: file}
	if err := r.load(); err != nil {
		return nil, errors.Join(err, file.Close())
	}
	return r, nil
}

// OpenKnown opens a segment that must have the hash, as the manifest tells it.
func OpenKnown(fsys disk.FS, name, hash string) (*Reader, error) {
	r, err := Open(fsys, name)
	if err != nil {
		return nil, err
	}
	if r.Info().Hash != hash {
		return nil, errors.Join(fmt.Errorf("%w: it is not the file the manifest names", ErrCorrupt), r.Close())
	}
	return r, nil
}

func (r *Reader) load() (err error) {
	if r.bytes, err = r.file.Size(); err != nil {
		return err
	}
	if r.bytes < headerBytes+footerBytes {
		return fmt.Errorf("%w: file cut short", ErrCorrupt)
	}
	head, err := r.read(0, headerBytes)
	if err != nil {
		return err
	}
	if r.kind, err = checkHeader(head); err != nil {
		return err
	}
	tail, err := r.read(uint64(r.bytes-footerBytes), footerBytes)
	if err != nil {
		return err
	}
	if r.foot, err = parseFooter(tail); err != nil {
		return err
	}
	if r.foot.indexBytes > uint64(r.bytes) || r.foot.index != uint64(r.bytes)-footerBytes-r.foot.indexBytes {
		return fmt.Errorf("%w: footer", ErrCorrupt)
	}
	index, err := r.read(r.foot.index, r.foot.indexBytes)
	if err != nil {
		return err
	}
	if r.foot.rootHash(head, index) != r.foot.root {
		return fmt.Errorf("%w: root hash", ErrCorrupt)
	}
	if r.decoder, err = zstd.NewReader(nil, zstd.WithDecoderConcurrency(0), zstd.WithDecoderMaxMemory(maxBlockBytes)); err != nil {
		return err
	}
	list, _, err := r.decode(index, nil)
	if err != nil {
		return err
	}
	r.entries, err = parseEntries(list, r.foot.blocks)
	return err
}

// Info tells of the segment what Close told.
func (r *Reader) Info() Info {
	return Info{
		Hash: hex.EncodeToString(r.foot.root[:]), Records: int64(r.foot.records),
		Raw: int64(r.foot.raw), Bytes: r.bytes,
	}
}

// Close lets the file go.
func (r *Reader) Close() error {
	r.decoder.Close()
	return r.file.Close()
}

// Get returns a copy of the record at ref.
func (r *Reader) Get(ref Ref) ([]byte, error) {
	raw, err := r.cachedBlock(ref.Block)
	if err != nil {
		return nil, err
	}
	if uint64(ref.Offset) >= uint64(len(raw)) {
		return nil, ErrNotFound
	}
	record, _, err := cutRecord(raw[ref.Offset:])
	if err != nil {
		return nil, err
	}
	return append(make([]byte, 0, len(record)), record...), nil
}

// Scan calls fn for every record in the order of writing. The record is valid
// during the call only. An error of fn ends the scan and is returned.
func (r *Reader) Scan(fn func(ref Ref, record []byte) error) error {
	var buf []byte
	for i := range r.entries {
		b, err := r.Block(i, buf)
		if err != nil {
			return err
		}
		buf = b.raw
		if err := b.Scan(fn); err != nil {
			return err
		}
	}
	return nil
}

// BlockCount is the number of blocks: the units of reading in parallel.
func (r *Reader) BlockCount() int { return len(r.entries) }

// A Block holds the records of one block, decompressed.
type Block struct {
	number uint32
	raw    []byte
	count  int
}

// Len is the number of records; Raw the memory, to be handed to the next Block
// call as buf.
func (b Block) Len() int    { return b.count }
func (b Block) Raw() []byte { return b.raw }

// Block reads block i (from 0), using buf's memory if it is large enough.
func (r *Reader) Block(i int, buf []byte) (Block, error) {
	e := r.entries[i]
	framed, err := r.read(e.offset, uint64(e.stored))
	if err != nil {
		return Block{}, err
	}
	raw, h, err := r.decode(framed, buf)
	if err != nil {
		return Block{}, err
	}
	if h.records != e.records || h.raw != e.raw {
		return Block{}, fmt.Errorf("%w: block and index differ", ErrCorrupt)
	}
	return Block{number: uint32(i), raw: raw, count: int(h.records)}, nil
}

// Scan calls fn for every record of the block, as Reader.Scan does.
func (b Block) Scan(fn func(ref Ref, record []byte) error) error {
	rest, n := b.raw, 0
	for len(rest) > 0 {
		ref := Ref{b.number, uint32(len(b.raw) - len(rest))}
		record, more, err := cutRecord(rest)
		if err != nil {
			return err
		}
		if err := fn(ref, record); err != nil {
			return err
		}
		rest, n = more, n+1
	}
	if n != b.count {
		return fmt.Errorf("%w: records in block", ErrCorrupt)
	}
	return nil
}

// Verify reads every byte and holds it against the file's hash.
func (r *Reader) Verify() error {
	var buf []byte
	var end, records, raw uint64 = headerBytes, 0, 0
	for i, e := range r.entries {
		if e.offset != end {
			return fmt.Errorf("%w: gap before block %d", ErrCorrupt, i)
		}
		framed, err := r.read(e.offset, uint64(e.stored))
		if err != nil {
			return err
		}
		if sha256.Sum256(framed) != e.sum {
			return fmt.Errorf("%w: hash of block %d", ErrCorrupt, i)
		}
		b, err := r.Block(i, buf)
		if err != nil {
			return err
		}
		if err := b.Scan(func(Ref, []byte) error { return nil }); err != nil {
			return err
		}
		buf = b.raw
		end, records, raw = end+uint64(e.stored), records+uint64(e.records), raw+uint64(e.raw)
	}
	if end != r.foot.index || records != r.foot.records || raw != r.foot.raw {
		return fmt.Errorf("%w: totals", ErrCorrupt)
	}
	return nil
}

func (r *Reader) cachedBlock(i uint32) ([]byte, error) {
	if uint64(i) >= uint64(len(r.entries)) {
		return nil, ErrNotFound
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	for k, c := range r.cache {
		if c.raw != nil && c.block == i {
			copy(r.cache[1:k+1], r.cache[:k])
			r.cache[0] = c
			return c.raw, nil
		}
	}
	b, err := r.Block(int(i), nil)
	if err != nil {
		return nil, err
	}
	copy(r.cache[1:], r.cache[:cachedBlocks-1])
	r.cache[0] = cached{i, b.raw}
	return b.raw, nil
}

// decode checks and decompresses a framed block.
func (r *Reader) decode(framed, buf []byte) ([]byte, blockHeader, error) {
	h, payload, err := parseBlock(framed)
	if err != nil {
		return nil, h, err
	}
	var raw []byte
	switch h.codec {
	case stored:
		raw = append(buf[:0], payload...)
	case s2Block:
		if n, e := s2.DecodedLen(payload); e != nil || n != int(h.raw) {
			return nil, h, fmt.Errorf("%w: block length", ErrCorrupt)
		}
		if raw, err = s2.Decode(buf[:cap(buf)], payload); err != nil {
			return nil, h, fmt.Errorf("%w: compressed data", ErrCorrupt)
		}
	case zstdBlocks:
		if cap(buf) < int(h.raw) {
			buf = make([]byte, 0, h.raw)
		}
		if raw, err = r.decoder.DecodeAll(payload, buf[:0]); err != nil {
			return nil, h, fmt.Errorf("%w: compressed data", ErrCorrupt)
		}
	default:
		return nil, h, ErrNewer
	}
	if len(raw) != int(h.raw) {
		return nil, h, fmt.Errorf("%w: block length", ErrCorrupt)
	}
	return raw, h, nil
}

func (r *Reader) read(offset, n uint64) ([]byte, error) {
	if n > uint64(r.bytes) || offset > uint64(r.bytes)-n {
		return nil, fmt.Errorf("%w: file cut short", ErrCorrupt)
	}
	b := make([]byte, n)
	if m, err := r.file.ReadAt(b, int64(offset)); m < len(b) {
		if errors.Is(err, io.EOF) {
			return nil, fmt.Errorf("%w: file cut short", ErrCorrupt)
		}
		return nil, err
	}
	return b, nil
}

// cutRecord takes the first record off b.
func cutRecord(b []byte) (record, rest []byte, err error) {
	n, k := binary.Uvarint(b)
	if k <= 0 || n > uint64(len(b)-k) {
		return nil, nil, fmt.Errorf("%w: record length", ErrCorrupt)
	}
	return b[k : k+int(n)], b[k+int(n):], nil
}
