package store

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// A Manifest names the segments that make up the current generation.
type Manifest struct {
	Generation int64     `json:"generation"` // from 1; 0: nothing has run
	Segments   []Segment `json:"segments"`
	// Fingerprint is the engine's mark of what the generation was made from.
	Fingerprint string `json:"fingerprint,omitempty"`
}

// A Segment is a file that the manifest stands for: its bytes are known by
// their hash. A generation may take over files of an earlier one.
type Segment struct {
	Name    string `json:"name"` // what it holds, unique within the manifest
	File    string `json:"file"` // within segments/
	Hash    string `json:"hash"`
	Records int64  `json:"records"`
	Raw     int64  `json:"raw_bytes"`
	Bytes   int64  `json:"bytes"`
	From    string `json:"from,omitempty"` // fingerprint of what it was derived from
}

// Find returns the segment of that name.
func (m Manifest) Find(name string) (Segment, bool) {
	for _, seg := range m.Segments {
		if seg.Name == name {
			return seg, true
		}
	}
	return Segment{}, false
}

// Manifest is the current one; the zero Manifest if nothing has run.
func (s *Store) Manifest() (m Manifest, err error) {
	err = s.View(func(tx *Tx) error { m, err = tx.Manifest(); return err })
	return m, err
}

// Manifest is the one of this view.
func (tx *Tx) Manifest() (Manifest, error) {
	m, err := manifests.Get(tx, "current")
	if errors.Is(err, ErrNotFound) {
		return Manifest{}, nil
	}
	return m, err
}

// Switch makes m the current manifest, in the same transaction as fn's changes
// (fn may be nil). m follows the current one, or ErrStale.
func (s *Store) Switch(m Manifest, fn func(*Tx) error) error {
	for _, seg := range m.Segments {
		if seg.File != filepath.Base(seg.File) || seg.File == "" {
			return fmt.Errorf("segment %q has no plain file name", seg.Name)
		}
		if _, err := os.Stat(s.SegmentPath(seg.File)); err != nil {
			return fmt.Errorf("switching the manifest: %w", err)
		}
	}
	return s.Update(func(tx *Tx) error {
		now, err := tx.Manifest()
		if err != nil {
			return err
		}
		if m.Generation != now.Generation+1 {
			return fmt.Errorf("%w: generation %d, wanted to write %d", ErrStale, now.Generation, m.Generation)
		}
		if err := manifests.Put(tx, "current", m); err != nil {
			return err
		}
		if fn != nil {
			return fn(tx)
		}
		return nil
	})
}

// SegmentFile is the file name for a new segment of a generation; SegmentPath
// where a file of that name lies.
func SegmentFile(generation int64, name string) string {
	clean := strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || r == '-' || r == '.' {
			return r
		}
		return '_'
	}, name)
	if clean != name || len(name) > 100 { // keep two names apart that look alike now
		sum := sha256.Sum256([]byte(name))
		clean = clean[:min(len(clean), 80)] + "-" + hex.EncodeToString(sum[:6])
	}
	return fmt.Sprintf("%08d-%s.seg", generation, clean)
}

func (s *Store) SegmentPath(file string) string { return filepath.Join(s.dir, "segments", file) }

// Sweep removes the files in segments/ that the current manifest does not
// name: those of earlier generations, and what a crash left. It is called when
// nobody reads or writes segments. It returns the files and bytes removed.
func (s *Store) Sweep() (files int, bytes int64, err error) {
	m, err := s.Manifest()
	if err != nil {
		return 0, 0, err
	}
	keep := map[string]bool{}
	for _, seg := range m.Segments {
		keep[seg.File] = true
	}
	entries, err := os.ReadDir(filepath.Join(s.dir, "segments"))
	if err != nil {
		return 0, 0, err
	}
	for _, e := range entries {
		info, err := e.Info()
		if err != nil {
			return files, bytes, err
		}
		if keep[e.Name()] || !info.Mode().IsRegular() {
			continue
		}
		if err := os.Remove(s.SegmentPath(e.Name())); err != nil {
			return files, bytes, err
		}
		files, bytes = files+1, bytes+info.Size()
	}
	return files, bytes, nil
}

const blobPiece = 512 << 10

// PutBlob keeps bytes that may be larger than a record, and returns their
// SHA-256 in hex, under which they are found. It is durable before it returns;
// a record that names the blob comes after.
func (s *Store) PutBlob(b []byte) (string, error) {
	sum := sha256.Sum256(b)
	id := hex.EncodeToString(sum[:])
	for i := 0; i == 0 || i*blobPiece < len(b); i++ {
		piece := b[i*blobPiece : min(len(b), (i+1)*blobPiece)]
		err := s.Update(func(tx *Tx) error { return blobs.Put(tx, id+"/"+Number(int64(i)), piece) })
		if err != nil {
			return "", err
		}
	}
	return id, nil
}

// Blob returns the bytes of a PutBlob, or ErrNotFound.
func (s *Store) Blob(id string) (b []byte, err error) {
	found := false
	err = s.View(func(tx *Tx) error {
		return blobs.Scan(tx, id+"/", func(_ string, piece []byte) error {
			found = true
			b = append(b, piece...)
			return nil
		})
	})
	if err != nil {
		return nil, err
	}
	if !found {
		return nil, ErrNotFound
	}
	if sum := sha256.Sum256(b); hex.EncodeToString(sum[:]) != id {
		return nil, fmt.Errorf("%w: a blob is not what was written", ErrCorrupt)
	}
	return b, nil
}
