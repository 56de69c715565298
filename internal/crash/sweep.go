package crash

import (
	"errors"
	"fmt"
	"testing"

	"github.com/casefold/casefold/internal/disk"
)

// A Case is one way in which a piece of work was cut short.
type Case struct {
	Call int    // the call it stopped at, from 1
	How  string // "kill", "power cut", "torn 3", or "failed"
	// Disk is what the next process finds.
	Disk *Disk
	// Err is what the work returned.
	Err error
}

func (c Case) String() string { return fmt.Sprintf("stopped at call %d, %s", c.Call, c.How) }

// Sweep runs work on a copy of start once for every call it makes, stopping it
// at that call, and hands check what is left behind: after kill -9, after a
// power cut, and after torns power cuts that left some of the unsynced writes.
// It returns the number of calls of the whole work.
func Sweep(t *testing.T, start *Disk, torns int, work func(disk.FS) error, check func(t *testing.T, c Case)) int {
	t.Helper()
	whole := start.Clone()
	if err := work(whole); err != nil {
		t.Fatalf("the work fails by itself: %v", err)
	}
	calls := whole.Calls()
	for n := 1; n <= calls; n++ {
		d := start.Clone()
		d.StopAt(n)
		err := work(d)
		if err == nil && n < calls {
			t.Fatalf("stopped at call %d of %d, and the work went on as if nothing were", n, calls)
		}
		check(t, Case{n, "kill", d.Restart(Kill), err})
		check(t, Case{n, "power cut", d.Restart(PowerCut), err})
		for seed := range torns {
			check(t, Case{n, fmt.Sprintf("torn %d", seed), d.RestartTorn(uint64(n*1000 + seed)), err})
		}
		if t.Failed() {
			t.Fatalf("call %d of %d", n, calls)
		}
	}
	return calls
}

// SweepErrors runs work once for every call it makes and lets that call fail
// with err, and with sticky all later changing ones too. Work that goes on in
// spite of it is allowed where nothing depends on the call (a Close, a Remove).
func SweepErrors(t *testing.T, start *Disk, err error, sticky bool, work func(disk.FS) error, check func(t *testing.T, c Case)) {
	t.Helper()
	whole := start.Clone()
	if e := work(whole); e != nil {
		t.Fatalf("the work fails by itself: %v", e)
	}
	for n := 1; n <= whole.Calls(); n++ {
		d := start.Clone()
		d.FailAt(n, err, sticky)
		got := work(d)
		if got != nil && !errors.Is(got, err) && sticky {
			t.Errorf("call %d fails with %q, the work says %q", n, err, got)
		}
		check(t, Case{n, "failed", d.Restart(Kill), got})
	}
}
