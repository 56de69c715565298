package journal_test

import (
	"bytes"
	"errors"
	"fmt"
	"testing"

	"github.com/casefold/casefold/internal/crash"
	"github.com/casefold/casefold/internal/journal"
)

// thousand is a closed journal of 1,000 entries, and its last checkpoint.
func thousand(t *testing.T) (*crash.Disk, []byte) {
	t.Helper()
	d := crash.NewDisk()
	j, err := openOn(d)
	if err != nil {
		t.Fatal(err)
	}
	for i := range int64(1000) {
		if _, err := j.Append(text(i)); err != nil {
			t.Fatal(err)
		}
	}
	signed, err := j.Signed()
	if err != nil {
		t.Fatal(err)
	}
	if err := j.Close(); err != nil {
		t.Fatal(err)
	}
	return d, signed
}

// seen opens a damaged journal, reads and verifies it. It returns what was
// found out: an error, or a recovery that is reported.
func seen(t *testing.T, d *crash.Disk, since []byte) (found bool) {
	t.Helper()
	j, err := openOn(d)
	if err != nil {
		return true
	}
	defer j.Close()
	if j.Recovery() != (journal.Recovery{}) {
		found = true
	}
	if err := j.Verify(since); err != nil {
		return true
	}
	// Nothing was found wrong: then nothing may be wrong.
	n := int64(0)
	err = j.Scan(0, func(i int64, entry []byte) error {
		if !bytes.Equal(entry, text(i)) {
			t.Errorf("entry %d is %q", i, entry)
		}
		n++
		return nil
	})
	if err != nil || n != 1000 {
		t.Errorf("%d entries, %v", n, err)
	}
	return found
}

// TestEveryByte changes every byte of the log and of the head, one at a time.
// A change of the log is an error, wherever it is: every entry was acknowledged,
// so none may be cut. A damaged head beside a good one is reported.
func TestEveryByte(t *testing.T) {
	d, _ := thousand(t)
	j, err := openOn(d)
	if err != nil {
		t.Fatal(err)
	}
	defer j.Close()
	read := func(from journal.Position) error {
		return j.ScanAt(from, func(journal.Position, []byte) error { return nil })
	}
	var places []journal.Position
	if err := j.ScanAt(journal.Position{}, func(at journal.Position, _ []byte) error { places = append(places, at); return nil }); err != nil {
		t.Fatal(err)
	}
	log, place := d.Bytes("j/log"), journal.Position{}
	for at := range log {
		if len(places) > 0 && int64(at) >= places[0].Offset {
			place, places = places[0], places[1:]
		}
		log[at] ^= 1 << (at % 8)
		from := place // the entry's own frame is enough to see it
		if at%101 == 0 {
			from = journal.Position{}
		}
		if err := read(from); !errors.Is(err, journal.ErrTampered) {
			t.Fatalf("log, byte %d: %v", at, err)
		}
		log[at] ^= 1 << (at % 8)
	}
	if err := read(journal.Position{}); err != nil || len(places) != 0 {
		t.Fatal(err, len(places))
	}
	for at := range d.Bytes("j/head") {
		c := d.Clone()
		c.Bytes("j/head")[at] ^= 1 << (at % 8)
		if !seen(t, c, nil) {
			t.Fatalf("head, byte %d: nobody noticed", at)
		}
	}
}

// A damaged tree is a damaged cache: it is found, or made anew, and never gives
// a wrong entry or root.
func TestDamagedTreeIsMadeAgain(t *testing.T) {
	d, signed := thousand(t)
	size := len(d.Bytes("j/tree"))
	for at := 0; at < size; at += 97 {
		c := d.Clone()
		c.Bytes("j/tree")[at] ^= 0x10
		j, err := openOn(c)
		if err != nil {
			t.Fatal(err)
		}
		if err := j.Verify(signed); err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(c.Bytes("j/tree"), d.Bytes("j/tree")) {
			t.Fatalf("byte %d: the tree was not made good", at)
		}
		j.Close()
	}
	c := d.Clone()
	c.Put("j/tree", nil)
	j, err := openOn(c)
	if err != nil {
		t.Fatal(err)
	}
	defer j.Close()
	if err := j.Verify(signed); err != nil {
		t.Error(err)
	}
}

// TestTruncation cuts the log at many lengths, and at every one in its last
// entries: all cuts are found.
func TestTruncation(t *testing.T) {
	d, _ := thousand(t)
	log := bytes.Clone(d.Bytes("j/log"))
	for n := 0; n < len(log); n++ {
		if n < len(log)-300 && n%53 != 0 {
			continue
		}
		c := d.Clone()
		c.Put("j/log", log[:n])
		if _, err := openOn(c); !errors.Is(err, journal.ErrTampered) {
			t.Fatalf("cut to %d bytes: %v", n, err)
		}
	}
}

// TestEditors plays those who know the format but not the keys.
func TestEditors(t *testing.T) {
	d, signed := thousand(t)
	log := bytes.Clone(d.Bytes("j/log"))
	frame := func(i int64) (from, to int) {
		entry := text(i)
		at := bytes.Index(log, entry)
		return at - 20, at + len(entry) + 16
	}
	a1, a2 := frame(500)
	b1, b2 := frame(501)
	_, last := frame(998)
	for name, edited := range map[string][]byte{
		"an entry is removed":      append(bytes.Clone(log[:a1]), log[a2:]...),
		"two entries change place": bytes.Join([][]byte{log[:a1], log[b1:b2], log[a1:a2], log[b2:]}, nil),
		"an entry is repeated":     bytes.Join([][]byte{log[:a2], log[a1:a2], log[a2:]}, nil),
		"the last entry is gone":   log[:last],
		"all entries are gone":     log[:bytes.Index(log, text(0))-20],
		"nothing is left":          {},
	} {
		c := d.Clone()
		c.Put("j/log", edited)
		if !seen(t, c, nil) {
			t.Errorf("%s: nobody noticed", name)
		}
	}
	// Log and head of an earlier day are a valid journal of that day; the
	// checkpoint kept elsewhere tells.
	old := crash.NewDisk()
	j, err := openOn(old)
	if err != nil {
		t.Fatal(err)
	}
	for i := range int64(990) {
		if _, err := j.Append(text(i)); err != nil {
			t.Fatal(err)
		}
	}
	if err := j.Verify(nil); err != nil {
		t.Error(err)
	}
	if err := j.Verify(signed); !errors.Is(err, journal.ErrTampered) {
		t.Errorf("a rollback: %v", err)
	}
	for i := range int64(20) {
		if _, err := j.Append(fmt.Appendf(nil, "another %d", i)); err != nil {
			t.Fatal(err)
		}
	}
	if err := j.Verify(signed); !errors.Is(err, journal.ErrTampered) {
		t.Errorf("a rollback that went on: %v", err)
	}
	j.Close()
	// Files of another journal, or of another store, are refused.
	if _, err := journal.Open("j", journal.Options{Name: "audit", Secret: secret, FS: d.Clone()}); err == nil {
		t.Error("the ledger was taken for the audit trail")
	}
	other := bytes.Repeat([]byte("x"), 32)
	if _, err := journal.Open("j", journal.Options{Name: "ledger", Secret: other, FS: d.Clone()}); err == nil {
		t.Error("a journal of another store was taken")
	}
	for _, missing := range []string{"j/head", "j/log"} {
		c := d.Clone()
		if err := c.Remove(missing); err != nil {
			t.Fatal(err)
		}
		if _, err := openOn(c); !errors.Is(err, journal.ErrTampered) {
			t.Errorf("without %s: %v", missing, err)
		}
	}
}

type anchors map[string]string

func (a anchors) Anchored(name string) (string, error) { return a[name], nil }
func (a anchors) SetAnchor(name, signed string) error  { a[name] = signed; return nil }

// An anchor outside the folder tells a folder of an earlier day.
func TestAnchor(t *testing.T) {
	kept := anchors{}
	openAnchored := func(d *crash.Disk) (*journal.Journal, error) {
		return journal.Open("j", journal.Options{Name: "ledger", Secret: secret, FS: d, Anchor: kept})
	}
	d := crash.NewDisk()
	var days []*crash.Disk
	for day := range int64(3) {
		j, err := openAnchored(d)
		if err != nil {
			t.Fatal(err)
		}
		for i := range int64(5) {
			if _, err := j.Append(text(day*5 + i)); err != nil {
				t.Fatal(err)
			}
		}
		if err := j.Close(); err != nil {
			t.Fatal(err)
		}
		days = append(days, d.Clone())
	}
	for i, old := range days[:2] {
		if _, err := openAnchored(old); !errors.Is(err, journal.ErrTampered) {
			t.Errorf("the folder of day %d: %v", i, err)
		}
	}
	if _, err := openAnchored(crash.NewDisk()); !errors.Is(err, journal.ErrTampered) {
		t.Errorf("a new folder: %v", err)
	}
	spoiled := days[2].Clone()
	clear(spoiled.Bytes("j/tree"))
	for _, d := range []*crash.Disk{days[2], spoiled} {
		j, err := openAnchored(d)
		if err != nil {
			t.Fatal(err)
		}
		j.Close()
	}
}

// A torn group behind the acknowledged log is cut; only whole it is kept.
func TestTornTail(t *testing.T) {
	d, _ := thousand(t)
	whole := d.Clone()
	j, err := openOn(whole)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := j.Append(text(1000), text(1001)); err != nil {
		t.Fatal(err)
	}
	j.Close()
	from, log := len(d.Bytes("j/log")), whole.Bytes("j/log")
	for n := from + 1; n <= len(log); n++ {
		c := d.Clone() // the head of before
		c.Put("j/log", log[:n])
		j, err := openOn(c)
		if err != nil {
			t.Fatalf("%d bytes of the group: %v", n-from, err)
		}
		want := journal.Recovery{CutBytes: int64(n - from)}
		if n == len(log) {
			want = journal.Recovery{Kept: 2}
		}
		if j.Recovery() != want || j.Len() != 1000+want.Kept {
			t.Errorf("%d bytes: %+v, %d entries", n-from, j.Recovery(), j.Len())
		}
		if err := j.Verify(nil); err != nil {
			t.Error(err)
		}
		j.Close()
	}
}
