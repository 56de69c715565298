package filing_test

import (
	"bytes"
	"crypto/rand"
	"encoding/csv"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/casefold/casefold/filing"
	"github.com/casefold/casefold/internal/crash"
	"github.com/casefold/casefold/internal/disk"
	"github.com/casefold/casefold/internal/journal"
)

// An office works through the life of its filings, as a script would: it does
// what is still to be done, and can be stopped anywhere and started again.
type office struct {
	fs    disk.FS
	base  string // folder of everything
	world *world
}

func newOffice(t *testing.T, fsys disk.FS) *office {
	w := &world{t: t, keys: subjectKeys{}, candidates: map[string]filing.Candidate{}, into: map[string]string{}, kin: map[string][]string{}}
	for _, line := range []string{"C1 court=A", "C2 court=A near=C3", "C3 court=B near=C2", "C4 court=B policy=policy_dismiss", "C5 court=B"} {
		w.conviction(strings.Fields(line))
	}
	return &office{fsys, "", w}
}

// open opens the ledger on the office's disk.
func (o *office) open() (*journal.Journal, *filing.Ledger, error) {
	log, err := journal.Open(filepath.Join(o.base, "ledger"), journal.Options{Name: "ledger", Secret: bytes.Repeat([]byte("s"), 32), FS: o.fs})
	if err != nil {
		return nil, nil, err
	}
	l, err := filing.Open(filing.Options{Log: log, Keys: o.world.keys, Secret: []byte("salt"), Random: rand.Reader})
	return log, l, err
}

// work does the whole life: prepare, approve, send, one grant, one rejection,
// the rejected one again, approved and sent.
func (o *office) work() (err error) {
	log, l, err := o.open()
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, log.Close()) }()
	act := filing.Act{By: "mr", Note: "because", At: "2020-01-02T03:04:05Z"}
	if _, err := l.Prepare(o.world.all(), o.world, act); err != nil {
		return err
	}
	if err := o.sendAll(l, act); err != nil {
		return err
	}
	for _, f := range l.Filings() {
		switch {
		case f.Conviction == "C1":
			err = l.Record(f.ID, filing.Granted, act)
		case f.Conviction == "C5" && f.Prior == "":
			if err = l.Record(f.ID, filing.Rejected, act); err == nil && !filedAgain(l, f.ID) {
				_, err = l.Again(f.ID, o.world.candidates["C5"], o.world, act)
			}
		}
		if err != nil {
			return err
		}
	}
	return o.sendAll(l, act)
}

func filedAgain(l *filing.Ledger, id string) bool {
	return slices.ContainsFunc(l.Filings(), func(f filing.Filing) bool { return f.Prior == id })
}

func (o *office) sendAll(l *filing.Ledger, act filing.Act) error {
	for _, b := range l.Batches() {
		if _, err := l.Approve(b.ID, o.world.lookup, o.world, act); err != nil {
			return err
		}
		if _, err := l.Send(o.fs, b.ID, filepath.Join(o.base, "out", b.ID), o.world.lookup, o.world, act); err != nil {
			return err
		}
	}
	return nil
}

// state is everything a person could see: filings and manifests.
func (o *office) state(t *testing.T) string {
	t.Helper()
	log, l, err := o.open()
	if err != nil {
		t.Fatal(err)
	}
	defer log.Close()
	if err := log.Verify(nil); err != nil {
		t.Fatal(err)
	}
	rows, err := l.Rows(o.world)
	if err != nil {
		t.Fatal(err)
	}
	var out strings.Builder
	for _, r := range rows {
		fmt.Fprintln(&out, strings.Join(r, ","))
	}
	for _, b := range l.Batches() {
		for _, m := range l.Manifests(b.ID) {
			fmt.Fprintln(&out, m.File, m.SHA256, m.Lines)
		}
	}
	return out.String()
}

// onlyOnce checks what must hold at every moment: no conviction has two live
// filings, or two lines in manifests that were recorded, other than by Again;
// what is sent is in a manifest that is there with the recorded hash.
func (o *office) onlyOnce(t *testing.T) {
	t.Helper()
	log, l, err := o.open()
	if err != nil {
		t.Error(err)
		return
	}
	defer log.Close()
	live := map[string]string{}
	for _, f := range l.Filings() {
		if f.Status.Live() {
			if other := live[f.Conviction]; other != "" {
				t.Errorf("%s is filed twice: %s, %s", f.Conviction, other, f.ID)
			}
			live[f.Conviction] = f.ID
		}
	}
	if live["C2"] != "" && live["C3"] != "" {
		t.Error("two that may be one are both filed")
	}
	lines := map[string]int{}
	for _, b := range l.Batches() {
		for _, m := range l.Manifests(b.ID) {
			content, err := disk.ReadWhole(o.fs, filepath.Join(m.Dir, m.File), 1<<20)
			if err != nil {
				t.Error(err)
				continue
			}
			rows, err := csv.NewReader(bytes.NewReader(content)).ReadAll()
			if err != nil || len(rows) != m.Lines+1 {
				t.Errorf("manifest %s: %d rows, %v", m.File, len(rows), err)
			}
			for _, r := range rows[1:] {
				lines[r[0]]++
			}
		}
	}
	for _, f := range l.Filings() {
		want := 0
		if f.Status != filing.Prepared && f.Status != filing.Approved {
			want = 1
		}
		if lines[f.ID] != want {
			t.Errorf("%s is %s and stands in %d manifests", f.ID, f.Status, lines[f.ID])
		}
	}
}

// TestCrashAtEveryCallOfALife stops the office at every file call, after kill
// -9 and after power cuts, and lets it start again: the end is the same as
// without the crash, and at no time is anything filed twice.
func TestCrashAtEveryCallOfALife(t *testing.T) {
	whole := crash.NewDisk()
	o := newOffice(t, whole)
	if err := o.work(); err != nil {
		t.Fatal(err)
	}
	want := o.state(t)
	if strings.Count(want, "\n") < 8 {
		t.Fatalf("a poor life:\n%s", want)
	}
	work := func(fsys disk.FS) error { return newOffice(t, fsys).work() }
	check := func(t *testing.T, c crash.Case) {
		o := newOffice(t, c.Disk)
		o.onlyOnce(t)
		if err := o.work(); err != nil {
			t.Errorf("%v: %v", c, err)
			return
		}
		o.onlyOnce(t)
		if got := o.state(t); got != want {
			t.Errorf("%v: the end is\n%s\ninstead of\n%s", c, got, want)
		}
	}
	torns := 1
	if os.Getenv("CASEFOLD_LONG") != "" {
		torns = 10
	}
	crash.Sweep(t, crash.NewDisk(), torns, work, check)
	crash.SweepErrors(t, crash.NewDisk(), errors.New("no space left on device"), true, work, check)
}

// TestKill9OfALife does the same on real files, with a process that is killed
// in earnest, again and again until it gets through.
func TestKill9OfALife(t *testing.T) {
	if dir := os.Getenv("FILING_TEST_DIR"); dir != "" {
		n, err := strconv.ParseInt(os.Getenv("FILING_TEST_CALL"), 10, 64)
		if err != nil {
			t.Fatal(err)
		}
		o := newOffice(t, crash.SelfKill(disk.OS{}, n))
		o.base = dir
		if err := o.work(); err != nil {
			t.Fatal(err)
		}
		return
	}
	o := newOffice(t, crash.NewDisk())
	if err := o.work(); err != nil {
		t.Fatal(err)
	}
	want := o.state(t)
	calls := []int{3, 17, 26, 40}
	if os.Getenv("CASEFOLD_LONG") != "" {
		calls = nil
		for n := 1; n < 60; n++ {
			calls = append(calls, n)
		}
	}
	for _, n := range calls {
		o := newOffice(t, disk.OS{})
		o.base = t.TempDir()
		kills := 0
		for ; kills < 100; kills++ { // each process gets n calls further at most
			cmd := crash.Child(t, "TestKill9OfALife", "FILING_TEST_DIR="+o.base, fmt.Sprintf("FILING_TEST_CALL=%d", n+7*kills))
			err := cmd.Run()
			if err == nil {
				break
			}
			if !crash.Killed(err) {
				t.Fatalf("call %d: %v", n, err)
			}
			o.onlyOnce(t)
		}
		if kills == 0 || kills == 100 {
			t.Errorf("call %d: killed %d times", n, kills)
		}
		o.onlyOnce(t)
		if got := o.state(t); got != want {
			t.Errorf("call %d: the end is\n%s\ninstead of\n%s", n, got, want)
		}
	}
}

// What was cut short while manifests were written goes on in the same folder
// and in no other: else two folders would hold the same filings.
func TestCutShortSendingGoesOnWhereItWas(t *testing.T) {
	d := crash.NewDisk()
	o := newOffice(t, d)
	log, l, err := o.open()
	if err != nil {
		t.Fatal(err)
	}
	act := filing.Act{By: "mr", At: "2020-01-02T03:04:05Z"}
	if _, err := l.Prepare(o.world.all(), o.world, act); err != nil {
		t.Fatal(err)
	}
	batch := l.Batches()[0].ID
	if _, err := l.Approve(batch, o.world.lookup, o.world, act); err != nil {
		t.Fatal(err)
	}
	broken := crash.NewDisk()
	broken.FailAt(3, errors.New("the stick was pulled out"), true)
	if _, err := l.Send(broken, batch, "stick", o.world.lookup, o.world, act); err == nil {
		t.Fatal("sent onto a broken stick")
	}
	log.Close()
	if log, l, err = o.open(); err != nil {
		t.Fatal(err)
	}
	defer log.Close()
	if _, err := l.Send(d, batch, "elsewhere", o.world.lookup, o.world, act); err == nil {
		t.Error("sent elsewhere")
	}
	if s, err := l.Send(d, batch, "./stick/", o.world.lookup, o.world, act); err != nil || s.Moved == 0 {
		t.Error(s, err)
	}
}

// TestOrderOfCandidatesDoesNotMatter: the same batches and filings in any
// order.
func TestOrderOfCandidatesDoesNotMatter(t *testing.T) {
	var want []filing.Filing
	for range 20 { // maps give another order each time
		o := newOffice(t, crash.NewDisk())
		log, l, err := o.open()
		if err != nil {
			t.Fatal(err)
		}
		if _, err := l.Prepare(o.world.all(), o.world, filing.Act{}); err != nil {
			t.Fatal(err)
		}
		got := l.Filings()
		log.Close()
		if want == nil {
			want = got
		}
		for i := range got {
			if got[i].ID != want[i].ID || got[i].Batch != want[i].Batch || got[i].Conviction != want[i].Conviction {
				t.Fatalf("filing %d is %+v, was %+v", i, got[i], want[i])
			}
		}
	}
}
