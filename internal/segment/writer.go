package segment

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"

	"github.com/klauspost/compress/s2"
	"github.com/klauspost/compress/zstd"

	"github.com/casefold/casefold/internal/disk"
)

// Options say how a segment is written. They change its bytes, except Workers.
type Options struct {
	// BlockBytes is the raw size at which a block is closed, 0: 256 KiB. Small
	// blocks make a single record cheap to read, large ones compress better.
	BlockBytes int
	// Level 0 packs with S2; 1 to 4 are zstd's as klauspost counts them: a quarter
	// smaller at a third to a fifth of the speed. BenchmarkWrite measures them.
	Level int
	// Workers compress blocks beside the caller; 0: the caller does it.
	Workers int
}

func (o Options) withDefaults() Options {
	if o.BlockBytes <= 0 {
		o.BlockBytes = 256 << 10
	}
	return o
}

// A Writer writes one segment. It is used by one goroutine, and ended by Close
// or Abort. After an error every further call gives the same error.
type Writer struct {
	fs      disk.FS
	name    string
	part    string
	file    disk.File
	opts    Options
	kind    kind
	encoder *zstd.Encoder // nil: S2

	raw     []byte // records of the open block
	records uint32
	first   []byte // sorted: first key of the open block
	blocks  uint32 // closed so far
	entries []blockEntry
	total   footer
	offset  uint64
	err     error

	jobs    chan *job
	pending []*job   // oldest first
	free    [][]byte // raw buffers to be used again
	spare   [][]byte // framed ones
}

// A job is a closed block on its way to the file.
type job struct {
	raw, framed []byte
	records     uint32
	first       []byte
	sum         [sha256.Size]byte
	done        chan struct{}
}

// Create starts a segment. Its name does not exist until Close has returned.
func Create(fsys disk.FS, name string, opts Options) (*Writer, error) {
	return create(fsys, name, opts, plainKind)
}

func create(fsys disk.FS, name string, opts Options, k kind) (*Writer, error) {
	opts = opts.withDefaults()
	var encoder *zstd.Encoder
	if opts.Level > 0 {
		var err error
		if encoder, err = zstd.NewWriter(nil, zstd.WithEncoderLevel(zstd.EncoderLevel(opts.Level)),
			zstd.WithEncoderConcurrency(max(1, opts.Workers)), zstd.WithEncoderCRC(false)); err != nil {
			return nil, err
		}
	}
	part := name + disk.TempSuffix
	file, err := fsys.Create(part)
	if err != nil {
		return nil, err
	}
	w := &Writer{fs: fsys, name: name, part: part, file: file, opts: opts, kind: k, encoder: encoder}
	w.write(header(k))
	if opts.Workers > 0 {
		w.jobs = make(chan *job, opts.Workers)
		for range opts.Workers {
			go w.work(w.jobs)
		}
	}
	return w, nil
}

// Append adds a record and returns its place. The record may be empty; it is
// copied.
func (w *Writer) Append(record []byte) (Ref, error) { return w.append(nil, record) }

// append adds a record of two parts that are stored one behind the other.
func (w *Writer) append(head, tail []byte) (Ref, error) {
	size := len(head) + len(tail)
	if w.err == nil && size > maxBlockBytes-binary.MaxVarintLen64 {
		w.err = fmt.Errorf("a record of %d bytes is larger than a segment block can be", size)
	}
	if w.err != nil {
		return Ref{}, w.err
	}
	if len(w.raw) > 0 && len(w.raw)+size > w.opts.BlockBytes {
		w.cut()
	}
	ref := Ref{w.blocks, uint32(len(w.raw))}
	w.raw = binary.AppendUvarint(w.raw, uint64(size))
	w.raw = append(w.raw, head...)
	w.raw = append(w.raw, tail...)
	w.records++
	return ref, w.err
}

// cut closes the open block and sends it on.
func (w *Writer) cut() {
	j := &job{raw: w.raw, records: w.records, first: w.first}
	if n := len(w.spare); n > 0 {
		j.framed, w.spare = w.spare[n-1], w.spare[:n-1]
	}
	w.total.records += uint64(w.records)
	w.total.raw += uint64(len(w.raw))
	w.blocks++
	w.raw, w.records, w.first = w.buffer(), 0, nil
	if w.jobs == nil {
		w.compress(j)
		w.place(j)
		return
	}
	j.done = make(chan struct{})
	if len(w.pending) == 2*w.opts.Workers {
		w.settle(1)
	}
	w.pending = append(w.pending, j)
	w.jobs <- j
}

// settle waits for the n oldest blocks and writes them.
func (w *Writer) settle(n int) {
	for _, j := range w.pending[:n] {
		<-j.done
		w.place(j)
	}
	w.pending = append(w.pending[:0], w.pending[n:]...)
}

func (w *Writer) work(jobs <-chan *job) {
	for j := range jobs {
		w.compress(j)
		close(j.done)
	}
}

// compress makes the framed block. It touches nothing of the Writer that
// changes, and so runs beside it.
func (w *Writer) compress(j *job) {
	h := blockHeader{raw: uint32(len(j.raw)), records: j.records, codec: zstdBlocks}
	b := j.framed
	if room := blockHeaderBytes + s2.MaxEncodedLen(len(j.raw)); cap(b) < room {
		b = make([]byte, room)
	}
	if w.encoder == nil {
		h.codec = s2Block
		b = b[:cap(b)]
		b = b[:blockHeaderBytes+len(s2.Encode(b[blockHeaderBytes:], j.raw))]
	} else {
		b = w.encoder.EncodeAll(j.raw, b[:blockHeaderBytes])
	}
	if len(b)-blockHeaderBytes >= len(j.raw) {
		b = append(b[:blockHeaderBytes], j.raw...)
		h.codec = stored
	}
	h.stored = uint32(len(b) - blockHeaderBytes)
	h.frame(b)
	j.framed, j.sum = b, sha256.Sum256(b)
}

// place writes a framed block where the file now ends.
func (w *Writer) place(j *job) {
	w.entries = append(w.entries, blockEntry{
		offset: w.offset, stored: uint32(len(j.framed)), raw: uint32(len(j.raw)),
		records: j.records, sum: j.sum, first: j.first,
	})
	w.write(j.framed)
	w.free, w.spare = append(w.free, j.raw[:0]), append(w.spare, j.framed[:0])
}

func (w *Writer) write(b []byte) {
	if w.err != nil {
		return
	}
	n, err := w.file.Write(b)
	w.offset += uint64(n)
	w.err = err
}

func (w *Writer) buffer() []byte {
	if n := len(w.free); n > 0 {
		b := w.free[n-1]
		w.free = w.free[:n-1]
		return b
	}
	return make([]byte, 0, w.opts.BlockBytes+w.opts.BlockBytes/8)
}

// Close writes what is open, makes the file durable and gives it its name. On
// an error nothing stands under the name.
func (w *Writer) Close() (Info, error) {
	if len(w.raw) > 0 && w.err == nil {
		w.cut()
	}
	w.stop()
	if w.err != nil {
		return Info{}, errors.Join(w.err, w.discard())
	}
	index := w.index()
	w.total.index, w.total.indexBytes = w.offset, uint64(len(index))
	w.total.blocks = uint64(len(w.entries))
	w.total.root = w.total.rootHash(header(w.kind), index)
	w.write(index)
	w.write(w.total.bytes())
	if w.err != nil {
		return Info{}, errors.Join(w.err, w.discard())
	}
	file := w.file
	w.file, w.err = nil, errors.New("segment writer is closed")
	if err := disk.Seal(w.fs, file, w.part, w.name); err != nil {
		return Info{}, err
	}
	return Info{
		Hash: hex.EncodeToString(w.total.root[:]), Records: int64(w.total.records),
		Raw: int64(w.total.raw), Bytes: int64(w.offset),
	}, nil
}

// index is the framed block that lists the others.
func (w *Writer) index() []byte {
	var list []byte
	for _, e := range w.entries {
		list = appendEntry(list, e)
	}
	j := &job{raw: list, records: uint32(len(w.entries))}
	w.compress(j)
	return j.framed
}

// Abort ends the writing and leaves nothing behind. After Close it does
// nothing.
func (w *Writer) Abort() error {
	w.stop()
	return w.discard()
}

func (w *Writer) stop() {
	w.settle(len(w.pending))
	if w.jobs != nil {
		close(w.jobs)
		w.jobs = nil
	}
}

func (w *Writer) discard() error {
	if w.file == nil {
		return nil
	}
	file := w.file
	w.file = nil
	if w.err == nil {
		w.err = errors.New("segment writer is aborted")
	}
	return errors.Join(file.Close(), disk.RemoveIfThere(w.fs, w.part))
}
