package crash_test

import (
	"errors"
	"io"
	"slices"
	"testing"

	"github.com/casefold/casefold/internal/crash"
	"github.com/casefold/casefold/internal/disk"
)

func writeText(fsys disk.FS, name, text string) error {
	return disk.WriteWhole(fsys, name, func(w io.Writer) error { _, err := io.WriteString(w, text); return err })
}

// A file that WriteWhole has acknowledged is there whole; before that, what
// stood under the name stands there.
func TestWriteWholeIsOldOrNew(t *testing.T) {
	start := crash.NewDisk()
	if err := writeText(start, "d/f", "old"); err != nil {
		t.Fatal(err)
	}
	work := func(fsys disk.FS) error { return writeText(fsys, "d/f", "new text") }
	n := crash.Sweep(t, start, 5, work, func(t *testing.T, c crash.Case) {
		if got := string(c.Disk.Bytes("d/f")); got != "old" && got != "new text" || c.Err == nil && got != "new text" {
			t.Errorf("%v: %q", c, got)
		}
	})
	if n < 5 {
		t.Errorf("only %d calls", n)
	}
	crash.SweepErrors(t, start, errors.New("disk full"), true, work, func(t *testing.T, c crash.Case) {
		if got := string(c.Disk.Bytes("d/f")); got != "old" && got != "new text" {
			t.Errorf("%v: %q", c, got)
		}
		if slices.Contains(c.Disk.Names(), "d/f.part") && c.Call > 1 {
			t.Errorf("%v: leaves its part behind", c)
		}
	})
}

// The harness itself: what is not synced may be lost, what is synced is not.
func TestPowerCutLosesWhatIsNotSynced(t *testing.T) {
	d := crash.NewDisk()
	f, err := d.Create("d/f")
	if err != nil {
		t.Fatal(err)
	}
	write := func(s string) {
		if _, err := io.WriteString(f, s); err != nil {
			t.Fatal(err)
		}
	}
	write("kept ")
	if names := d.Restart(crash.PowerCut).Names(); len(names) != 0 {
		t.Errorf("a name that was not synced survives: %v", names)
	}
	if err := errors.Join(f.Sync(), d.SyncDir("d")); err != nil {
		t.Fatal(err)
	}
	write("lost")
	if got := string(d.Restart(crash.PowerCut).Bytes("d/f")); got != "kept " {
		t.Errorf("after a power cut: %q", got)
	}
	if got := string(d.Restart(crash.Kill).Bytes("d/f")); got != "kept lost" {
		t.Errorf("after kill -9: %q", got)
	}
	d.StopAt(1)
	if n, err := f.Write([]byte("abcd")); n != 2 || !errors.Is(err, crash.ErrStopped) {
		t.Errorf("the last write: %d, %v", n, err)
	}
	if _, err := f.Write([]byte("x")); !errors.Is(err, crash.ErrStopped) {
		t.Errorf("a write after death: %v", err)
	}
}
