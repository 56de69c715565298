package segment_test

import (
	"bytes"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/casefold/casefold/internal/crash"
	"github.com/casefold/casefold/internal/disk"
	"github.com/casefold/casefold/internal/segment"
)

// sorted makes a sorted segment of a map and opens it.
func sorted(t require, d *crash.Disk, name string, m map[string]string, block int) *segment.SortedReader {
	t.Helper()
	w, err := segment.CreateSorted(d, name, segment.Options{BlockBytes: block})
	if err != nil {
		t.Fatal(err)
	}
	for _, k := range slices.Sorted(maps.Keys(m)) {
		if err := w.Append([]byte(k), []byte(m[k])); err != nil {
			t.Fatal(err)
		}
	}
	info, err := w.Close()
	if err != nil {
		t.Fatal(err)
	}
	r, err := segment.OpenSorted(d, name, info.Hash)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

var words = rapid.MapOf(rapid.StringN(0, 3, 8), rapid.StringN(0, 4, 20))

// A sorted segment answers as a map does, and walks from anywhere.
func TestSortedIsAMap(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := words.Draw(t, "map")
		r := sorted(t, crash.NewDisk(), "s/a", m, rapid.IntRange(1, 100).Draw(t, "block"))
		defer r.Close()
		for k, v := range m {
			if got, err := r.Get([]byte(k)); err != nil || string(got) != v {
				t.Fatalf("%q: %q, %v", k, got, err)
			}
		}
		probe := rapid.StringN(0, 3, 8).Draw(t, "probe")
		got, err := r.Get([]byte(probe))
		if v, ok := m[probe]; ok && string(got) != v || !ok && !errors.Is(err, segment.ErrNotFound) {
			t.Fatalf("probe %q: %q, %v", probe, got, err)
		}
		var want, walked []string
		for _, k := range slices.Sorted(maps.Keys(m)) {
			if k >= probe {
				want = append(want, k+"="+m[k])
			}
		}
		err = r.ScanFrom([]byte(probe), func(k, v []byte) error {
			walked = append(walked, string(k)+"="+string(v))
			return nil
		})
		if err != nil || !slices.Equal(want, walked) {
			t.Fatalf("from %q: %q, want %q, %v", probe, walked, want, err)
		}
	})
}

func TestSortedRefusesDisorder(t *testing.T) {
	for _, keys := range [][]string{{"b", "a"}, {"a", "a"}, {"", ""}} {
		w, err := segment.CreateSorted(crash.NewDisk(), "s/a", segment.Options{})
		if err != nil {
			t.Fatal(err)
		}
		err = errors.Join(w.Append([]byte(keys[0]), nil), w.Append([]byte(keys[1]), nil))
		if !errors.Is(err, segment.ErrOrder) {
			t.Errorf("%q: %v", keys, err)
		}
		if _, err := w.Close(); err == nil {
			t.Errorf("%q: closed as if nothing were wrong", keys)
		}
	}
	d := crash.NewDisk()
	info, _ := write(t, d, "s/plain", segment.Options{}, rows(3))
	if _, err := segment.OpenSorted(d, "s/plain", info.Hash); !errors.Is(err, segment.ErrCorrupt) {
		t.Error("a plain segment was opened as a sorted one:", err)
	}
}

// A sorter gives the same in any amount of memory, and leaves no file.
func TestSorter(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		list := rapid.SliceOf(rapid.StringN(0, 3, 12)).Draw(t, "pairs")
		d := crash.NewDisk()
		s := segment.NewSorter(d, "s/x", rapid.IntRange(1, 400).Draw(t, "memory"))
		var want, got []string
		for i, k := range list {
			v := fmt.Sprint(i % 5)
			if err := s.Add([]byte(k), []byte(v)); err != nil {
				t.Fatal(err)
			}
			want = append(want, k+"\x00"+v)
		}
		slices.Sort(want)
		err := s.Each(func(k, v []byte) error { got = append(got, string(k)+"\x00"+string(v)); return nil })
		// The separator sorts as the sorter does only where keys have no NUL.
		if !strings.Contains(strings.Join(list, ""), "\x00") && !slices.Equal(want, got) || len(got) != len(want) {
			t.Fatalf("got %q, want %q", got, want)
		}
		if err := errors.Join(err, s.Close()); err != nil {
			t.Fatal(err)
		}
		if names := d.Names(); len(names) != 0 {
			t.Fatal(names)
		}
	})
}

func TestCompareDeliveries(t *testing.T) {
	d := crash.NewDisk()
	first := sorted(t, d, "s/1", map[string]string{"a": "1", "b": "2", "c": "3"}, 1)
	second := sorted(t, d, "s/2", map[string]string{"a": "1", "b": "9", "d": "4"}, 1)
	var out bytes.Buffer
	counts, err := segment.Compare(first, second, func(c segment.Change, key, before, after []byte) error {
		fmt.Fprintf(&out, "%s %s %s>%s\n", key, c, before, after)
		return nil
	})
	want := "a unchanged 1>1\nb changed 2>9\nc gone 3>\nd new >4\n"
	if err != nil || out.String() != want || counts != [4]int64{1, 1, 1, 1} {
		t.Errorf("%s%v %v", out.String(), counts, err)
	}
}

// The counts of two deliveries add up, whatever they hold.
func TestCompareAddsUp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := words.Draw(t, "earlier"), words.Draw(t, "later")
		d := crash.NewDisk()
		counts, err := segment.Compare(sorted(t, d, "s/1", a, 20), sorted(t, d, "s/2", b, 30), nil)
		both := counts[segment.Unchanged] + counts[segment.Changed]
		if err != nil || both+counts[segment.Gone] != int64(len(a)) || both+counts[segment.New] != int64(len(b)) {
			t.Fatal(counts, len(a), len(b), err)
		}
	})
}

// TestSorterOfManyBlocks wants every pair back from runs that are longer than a
// block.
func TestSorterOfManyBlocks(t *testing.T) {
	const n = 60_000
	s := segment.NewSorter(disk.OS{}, t.TempDir()+"/x", 1<<20)
	for i := range n {
		if err := s.Add(fmt.Appendf(nil, "C-%07d", i*7919%60_013), []byte("a value of some length")); err != nil {
			t.Fatal(err)
		}
	}
	var before []byte
	got := 0
	err := s.Each(func(key, _ []byte) error {
		if bytes.Compare(before, key) > 0 {
			t.Fatalf("%s after %s", key, before)
		}
		before = append(before[:0], key...)
		got++
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if got != n {
		t.Errorf("%d of %d pairs came back", got, n)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
}
