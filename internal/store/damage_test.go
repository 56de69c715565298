package store_test

import (
	"bytes"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"math"
	mathrand "math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/casefold/casefold/internal/crash"
	"github.com/casefold/casefold/internal/store"
)

func put(t *testing.T, s *store.Store, from, to int) {
	t.Helper()
	err := s.Update(func(tx *store.Tx) error {
		for i := from; i < to; i++ {
			if err := store.Settings.Put(tx, store.Number(int64(i)), json.RawMessage(fmt.Sprintf(`{"n":%d}`, i))); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// readAll returns how many of the first n records are there; a wrong one fails
// the test.
func readAll(t *testing.T, s *store.Store, n int) (there int, err error) {
	t.Helper()
	err = s.View(func(tx *store.Tx) error {
		for i := range n {
			v, err := store.Settings.Get(tx, store.Number(int64(i)))
			switch {
			case errors.Is(err, store.ErrNotFound):
				continue
			case err != nil:
				return err
			case string(v) != fmt.Sprintf(`{"n":%d}`, i):
				t.Errorf("record %d is %s", i, v)
			}
			there++
		}
		return nil
	})
	return there, err
}

// copyDir copies a store's folder; zeros at the end of a file become a hole.
func copyDir(t *testing.T, from string) string {
	t.Helper()
	to := t.TempDir()
	err := filepath.WalkDir(from, func(p string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		target := filepath.Join(to, strings.TrimPrefix(p, from))
		if d.IsDir() {
			return os.MkdirAll(target, 0o700)
		}
		b, err := os.ReadFile(p)
		if err != nil {
			return err
		}
		if err := os.WriteFile(target, bytes.TrimRight(b, "\x00"), 0o600); err != nil {
			return err
		}
		return os.Truncate(target, int64(len(b)))
	})
	if err != nil {
		t.Fatal(err)
	}
	return to
}

// files lists a folder's files that hold bytes, with their sizes; the zeros
// behind the last byte of a pre-sized file are not counted.
func files(t *testing.T, dir string) (names []string, sizes []int) {
	t.Helper()
	err := filepath.WalkDir(dir, func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		b, err := os.ReadFile(p)
		if n := len(strings.TrimRight(string(b), "\x00")); n > 0 {
			names, sizes = append(names, p), append(sizes, n)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return names, sizes
}

// flipTest opens a store with one bit changed and tells whether anything was
// wrong and nobody said so.
func flipTest(t *testing.T, dir string, n int) (silent bool, what string) {
	t.Helper()
	s, err := store.Open(dir, store.Options{Random: rand.Reader})
	if err != nil {
		return false, "open: " + err.Error()
	}
	defer s.Close()
	there, err := readAll(t, s, n)
	if err != nil {
		return false, "read: " + err.Error()
	}
	return there != n, fmt.Sprintf("%d of %d records", there, n)
}

// TestBitFlips changes one bit at a time in every file of a store, after a
// clean close and after a kill (when the newest records are in Badger's
// write-ahead log, which Badger cuts at the first damage without a word). Never
// is a record wrong or missing in silence.
func TestBitFlips(t *testing.T) {
	const n = 3000
	dir := t.TempDir()
	s := open(t, dir)
	for i := 0; i < n; i += 1000 {
		put(t, s, i, i+1000)
	}
	killed := copyDir(t, dir) // as kill -9 leaves it: nothing was flushed
	if err := os.Remove(filepath.Join(killed, "lock")); err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	flips := 25
	if long() {
		flips = 500
	}
	for name, from := range map[string]string{"closed": dir, "killed": killed} {
		t.Run(name, func(t *testing.T) {
			random := mathrand.New(mathrand.NewPCG(7, 7))
			names, sizes := files(t, from)
			for range flips {
				at := random.IntN(len(names))
				i := random.IntN(sizes[at])
				bad := copyDir(t, from)
				rel, err := filepath.Rel(from, names[at])
				if err != nil {
					t.Fatal(err)
				}
				b, err := os.ReadFile(filepath.Join(bad, rel))
				if err != nil {
					t.Fatal(err)
				}
				b[i] ^= 1 << random.IntN(8)
				if err := os.WriteFile(filepath.Join(bad, rel), b, 0o600); err != nil {
					t.Fatal(err)
				}
				if silent, what := flipTest(t, bad, n); silent {
					t.Errorf("%s, byte %d of %d: %s, and nobody said so", rel, i, sizes[at], what)
				}
				if err := os.RemoveAll(bad); err != nil {
					t.Fatal(err)
				}
			}
		})
	}
}

// A crash can leave a log file of Badger without bytes; its first open then
// fails, and ours does not (Badger issue 2207).
func TestEmptyLogFileOfACrash(t *testing.T) {
	dir := t.TempDir()
	s := open(t, dir)
	put(t, s, 0, 10)
	killed := copyDir(t, dir)
	s.Close()
	for _, name := range []string{"00002.mem", "00099.mem"} {
		if err := os.WriteFile(filepath.Join(killed, "badger", name), nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	s = open(t, killed)
	if n, err := readAll(t, s, 10); n != 10 || err != nil {
		t.Error(n, err)
	}
	if s.Retries() == 0 {
		t.Log("Badger opened at the first try; issue 2207 may be mended")
	}
}

// Badger before 4.9.4 brought deleted keys back; a deleted record stays away
// over flushes, compactions and reopening.
func TestDeletedStaysDeleted(t *testing.T) {
	dir := t.TempDir()
	for round := range 4 {
		s := open(t, dir)
		put(t, s, 0, 2000)
		err := s.Update(func(tx *store.Tx) error {
			for i := 0; i < 2000; i += 2 {
				if err := store.Settings.Delete(tx, store.Number(int64(i))); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		s.Close()
		s = open(t, dir)
		if n, err := readAll(t, s, 2000); n != 1000 || err != nil {
			t.Fatalf("round %d: %d records, %v", round, n, err)
		}
		s.Close()
	}
}

func TestFullDiskIsNoticedBefore(t *testing.T) {
	free := int64(math.MaxInt64)
	s, err := store.Open(t.TempDir(), store.Options{Random: rand.Reader, Free: func(string) (int64, error) { return free, nil }})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	put(t, s, 0, 5)
	free = 1 << 20
	err = s.Update(func(tx *store.Tx) error { return store.Settings.Put(tx, "x", json.RawMessage("1")) })
	if !errors.Is(err, store.ErrFull) {
		t.Error(err)
	}
	if n, err := readAll(t, s, 5); n != 5 || err != nil {
		t.Error(n, err)
	}
}

// TestFullDiskIsRead: what lies on a full disk can be read; what would write is
// told so at once, and a folder that is no store yet is refused.
func TestFullDiskIsRead(t *testing.T) {
	dir := t.TempDir()
	full := store.Options{Random: rand.Reader, Free: func(string) (int64, error) { return 1 << 10, nil }}
	if _, err := store.Open(dir, full); !errors.Is(err, store.ErrFull) {
		t.Error(err)
	}
	dir = t.TempDir()
	s := open(t, dir)
	put(t, s, 0, 50)
	s.Close()
	before := filesIn(t, dir)
	for range 2 {
		s, err := store.Open(dir, full)
		if err != nil {
			t.Fatal(err)
		}
		if n, err := readAll(t, s, 50); n != 50 || err != nil {
			t.Error(n, err)
		}
		err = s.Update(func(tx *store.Tx) error { return store.Settings.Put(tx, "x", json.RawMessage("1")) })
		if !errors.Is(err, store.ErrFull) || !errors.Is(s.Room(), store.ErrFull) {
			t.Error(err)
		}
		if err := errors.Join(s.SetAnchor("audit", "signed"), s.Close()); err != nil {
			t.Error(err)
		}
	}
	if after := filesIn(t, dir); after != before {
		t.Errorf("reading changed the folder:\n%s\nbefore:\n%s", after, before)
	}
	s = open(t, dir)
	defer s.Close()
	put(t, s, 50, 60)
}

// filesIn lists the files of a folder with their sizes, the lock apart.
func filesIn(t *testing.T, dir string) string {
	t.Helper()
	var b strings.Builder
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || strings.Contains(d.Name(), "lock") {
			return err
		}
		info, err := d.Info()
		if err == nil {
			fmt.Fprintf(&b, "%s %d\n", d.Name(), info.Size())
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestNewerAndForeignFolders(t *testing.T) {
	dir := t.TempDir()
	open(t, dir).Close()
	if err := os.WriteFile(filepath.Join(dir, "store.json"), []byte(`{"format":99,"id":"x"}`), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := store.Open(dir, store.Options{Random: rand.Reader}); !errors.Is(err, store.ErrNewer) {
		t.Error(err)
	}
	foreign := t.TempDir()
	if err := os.WriteFile(filepath.Join(foreign, "thesis.doc"), []byte("x"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := store.Open(foreign, store.Options{Random: rand.Reader}); err == nil {
		t.Error("a store was made among other files")
	}
	if _, err := store.Open(t.TempDir(), store.Options{Random: rand.Reader, MustExist: true}); !errors.Is(err, fs.ErrNotExist) {
		t.Error(err)
	}
	for _, missing := range []string{"secret", "head"} {
		dir := t.TempDir()
		open(t, dir).Close()
		if err := os.Remove(filepath.Join(dir, missing)); err != nil {
			t.Fatal(err)
		}
		if _, err := store.Open(dir, store.Options{Random: rand.Reader}); !errors.Is(err, store.ErrCorrupt) {
			t.Errorf("without %s: %v", missing, err)
		}
	}
}

// Records of another store, or moved to another key, are not believed; an
// older Badger folder is noticed.
func TestRecordsOfAnotherDay(t *testing.T) {
	dir := t.TempDir()
	s := open(t, dir)
	put(t, s, 0, 5)
	s.Close()
	old := copyDir(t, dir)
	s = open(t, dir)
	put(t, s, 5, 10)
	s.Close()
	other := t.TempDir()
	open(t, other).Close()
	for name, from := range map[string]string{"an older copy": old, "another store": other} {
		mixed := copyDir(t, dir)
		if err := os.RemoveAll(filepath.Join(mixed, "badger")); err != nil {
			t.Fatal(err)
		}
		if err := os.CopyFS(filepath.Join(mixed, "badger"), os.DirFS(filepath.Join(from, "badger"))); err != nil {
			t.Fatal(err)
		}
		if _, err := store.Open(mixed, store.Options{Random: rand.Reader}); !errors.Is(err, store.ErrCorrupt) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestKill9 kills a process that writes numbered records as fast as it can;
// what it had acknowledged is there, and nothing beyond the one in flight.
func TestKill9(t *testing.T) {
	if dir := os.Getenv("STORE_TEST_DIR"); dir != "" {
		writeForever(dir)
		return
	}
	rounds := 3
	if long() {
		rounds = 200
	}
	dir := t.TempDir()
	for round := range rounds {
		cmd := crash.Child(t, "TestKill9", "STORE_TEST_DIR="+dir)
		killed, err := crash.KillAfter(cmd, crashDelay(round))
		if !killed {
			t.Fatal("the child ended by itself: ", err)
		}
		acknowledged := 0
		if b, err := os.ReadFile(filepath.Join(dir, "acknowledged")); err == nil {
			acknowledged = len(b)
		}
		s := open(t, filepath.Join(dir, "store"))
		n, err := readAll(t, s, acknowledged+10)
		if err != nil || n < acknowledged || n > acknowledged+1 {
			t.Errorf("round %d: %d records, %d acknowledged, %v", round, n, acknowledged, err)
		}
		s.Close()
		// The record in flight is now part of what the next child goes on from.
		if err := os.WriteFile(filepath.Join(dir, "acknowledged"), make([]byte, n), 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

// writeForever is the child: a byte in a file for each acknowledged record.
func writeForever(dir string) {
	fail := func(err error) {
		if err != nil {
			panic(err)
		}
	}
	s, err := store.Open(filepath.Join(dir, "store"), store.Options{Random: rand.Reader})
	fail(err)
	log, err := os.OpenFile(filepath.Join(dir, "acknowledged"), os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
	fail(err)
	info, err := log.Stat()
	fail(err)
	for i := int(info.Size()); ; i++ {
		fail(s.Update(func(tx *store.Tx) error {
			return store.Settings.Put(tx, store.Number(int64(i)), json.RawMessage(fmt.Sprintf(`{"n":%d}`, i)))
		}))
		_, err := log.Write([]byte{1})
		fail(err)
	}
}
