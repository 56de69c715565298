package crash

import (
	"io"
	"io/fs"
	"slices"
)

// An inode is a file: its bytes, those that are synced, and the changes since.
type inode struct {
	data, synced []byte
	pending      []change
}

// A change is a write at an offset, or a truncation (data nil).
type change struct {
	offset int64
	data   []byte
}

func (c change) apply(b []byte) []byte {
	if c.data == nil {
		if int64(len(b)) > c.offset {
			return b[:c.offset]
		}
		return append(b, make([]byte, c.offset-int64(len(b)))...)
	}
	if end := c.offset + int64(len(c.data)); int64(len(b)) < end {
		b = append(b, make([]byte, end-int64(len(b)))...)
	}
	copy(b[c.offset:], c.data)
	return b
}

func (n *inode) change(c change) {
	n.data = c.apply(n.data)
	n.pending = append(n.pending, c)
}

// A file is an open inode.
type file struct {
	d      *Disk
	n      *inode
	at     int64
	closed bool
}

func (f *file) Write(p []byte) (int, error) {
	n, err := f.WriteAt(p, f.at)
	f.at += int64(n)
	return n, err
}

func (f *file) WriteAt(p []byte, offset int64) (int, error) {
	f.d.mu.Lock()
	defer f.d.mu.Unlock()
	half, err := f.d.step(true)
	if err != nil {
		if half && len(p) > 1 {
			p = p[:len(p)/2]
			f.n.change(change{offset, slices.Clone(p)})
			return len(p), err
		}
		return 0, err
	}
	if len(p) > 0 {
		f.n.change(change{offset, slices.Clone(p)})
	}
	return len(p), nil
}

func (f *file) ReadAt(p []byte, offset int64) (int, error) {
	f.d.mu.Lock()
	defer f.d.mu.Unlock()
	if _, err := f.d.step(false); err != nil {
		return 0, err
	}
	if offset >= int64(len(f.n.data)) {
		return 0, io.EOF
	}
	n := copy(p, f.n.data[offset:])
	if n < len(p) {
		return n, io.EOF
	}
	return n, nil
}

func (f *file) Sync() error {
	f.d.mu.Lock()
	defer f.d.mu.Unlock()
	if _, err := f.d.step(true); err != nil {
		return err
	}
	f.n.synced, f.n.pending = slices.Clone(f.n.data), nil
	return nil
}

func (f *file) Truncate(size int64) error {
	f.d.mu.Lock()
	defer f.d.mu.Unlock()
	if _, err := f.d.step(true); err != nil {
		return err
	}
	f.n.change(change{offset: size})
	return nil
}

func (f *file) Size() (int64, error) {
	f.d.mu.Lock()
	defer f.d.mu.Unlock()
	_, err := f.d.step(false)
	return int64(len(f.n.data)), err
}

func (f *file) Close() error {
	f.d.mu.Lock()
	defer f.d.mu.Unlock()
	if f.closed {
		return fs.ErrClosed
	}
	f.closed = true
	_, err := f.d.step(false)
	return err
}
