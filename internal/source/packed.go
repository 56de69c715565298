package source

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"
)

// A packed is a file, unpacked while it is read. The packing is told by the
// first bytes, not by the name: files are renamed more often than repacked.
type packed struct {
	file  *os.File
	count *counter
	r     io.Reader
	close func()
}

// counter counts the bytes that were read from disk.
type counter struct {
	r io.Reader
	n int64
}

func (c *counter) Read(p []byte) (int, error) {
	n, err := c.r.Read(p)
	c.n += int64(n)
	return n, err
}

var (
	gzipMagic = []byte{0x1f, 0x8b}
	zstdMagic = []byte{0x28, 0xb5, 0x2f, 0xfd}
	zipMagic  = []byte{'P', 'K', 3, 4} // also of spreadsheets
)

func openPacked(path string) (*packed, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	p := &packed{file: f, count: &counter{r: f}, close: func() {}}
	head := make([]byte, 4)
	n, err := io.ReadFull(p.count, head)
	if err != nil && err != io.EOF && err != io.ErrUnexpectedEOF {
		f.Close()
		return nil, err
	}
	whole := io.MultiReader(bytes.NewReader(head[:n]), p.count)
	switch {
	case bytes.HasPrefix(head[:n], gzipMagic):
		z, err := gzip.NewReader(whole)
		if err != nil {
			f.Close()
			return nil, errors.Join(errBroken, err)
		}
		p.r = z
	case bytes.HasPrefix(head[:n], zstdMagic):
		z, err := zstd.NewReader(whole, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxWindow(1<<29))
		if err != nil {
			f.Close()
			return nil, errors.Join(errBroken, err)
		}
		p.r, p.close = z, z.Close
	default:
		p.r = whole
	}
	return p, nil
}

var errBroken = errors.New("the packed file is damaged")

func (p *packed) Read(b []byte) (int, error) { return p.r.Read(b) }

// consumed is how many bytes of the file on disk were read so far.
func (p *packed) consumed() int64 { return p.count.n }

// Close releases the file.
func (p *packed) Close() error {
	p.close()
	return p.file.Close()
}

const (
	// maxRow bounds a row and the look-ahead for a closing quote, in bytes.
	maxRow = 1 << 20
	// windowSize is room for a look-ahead of maxRow behind any row, and for as
	// much again.
	windowSize = 2 * maxRow
	// readSize is what is read at once where nothing asks for more. It stays in
	// a core's cache: reading 2 MB at once is a quarter slower (BenchmarkRead).
	readSize = 256 << 10
)

// A window is the part of a file that is in memory. Positions are offsets into
// buf; text is the same bytes as an immutable string, so that values are
// substrings of it: one allocation for a megabyte of rows, and no unsafe view
// of a buffer that will be overwritten.
type window struct {
	ctx   context.Context
	r     io.Reader
	buf   []byte
	text  string
	lo    int   // start of what no piece has claimed
	total int64 // bytes read so far
	eof   bool
	ascii bool // no byte of buf is beyond ASCII
	// broken is the unpacker's complaint; what came before it is still read.
	broken error
	tick   func()
}

func newWindow(ctx context.Context, r io.Reader, tick func()) *window {
	return &window{ctx: ctx, r: r, buf: make([]byte, 0, windowSize), tick: tick}
}

// fill moves what is unclaimed to the front and reads until the window holds
// size bytes or the file ends.
func (w *window) fill(size int) error {
	if err := w.ctx.Err(); err != nil {
		return err
	}
	n := copy(w.buf[:cap(w.buf)], w.buf[w.lo:])
	w.lo = 0
	w.buf = w.buf[:n]
	err := w.readTo(max(size, n+readSize/2))
	w.text = string(w.buf)
	w.ascii = isASCII(w.buf)
	if w.tick != nil {
		w.tick()
	}
	switch {
	case err == nil:
	case err == io.EOF:
		w.eof = true
	case isUnpacker(w.r) && !isPathError(err):
		// A read error of the disk ends the run; a damaged archive ends the file.
		w.eof, w.broken = true, err
	default:
		return err
	}
	return nil
}

// readTo reads until the buffer holds size bytes. Unlike io.ReadFull it tells
// the file's end from an unpacker's io.ErrUnexpectedEOF.
func (w *window) readTo(size int) error {
	size = min(size, cap(w.buf))
	for len(w.buf) < size {
		n, err := w.r.Read(w.buf[len(w.buf):size])
		w.buf = w.buf[:len(w.buf)+n]
		w.total += int64(n)
		if err != nil {
			return err
		}
	}
	return nil
}

func isPathError(err error) bool {
	var path *os.PathError
	return errors.As(err, &path)
}

// isUnpacker reports whether errors of r can mean a damaged archive.
func isUnpacker(r io.Reader) bool {
	p, ok := r.(*packed)
	if !ok {
		return false
	}
	switch p.r.(type) {
	case *gzip.Reader, *zstd.Decoder:
		return true
	}
	return false
}

// overlong passes the line that begins at lo, which has no break within maxRow
// bytes, as one bad piece. Of its bytes the first maxRow are kept; the rest is
// read past, however long it is.
func (w *window) overlong(out *sink, eol byte, fill func(int) error) error {
	raw := bytes.Clone(w.buf[w.lo : w.lo+maxRow])
	w.lo += maxRow
	size := int64(maxRow)
	for {
		if at := strings.IndexByte(w.text[w.lo:], eol); at >= 0 {
			size += int64(at)
			w.lo += at + 1
			break
		}
		size += int64(len(w.buf) - w.lo)
		w.lo = len(w.buf)
		if w.eof {
			break
		}
		if err := fill(readSize); err != nil {
			return err
		}
	}
	b := Bad{Lines: 1, Reason: TooLong, Raw: raw, Detail: fmt.Sprintf("a line of %d bytes, of which %d are kept", size, maxRow)}
	if w.eof && w.lo == len(w.buf) && w.broken != nil {
		b.Reason, b.Detail = BrokenArchive, w.broken.Error()
	}
	return out.emitBad(b)
}
