package segment

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"os"
	"syscall"

	"github.com/casefold/casefold/internal/disk"
)

// A flat file holds columns as they lie in memory, side by side and not
// compressed, so that a stage can be left and entered again without reading
// anything: the columns are mapped. It is for work under way on this machine,
// not for keeping: the bytes are in this machine's order, and nothing is synced.
// What a crash tore is found by its checks, and made again.
//
// Layout: each column at a multiple of 64 bytes; the directory, JSON; then 64
// bytes: directory offset u64 | directory bytes u64 | key 32 | crc u32 of the
// directory and of the 48 bytes before | mark 12. A column's CRC-32C stands in
// the directory. The key is whatever the columns are a function of, hashed.

// ErrForeign: a flat file is whole, and is of other work.
var ErrForeign = errors.New("file is of other work")

const (
	flatAlign   = 64
	flatTrailer = 64
	flatChecked = 48 // bytes of the trailer that its crc covers
	flatChunk   = 4 << 20
)

// flatMark ends a flat file; the machine's byte order is a part of it.
var flatMark = append(binary.NativeEndian.AppendUint32(nil, 0x01020304), "cfflat\x00\x01"...)

// A FlatKey names the work that a flat file is of.
type FlatKey [32]byte

type flatColumn struct {
	Name   string `json:"name"`
	Offset int64  `json:"offset"`
	Bytes  int64  `json:"bytes"`
	CRC    uint32 `json:"crc"`
}

// A FlatWriter writes a flat file. A file takes its name when it is whole.
type FlatWriter struct {
	fsys      disk.FS
	name      string
	key       FlatKey
	f         disk.File
	at        int64
	directory []flatColumn
}

// CreateFlat begins a flat file.
func CreateFlat(fsys disk.FS, name string, key FlatKey) (*FlatWriter, error) {
	f, err := fsys.Create(name + disk.TempSuffix)
	if err != nil {
		return nil, err
	}
	return &FlatWriter{fsys: fsys, name: name, key: key, f: f}, nil
}

// Put appends a column.
func (w *FlatWriter) Put(name string, column []byte) error {
	if pad := -w.at & (flatAlign - 1); pad > 0 {
		if err := w.write(make([]byte, pad)); err != nil {
			return err
		}
	}
	c := flatColumn{Name: name, Offset: w.at, Bytes: int64(len(column))}
	for len(column) > 0 {
		part := column[:min(flatChunk, len(column))]
		column = column[len(part):]
		c.CRC = crc32.Update(c.CRC, castagnoli, part)
		if err := w.write(part); err != nil {
			return err
		}
	}
	w.directory = append(w.directory, c)
	return nil
}

func (w *FlatWriter) write(b []byte) error {
	n, err := w.f.Write(b)
	w.at += int64(n)
	return err
}

// Close ends the file and gives it its name.
func (w *FlatWriter) Close() error {
	dir, err := json.Marshal(w.directory)
	if err != nil {
		return errors.Join(err, w.Abort())
	}
	t := binary.LittleEndian.AppendUint64(nil, uint64(w.at))
	t = binary.LittleEndian.AppendUint64(t, uint64(len(dir)))
	t = append(t, w.key[:]...)
	crc := crc32.Update(crc32.Checksum(dir, castagnoli), castagnoli, t)
	t = append(binary.LittleEndian.AppendUint32(t, crc), flatMark...)
	if err := w.write(append(dir, t...)); err != nil {
		return errors.Join(err, w.Abort())
	}
	part := w.name + disk.TempSuffix
	if err := w.f.Close(); err != nil {
		return errors.Join(err, w.fsys.Remove(part))
	}
	if err := w.fsys.Rename(part, w.name); err != nil {
		return errors.Join(err, w.fsys.Remove(part))
	}
	return nil
}

// Abort gives the file up.
func (w *FlatWriter) Abort() error {
	return errors.Join(w.f.Close(), w.fsys.Remove(w.name+disk.TempSuffix))
}

// A Flat is a flat file, mapped. Its columns may be read until Close, and must
// not be written to.
type Flat struct {
	mapped  []byte
	columns map[string][]byte
}

// CheckFlat reads all of a flat file and reports whether it is whole and of
// some work: ErrCorrupt, ErrForeign, or an error that satisfies
// errors.Is(err, fs.ErrNotExist).
func CheckFlat(fsys disk.FS, name string, key FlatKey) error {
	f, err := fsys.Open(name)
	if err != nil {
		return err
	}
	defer f.Close()
	size, err := f.Size()
	if err != nil {
		return err
	}
	directory, err := flatDirectory(f, size, key)
	if err != nil {
		return err
	}
	buf := make([]byte, flatChunk)
	for _, c := range directory {
		crc := uint32(0)
		for at := int64(0); at < c.Bytes; {
			part := buf[:min(int64(len(buf)), c.Bytes-at)]
			if _, err := f.ReadAt(part, c.Offset+at); err != nil {
				return fmt.Errorf("%w: %w", ErrCorrupt, err)
			}
			crc = crc32.Update(crc, castagnoli, part)
			at += int64(len(part))
		}
		if crc != c.CRC {
			return fmt.Errorf("%w: a column's check fails", ErrCorrupt)
		}
	}
	return nil
}

// flatDirectory reads and checks what stands at the end of a flat file.
func flatDirectory(f io.ReaderAt, size int64, key FlatKey) ([]flatColumn, error) {
	t := make([]byte, flatTrailer)
	if size < flatTrailer {
		return nil, fmt.Errorf("%w: too short", ErrCorrupt)
	}
	if _, err := f.ReadAt(t, size-flatTrailer); err != nil {
		return nil, err
	}
	if !bytes.Equal(t[flatChecked+4:], flatMark) {
		return nil, fmt.Errorf("%w: no end", ErrCorrupt)
	}
	at, n := binary.LittleEndian.Uint64(t), binary.LittleEndian.Uint64(t[8:])
	if end := uint64(size - flatTrailer); at > end || n != end-at {
		return nil, fmt.Errorf("%w: its length", ErrCorrupt)
	}
	dir := make([]byte, n)
	if _, err := f.ReadAt(dir, int64(at)); err != nil {
		return nil, err
	}
	if crc32.Update(crc32.Checksum(dir, castagnoli), castagnoli, t[:flatChecked]) != binary.LittleEndian.Uint32(t[flatChecked:]) {
		return nil, fmt.Errorf("%w: its directory", ErrCorrupt)
	}
	if !bytes.Equal(t[16:flatChecked], key[:]) {
		return nil, ErrForeign
	}
	var out []flatColumn
	if err := json.Unmarshal(dir, &out); err != nil {
		return nil, fmt.Errorf("%w: its directory", ErrCorrupt)
	}
	for _, c := range out {
		if c.Offset < 0 || c.Bytes < 0 || c.Offset%flatAlign != 0 || c.Bytes > int64(at)-c.Offset {
			return nil, fmt.Errorf("%w: its directory", ErrCorrupt)
		}
	}
	return out, nil
}

// OpenFlat maps a flat file. It checks the directory and the key; that the
// columns are whole is for CheckFlat to say, once, where another process wrote
// them.
func OpenFlat(name string, key FlatKey) (*Flat, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	st, err := f.Stat()
	if err != nil {
		return nil, err
	}
	directory, err := flatDirectory(f, st.Size(), key)
	if err != nil {
		return nil, err
	}
	mapped, err := syscall.Mmap(int(f.Fd()), 0, int(st.Size()), syscall.PROT_READ, syscall.MAP_SHARED)
	if err != nil {
		return nil, fmt.Errorf("mapping %s: %w", name, err)
	}
	out := &Flat{mapped, map[string][]byte{}}
	for _, c := range directory {
		out.columns[c.Name] = mapped[c.Offset : c.Offset+c.Bytes : c.Offset+c.Bytes]
	}
	return out, nil
}

// Column is a column's bytes, nil if there is none of that name.
func (f *Flat) Column(name string) []byte { return f.columns[name] }

// Rest gives the file's pages back to the system. They are fetched again, from
// its cache or the disk, when a column is read next.
func (f *Flat) Rest() error { return rest(f.mapped) }

// Close ends the mapping.
func (f *Flat) Close() error {
	mapped := f.mapped
	f.mapped, f.columns = nil, nil
	return syscall.Munmap(mapped)
}
