package store_test

import (
	"bytes"
	"errors"
	"os"
	"testing"

	"github.com/casefold/casefold/internal/store"
)

func segmentFile(t *testing.T, s *store.Store, generation int64, name string) store.Segment {
	t.Helper()
	file := store.SegmentFile(generation, name)
	if err := os.WriteFile(s.SegmentPath(file), []byte(name), 0o600); err != nil {
		t.Fatal(err)
	}
	return store.Segment{Name: name, File: file, Hash: name}
}

// A run becomes visible with the switch, and only one run can be next.
func TestSwitch(t *testing.T) {
	dir := t.TempDir()
	s := open(t, dir)
	rows := segmentFile(t, s, 1, "rows")
	first := store.Manifest{Generation: 1, Segments: []store.Segment{rows}}
	run := store.Run{Generation: 1, At: "2020-01-01T00:00:00Z"}
	err := s.Switch(first, func(tx *store.Tx) error { return store.Runs.Put(tx, store.Number(1), run) })
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Switch(first, nil); !errors.Is(err, store.ErrStale) {
		t.Error("a generation was written twice:", err)
	}
	// The second takes over rows and adds histories; its transaction fails.
	second := store.Manifest{Generation: 2, Segments: []store.Segment{rows, segmentFile(t, s, 2, "histories")}}
	broken := errors.New("broken")
	if err := s.Switch(second, func(*store.Tx) error { return broken }); !errors.Is(err, broken) {
		t.Error(err)
	}
	if m, err := s.Manifest(); err != nil || m.Generation != 1 {
		t.Error(m, err)
	}
	missing := store.Manifest{Generation: 2, Segments: []store.Segment{{Name: "x", File: "00000002-x.seg"}}}
	if err := s.Switch(missing, nil); !errors.Is(err, os.ErrNotExist) {
		t.Error("a manifest names a file that is not there:", err)
	}
	if err := s.Switch(second, nil); err != nil {
		t.Fatal(err)
	}
	// What no manifest names goes with Sweep; what the current one names stays.
	segmentFile(t, s, 3, "left by a crash")
	if err := os.WriteFile(s.SegmentPath("00000003-rows.seg.part"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if n, _, err := s.Sweep(); n != 2 || err != nil {
		t.Error(n, err)
	}
	s.Close()
	s = open(t, dir)
	m, err := s.Manifest()
	if err != nil || m.Generation != 2 || len(m.Segments) != 2 {
		t.Error(m, err)
	}
	for _, seg := range m.Segments {
		if _, err := os.Stat(s.SegmentPath(seg.File)); err != nil {
			t.Error(err)
		}
	}
	err = s.View(func(tx *store.Tx) error {
		got, err := store.Runs.Get(tx, store.Number(1))
		if got.At != run.At {
			t.Error(got)
		}
		return err
	})
	if err != nil {
		t.Error(err)
	}
}

func TestSegmentFilesAreToldApart(t *testing.T) {
	seen := map[string]string{}
	for _, name := range []string{"rows/court", "rows court", "rows_court", "rows/Court", "../rows", "Zeugen/ä", ""} {
		file := store.SegmentFile(1, name)
		if other, ok := seen[file]; ok {
			t.Errorf("%q and %q are both %s", name, other, file)
		}
		seen[file] = name
	}
}

func TestBlobs(t *testing.T) {
	dir := t.TempDir()
	s := open(t, dir)
	for _, size := range []int{1, 512 << 10, 3 << 20} {
		b := bytes.Repeat([]byte("model "), size/6+1)[:size]
		id, err := s.PutBlob(b)
		if err != nil {
			t.Fatal(err)
		}
		if got, err := s.Blob(id); err != nil || !bytes.Equal(got, b) {
			t.Errorf("%d bytes: %d back, %v", size, len(got), err)
		}
	}
	if _, err := s.Blob("none"); !errors.Is(err, store.ErrNotFound) {
		t.Error(err)
	}
}

func TestSubjectKeys(t *testing.T) {
	dir := t.TempDir()
	s := open(t, dir)
	names := []string{"a", "b", "a", "c"}
	keys, err := s.SubjectKeys(names)
	if err != nil {
		t.Fatal(err)
	}
	if len(keys[0]) != 32 || !bytes.Equal(keys[0], keys[2]) || bytes.Equal(keys[0], keys[1]) {
		t.Error("keys of subjects")
	}
	if err := s.DestroySubject("a"); err != nil {
		t.Fatal(err)
	}
	s.Close()
	s = open(t, dir)
	again, err := s.SubjectKeys(names)
	if err != nil || len(again[0]) != 0 || !bytes.Equal(again[1], keys[1]) {
		t.Error("after destruction", len(again[0]), err)
	}
	if bytes.Equal(s.Secret("ledger"), s.Secret("audit")) {
		t.Error("two purposes share a secret")
	}
}
