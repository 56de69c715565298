package segment_test

import (
	"bytes"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/casefold/casefold/internal/crash"
	"github.com/casefold/casefold/internal/disk"
	"github.com/casefold/casefold/internal/segment"
)

// write makes a segment of records and returns their places.
func write(t require, fsys disk.FS, name string, opts segment.Options, records [][]byte) (segment.Info, []segment.Ref) {
	t.Helper()
	w, err := segment.Create(fsys, name, opts)
	if err != nil {
		t.Fatal(err)
	}
	var refs []segment.Ref
	for _, r := range records {
		ref, err := w.Append(r)
		if err != nil {
			t.Fatal(err)
		}
		refs = append(refs, ref)
	}
	info, err := w.Close()
	if err != nil {
		t.Fatal(err)
	}
	return info, refs
}

// require is what *testing.T, *testing.B and *rapid.T share.
type require interface {
	Helper()
	Fatal(...any)
	Fatalf(string, ...any)
}

// Every record comes back by its place and in order; the bytes do not depend
// on the number of workers; the hash stands for them.
func TestRecordsComeBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		records := rapid.SliceOfN(rapid.SliceOfN(rapid.Byte(), 0, 300), 0, 60).Draw(t, "records")
		opts := segment.Options{BlockBytes: rapid.IntRange(1, 2000).Draw(t, "block"), Level: rapid.IntRange(0, 4).Draw(t, "level")}
		d := crash.NewDisk()
		info, refs := write(t, d, "s/a", opts, records)
		opts.Workers = rapid.IntRange(1, 4).Draw(t, "workers")
		again, _ := write(t, d, "s/b", opts, records)
		if info != again || !bytes.Equal(d.Bytes("s/a"), d.Bytes("s/b")) {
			t.Fatalf("workers change the bytes: %+v, %+v", info, again)
		}
		r, err := segment.OpenKnown(d, "s/a", info.Hash)
		if err != nil {
			t.Fatal(err)
		}
		defer r.Close()
		if err := r.Verify(); err != nil {
			t.Fatal(err)
		}
		if r.Info() != info || info.Records != int64(len(records)) || info.Bytes != int64(len(d.Bytes("s/a"))) {
			t.Fatalf("%+v, %+v", r.Info(), info)
		}
		for i, ref := range refs {
			if got, err := r.Get(segment.UnpackRef(ref.Pack())); err != nil || !bytes.Equal(got, records[i]) {
				t.Fatalf("record %d: %q, %v", i, got, err)
			}
			if i > 0 && !refs[i-1].Before(ref) {
				t.Fatalf("refs do not ascend: %v, %v", refs[i-1], ref)
			}
		}
		i := 0
		err = r.Scan(func(ref segment.Ref, record []byte) error {
			if ref != refs[i] || !bytes.Equal(record, records[i]) {
				t.Fatalf("scan at %d: %v %q", i, ref, record)
			}
			i++
			return nil
		})
		if err != nil || i != len(records) {
			t.Fatal(i, err)
		}
	})
}

func rows(n int) [][]byte {
	random := rand.New(rand.NewPCG(1, 2))
	var out [][]byte
	for i := range n {
		out = append(out, fmt.Appendf(nil, "%08d|DOE|JOHN|%04d-%02d-%02d|HS 11357(a)|CONVICTED|%d", i,
			1950+random.IntN(50), 1+random.IntN(12), 1+random.IntN(28), random.IntN(1e9)))
	}
	return out
}

// TestEveryBit changes every byte of a segment: opening, verifying or reading
// tells, and no record is ever wrong.
func TestEveryBit(t *testing.T) {
	records := rows(300)
	d := crash.NewDisk()
	info, refs := write(t, d, "s/a", segment.Options{BlockBytes: 4000}, records)
	for at := range d.Bytes("s/a") {
		c := d.Clone()
		c.Bytes("s/a")[at] ^= 1 << (at % 8)
		r, err := segment.OpenKnown(c, "s/a", info.Hash)
		if err != nil {
			continue
		}
		if err := r.Verify(); !errors.Is(err, segment.ErrCorrupt) && !errors.Is(err, segment.ErrSealed) {
			t.Fatalf("byte %d: %v", at, err)
		}
		for i, ref := range refs {
			if got, err := r.Get(ref); err == nil && !bytes.Equal(got, records[i]) {
				t.Fatalf("byte %d: record %d is wrong", at, i)
			}
		}
		r.Close()
	}
	whole := bytes.Clone(d.Bytes("s/a"))
	for n := 0; n < len(whole); n += 7 {
		c := d.Clone()
		c.Put("s/a", whole[:n])
		if _, err := segment.OpenKnown(c, "s/a", info.Hash); !errors.Is(err, segment.ErrCorrupt) {
			t.Fatalf("cut to %d bytes: %v", n, err)
		}
	}
	if _, err := segment.OpenKnown(d, "s/a", "00"); !errors.Is(err, segment.ErrCorrupt) {
		t.Error("another file was taken for the one the manifest names:", err)
	}
}

// A segment is there whole or not at all, at whatever call the writing stops.
func TestCrashWhileWriting(t *testing.T) {
	records := rows(200)
	for _, workers := range []int{0, 2} {
		info, _ := write(t, crash.NewDisk(), "s/a", segment.Options{BlockBytes: 2000}, records)
		work := func(fsys disk.FS) error {
			w, err := segment.Create(fsys, "s/a", segment.Options{BlockBytes: 2000, Workers: workers})
			if err != nil {
				return err
			}
			for _, r := range records {
				if _, err := w.Append(r); err != nil {
					return errors.Join(err, w.Abort())
				}
			}
			_, err = w.Close()
			return err
		}
		check := func(t *testing.T, c crash.Case) {
			if !slices.Contains(c.Disk.Names(), "s/a") {
				if c.Err == nil {
					t.Errorf("%v: an acknowledged segment is gone", c)
				}
				return
			}
			r, err := segment.OpenKnown(c.Disk, "s/a", info.Hash)
			if err != nil {
				t.Errorf("%v: %v", c, err)
				return
			}
			if err := r.Verify(); err != nil {
				t.Errorf("%v: %v", c, err)
			}
			r.Close()
		}
		crash.Sweep(t, crash.NewDisk(), 3, work, check)
		full := errors.New("no space left on device")
		crash.SweepErrors(t, crash.NewDisk(), full, true, work, func(t *testing.T, c crash.Case) {
			check(t, c)
			if !errors.Is(c.Err, full) {
				t.Errorf("%v: a full disk was not told: %v", c, c.Err)
			}
			if c.Call > 1 && slices.Contains(c.Disk.Names(), "s/a.part") {
				t.Errorf("%v: the part stays behind", c)
			}
		})
	}
}

func TestAbortLeavesNothing(t *testing.T) {
	d := crash.NewDisk()
	w, err := segment.Create(d, "s/a", segment.Options{Workers: 2, BlockBytes: 10})
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range rows(50) {
		if _, err := w.Append(r); err != nil {
			t.Fatal(err)
		}
	}
	if err := errors.Join(w.Abort(), w.Abort()); err != nil {
		t.Fatal(err)
	}
	if _, err := w.Append(nil); err == nil {
		t.Error("an aborted writer takes records")
	}
	if len(d.Names()) != 0 {
		t.Error(d.Names())
	}
}

// Readers may read single records and blocks side by side.
func TestConcurrentReads(t *testing.T) {
	records := rows(2000)
	d := crash.NewDisk()
	_, refs := write(t, d, "s/a", segment.Options{BlockBytes: 3000}, records)
	r, err := segment.Open(d, "s/a")
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	done := make(chan error)
	for g := range 4 {
		go func() {
			var err error
			for i := g; i < len(refs) && err == nil; i += 3 {
				var got []byte
				if got, err = r.Get(refs[i]); err == nil && !bytes.Equal(got, records[i]) {
					err = fmt.Errorf("record %d is wrong", i)
				}
			}
			done <- err
		}()
	}
	for range 4 {
		if err := <-done; err != nil {
			t.Error(err)
		}
	}
	if _, err := r.Get(segment.Ref{Block: 9999}); !errors.Is(err, segment.ErrNotFound) {
		t.Error(err)
	}
	if _, err := r.Get(segment.Ref{Offset: 1 << 30}); !errors.Is(err, segment.ErrNotFound) {
		t.Error(err)
	}
}
