package segment_test

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"pgregory.net/rapid"

	"github.com/casefold/casefold/internal/disk"
	"github.com/casefold/casefold/internal/segment"
)

func writeFlat(t require, name string, key segment.FlatKey, columns map[string][]byte, order []string) {
	w, err := segment.CreateFlat(disk.OS{}, name, key)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range order {
		if err := w.Put(c, columns[c]); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
}

// TestColumnsComeBack: whatever was put, under its name, also when the pages
// were given back.
func TestColumnsComeBack(t *testing.T) {
	dir := t.TempDir()
	rapid.Check(t, func(t *rapid.T) {
		columns := rapid.MapOfN(rapid.StringN(1, 5, 20), rapid.SliceOfN(rapid.Byte(), 0, 9000), 0, 6).Draw(t, "columns")
		var order []string
		for c := range columns {
			order = append(order, c)
		}
		name, key := filepath.Join(dir, "f"), segment.FlatKey{1}
		writeFlat(t, name, key, columns, order)
		if err := segment.CheckFlat(disk.OS{}, name, key); err != nil {
			t.Fatal(err)
		}
		f, err := segment.OpenFlat(name, key)
		if err != nil {
			t.Fatal(err)
		}
		for range 2 {
			for c, want := range columns {
				if got := f.Column(c); !bytes.Equal(got, want) {
					t.Errorf("column %q: %d bytes, not %d", c, len(got), len(want))
				}
			}
			if err := f.Rest(); err != nil {
				t.Fatal(err)
			}
		}
		if f.Column("not there") != nil {
			t.Error("a column that nobody put")
		}
		if err := f.Close(); err != nil {
			t.Fatal(err)
		}
	})
}

// TestTornAndForeignFlatFiles: every cut and every changed byte is found, and a
// whole file of other work is told from a damaged one.
func TestTornAndForeignFlatFiles(t *testing.T) {
	name, key := filepath.Join(t.TempDir(), "f"), segment.FlatKey{7, 7}
	writeFlat(t, name, key, map[string][]byte{"a": []byte("some bytes of a"), "b": bytes.Repeat([]byte("b"), 130)}, []string{"a", "b"})
	if err := segment.CheckFlat(disk.OS{}, name, segment.FlatKey{7}); !errors.Is(err, segment.ErrForeign) {
		t.Errorf("a file of other work: %v", err)
	}
	if _, err := segment.OpenFlat(name, segment.FlatKey{7}); !errors.Is(err, segment.ErrForeign) {
		t.Errorf("a file of other work, mapped: %v", err)
	}
	whole, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	check := func(what string, at int, b []byte) {
		if err := os.WriteFile(name, b, 0o600); err != nil {
			t.Fatal(err)
		}
		if err := segment.CheckFlat(disk.OS{}, name, key); err == nil {
			t.Errorf("%s at %d of %d is not seen", what, at, len(whole))
		}
	}
	for n := range whole {
		check("a cut", n, whole[:n])
	}
	for i := range whole {
		// Padding between columns means nothing.
		if pad := i >= len("some bytes of a") && i < 64 || i >= 64+130 && whole[i] == 0 && i < len(whole)-64 && whole[i-1] != ']'; pad {
			continue
		}
		b := bytes.Clone(whole)
		b[i] ^= 0x40
		check("a changed byte", i, b)
	}
	if err := segment.CheckFlat(disk.OS{}, name+"x", key); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a file that is not there: %v", err)
	}
}

// TestAnUnfinishedFlatFileHasNoName: until Close the name shows what it showed.
func TestAnUnfinishedFlatFileHasNoName(t *testing.T) {
	dir := t.TempDir()
	w, err := segment.CreateFlat(disk.OS{}, filepath.Join(dir, "f"), segment.FlatKey{})
	if err != nil {
		t.Fatal(err)
	}
	if err := w.Put("a", []byte("x")); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(filepath.Join(dir, "f")); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("the name is there: %v", err)
	}
	if err := w.Abort(); err != nil {
		t.Fatal(err)
	}
	if left, _ := os.ReadDir(dir); len(left) > 0 {
		t.Errorf("left over: %v", left)
	}
}
