package journal_test

import (
	"errors"
	"fmt"
	"testing"

	"github.com/casefold/casefold/internal/crash"
	"github.com/casefold/casefold/internal/disk"
	"github.com/casefold/casefold/internal/journal"
)

func openOn(fsys disk.FS) (*journal.Journal, error) {
	return journal.Open("j", journal.Options{Name: "ledger", Secret: secret, FS: fsys})
}

// fill appends groups of two, with texts that tell their place.
func fill(j *journal.Journal, groups int) (acknowledged int64, err error) {
	for range groups {
		n := j.Len()
		if _, err := j.Append(text(n), text(n+1)); err != nil {
			return n, err
		}
	}
	return j.Len(), nil
}

func text(n int64) []byte { return fmt.Appendf(nil, "entry %d", n) }

// check opens what a crash left: every acknowledged entry is there, groups are
// whole, the rest of the log verifies, and it goes on.
func check(t *testing.T, c crash.Case, acknowledged int64) {
	t.Helper()
	j, err := openOn(c.Disk)
	if err != nil {
		t.Errorf("%v: %v", c, err)
		return
	}
	defer j.Close()
	if j.Len() < acknowledged || j.Len()%2 != 0 {
		t.Errorf("%v: %d entries, %d were acknowledged", c, j.Len(), acknowledged)
	}
	if err := j.Verify(nil); err != nil {
		t.Errorf("%v: %v", c, err)
	}
	if _, err := fill(j, 2); err != nil {
		t.Errorf("%v: %v", c, err)
	}
	err = j.Scan(0, func(i int64, entry []byte) error {
		if string(entry) != string(text(i)) {
			t.Errorf("%v: entry %d is %q", c, i, entry)
		}
		return nil
	})
	if err != nil {
		t.Errorf("%v: %v", c, err)
	}
	if err := j.Verify(nil); err != nil {
		t.Errorf("%v: %v", c, err)
	}
}

// TestCrashAtEveryCall stops a journal at every file call of its first opening
// and three appends, and of a second opening and two more.
func TestCrashAtEveryCall(t *testing.T) {
	second := crash.NewDisk()
	j, err := openOn(second)
	if err != nil {
		t.Fatal(err)
	}
	before, err := fill(j, 3)
	if err != nil {
		t.Fatal(err)
	}
	j.Close()
	for name, c := range map[string]struct {
		start  *crash.Disk
		before int64
	}{"a new journal": {crash.NewDisk(), 0}, "an old journal": {second, before}} {
		t.Run(name, func(t *testing.T) {
			acknowledged := c.before
			work := func(fsys disk.FS) error {
				acknowledged = c.before
				j, err := openOn(fsys)
				if err != nil {
					return err
				}
				if acknowledged, err = fill(j, 3); err != nil {
					return err
				}
				return j.Close()
			}
			crash.Sweep(t, c.start, 8, work, func(t *testing.T, c crash.Case) { check(t, c, acknowledged) })
			for _, sticky := range []bool{false, true} {
				crash.SweepErrors(t, c.start, errors.New("no space left"), sticky, work, func(t *testing.T, c crash.Case) {
					check(t, c, acknowledged)
				})
			}
		})
	}
}

// After a failed write the journal takes nothing more until it is opened anew:
// what is on disk is not known.
func TestAFailedWriteStopsTheJournal(t *testing.T) {
	d := crash.NewDisk()
	j, err := openOn(d)
	if err != nil {
		t.Fatal(err)
	}
	d.FailAt(2, errors.New("input/output error"), false) // the sync of the log
	if _, err := j.Append([]byte("a")); err == nil {
		t.Fatal("the failed sync was not told")
	}
	if _, err := j.Append([]byte("b")); !errors.Is(err, journal.ErrBroken) {
		t.Error(err)
	}
	if err := j.Scan(0, func(int64, []byte) error { return nil }); err != nil {
		t.Error("reading what was acknowledged must still work:", err)
	}
}
