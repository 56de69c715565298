// Package disk is the file system as the rooms that keep promises use it: few
// calls, each of which can fail, with the syncs that durability needs spelled
// out. Segments, journals and manifests do all their work on files through an
// FS, so that one test harness (internal/crash) can stop or fail every call.
//
// The package takes paths and bytes and returns files; it knows no format. Its
// one invariant: what WriteWhole has returned nil for is on disk under its name,
// whole, whatever happens next; before that, the name still shows what it
// showed.
package disk

import (
	"bufio"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"sort"
)

// An FS opens and names files. Implementations are safe for concurrent use.
// Errors satisfy errors.Is with fs.ErrNotExist where the name does not exist.
type FS interface {
	// MkdirAll makes a folder and its parents, for the owner only, and makes
	// durable that they are there.
	MkdirAll(dir string) error
	// Create makes an empty file, or empties the one of that name.
	Create(name string) (File, error)
	// Open opens for reading only.
	Open(name string) (File, error)
	// OpenRW opens for reading and writing and makes the file if need be.
	OpenRW(name string) (File, error)
	Rename(from, to string) error
	Remove(name string) error
	// SyncDir makes creations, renames and removals in a folder durable.
	SyncDir(dir string) error
	// ReadDir lists the names in a folder, sorted.
	ReadDir(dir string) ([]string, error)
}

// A File is an open file. Reads and writes have an explicit offset, or go on
// from the last Write.
type File interface {
	io.Writer
	io.ReaderAt
	io.WriterAt
	io.Closer
	// Sync returns once the file's bytes are durable.
	Sync() error
	Truncate(size int64) error
	Size() (int64, error)
}

// OS is the real file system. Files are readable by their owner only: they
// hold criminal records.
type OS struct{}

func (o OS) MkdirAll(dir string) error {
	dir = filepath.Clean(dir)
	var parents []string // of the folders that are not there yet
	for at := dir; ; at = filepath.Dir(at) {
		_, err := os.Stat(at)
		if err == nil || at == filepath.Dir(at) {
			break
		}
		if !errors.Is(err, fs.ErrNotExist) {
			return err
		}
		parents = append(parents, filepath.Dir(at))
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	for _, p := range parents {
		if err := o.SyncDir(p); err != nil {
			return err
		}
	}
	return nil
}

func (OS) Create(name string) (File, error) {
	return wrap(os.OpenFile(name, os.O_RDWR|os.O_CREATE|os.O_TRUNC, 0o600))
}

func (OS) Open(name string) (File, error) { return wrap(os.Open(name)) }

func (OS) OpenRW(name string) (File, error) {
	return wrap(os.OpenFile(name, os.O_RDWR|os.O_CREATE, 0o600))
}

func (OS) Rename(from, to string) error { return os.Rename(from, to) }
func (OS) Remove(name string) error     { return os.Remove(name) }

func (OS) SyncDir(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	err = d.Sync()
	return errors.Join(err, d.Close())
}

func (OS) ReadDir(dir string) ([]string, error) {
	entries, err := os.ReadDir(dir)
	names := make([]string, 0, len(entries))
	for _, e := range entries {
		names = append(names, e.Name())
	}
	sort.Strings(names)
	return names, err
}

type osFile struct{ *os.File }

func wrap(f *os.File, err error) (File, error) {
	if err != nil {
		return nil, err
	}
	return osFile{f}, nil
}

func (f osFile) Size() (int64, error) {
	info, err := f.Stat()
	if err != nil {
		return 0, err
	}
	return info.Size(), nil
}

// TempSuffix ends the names of files that are being written. A file of such a
// name is left over from a crash and may be removed by whoever owns the folder.
const TempSuffix = ".part"

// WriteWhole writes a file whole: to a name of its own, synced, then renamed,
// the folder synced. On an error the name shows what it showed before, or, if
// only the sync of the folder failed, the new file. A link is followed; a device
// or a pipe (/dev/stdout) stays what it is, and is written to.
func WriteWhole(fsys FS, name string, write func(io.Writer) error) error {
	if _, ok := fsys.(OS); ok {
		var stream bool
		if name, stream = target(name); stream {
			return writeStream(name, write)
		}
	}
	part := name + TempSuffix
	f, err := fsys.Create(part)
	if err != nil {
		return err
	}
	if err := buffer(f, write); err != nil {
		return errors.Join(err, f.Close(), fsys.Remove(part))
	}
	return Seal(fsys, f, part, name)
}

// target is the file that a name stands for, its links followed, and whether it
// is a device or a pipe, which no file can take the place of.
func target(name string) (string, bool) {
	info, err := os.Stat(name)
	if err != nil || info.IsDir() {
		return name, false
	}
	if !info.Mode().IsRegular() {
		return name, true
	}
	if real, err := filepath.EvalSymlinks(name); err == nil {
		if there, err := os.Stat(real); err == nil && os.SameFile(info, there) {
			return real, false
		}
		return name, true // an open file without a name, as /dev/stdout may be
	}
	return name, true
}

func writeStream(name string, write func(io.Writer) error) error {
	f, err := os.OpenFile(name, os.O_WRONLY|os.O_TRUNC, 0)
	if err != nil {
		return err
	}
	return errors.Join(buffer(f, write), f.Close())
}

// buffer lets write fill a file through a buffer.
func buffer(f io.Writer, write func(io.Writer) error) error {
	buffered := bufio.NewWriterSize(f, 1<<16)
	if err := write(buffered); err != nil {
		return err
	}
	return buffered.Flush()
}

// Seal syncs and closes a written file, gives it its name and syncs the
// folder. It is the second half of WriteWhole, for writers that stream.
func Seal(fsys FS, f File, part, name string) error {
	err := f.Sync()
	err = errors.Join(err, f.Close())
	if err == nil {
		err = fsys.Rename(part, name)
	}
	if err != nil {
		return errors.Join(err, fsys.Remove(part))
	}
	return fsys.SyncDir(filepath.Dir(name))
}

// ReadWhole reads a file that is known to be small, at most limit bytes.
func ReadWhole(fsys FS, name string, limit int64) ([]byte, error) {
	f, err := fsys.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	size, err := f.Size()
	if err != nil {
		return nil, err
	}
	if size > limit {
		return nil, errors.New("file is larger than it can be")
	}
	b := make([]byte, size)
	if _, err := f.ReadAt(b, 0); err != nil && !errors.Is(err, io.EOF) {
		return nil, err
	}
	return b, nil
}

// RemoveIfThere removes a file; that it is not there is no error.
func RemoveIfThere(fsys FS, name string) error {
	if err := fsys.Remove(name); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}
