package filing_test

import (
	"crypto/rand"
	"fmt"
	"path/filepath"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/casefold/casefold/filing"
	"github.com/casefold/casefold/internal/crash"
)

// memoryLog is a filing.Log without files.
type memoryLog struct{ entries [][]byte }

func (m *memoryLog) Append(entries ...[]byte) (int64, error) {
	m.entries = append(m.entries, entries...)
	return int64(len(m.entries) - len(entries)), nil
}

func (m *memoryLog) Scan(from int64, fn func(int64, []byte) error) error {
	for i := from; i < int64(len(m.entries)); i++ {
		if err := fn(i, m.entries[i]); err != nil {
			return err
		}
	}
	return nil
}

// TestFilingLaws lets an office do anything in any order, while convictions
// merge, drift apart in number and person, come to look alike, stop being owed
// and are told no more. Whatever happens:
//
//   - statuses go only the way they may;
//   - no filing is made while one is live for the same conviction, and none is
//     sent while one is sent or granted for it or for what may be it;
//   - what a clerk, a court or the office has ended is filed anew only by again;
//   - a batch holds one law and one basis;
//   - the ledger replayed is the ledger.
func TestFilingLaws(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := &world{t: &testing.T{}, keys: subjectKeys{}, candidates: map[string]filing.Candidate{}, into: map[string]string{}, kin: map[string][]string{}}
		log := &memoryLog{}
		open := func() *filing.Ledger {
			l, err := filing.Open(filing.Options{Log: log, Keys: w.keys, Secret: []byte("s"), Random: rand.Reader})
			if err != nil {
				t.Fatal(err)
			}
			return l
		}
		m := &model{w: w, l: open(), disk: crash.NewDisk(), was: map[string]filing.Filing{}}
		for i := range 4 {
			m.convict(t, i)
		}
		t.Repeat(map[string]func(*rapid.T){
			"":         m.check,
			"convict":  func(t *rapid.T) { m.convict(t, rapid.IntRange(0, 5).Draw(t, "conviction")) },
			"merge":    m.merge,
			"prepare":  m.prepare,
			"approve":  m.approve,
			"send":     m.send,
			"record":   m.record,
			"again":    m.again,
			"distinct": m.distinct,
			"reopen":   func(*rapid.T) { m.l = open() },
		})
		replayed, now := open().Filings(), m.l.Filings()
		if fmt.Sprint(replayed) != fmt.Sprint(now) {
			t.Fatalf("replayed\n%+v\nbefore\n%+v", replayed, now)
		}
	})
}

type model struct {
	w    *world
	l    *filing.Ledger
	disk *crash.Disk
	was  map[string]filing.Filing // before the last step
	made map[string]bool          // by again
}

var modelAct = filing.Act{By: "mr", Note: "n", At: "2020-01-02T03:04:05Z"}

func (m *model) convict(t *rapid.T, i int) {
	id := fmt.Sprintf("C%d", i)
	if m.w.into[id] != "" {
		return
	}
	words := []string{id,
		rapid.SampledFrom([]string{"person=P1", "person=P2"}).Draw(t, "person"),
		rapid.SampledFrom([]string{"case=A", "case=B", "case=" + id}).Draw(t, "case"),
	}
	if rapid.IntRange(0, 3).Draw(t, "near") == 0 {
		words = append(words, fmt.Sprintf("near=C%d", rapid.IntRange(0, 5).Draw(t, "near which")))
	}
	switch rapid.IntRange(0, 7).Draw(t, "outcome") {
	case 0:
		words = append(words, "outcome=review")
	case 1:
		words = append(words, "policy=policy_dismiss")
	case 2:
		words = append(words, "fileable=no")
	}
	m.w.conviction(words)
}

func (m *model) merge(t *rapid.T) {
	a, b := fmt.Sprintf("C%d", rapid.IntRange(0, 5).Draw(t, "loser")), fmt.Sprintf("C%d", rapid.IntRange(0, 5).Draw(t, "winner"))
	if now, _ := m.w.Current(b); a == now || m.w.into[a] != "" || m.w.into[b] != "" {
		return
	}
	m.w.into[a] = b
	delete(m.w.candidates, a)
}

func (m *model) prepare(t *rapid.T) {
	if _, err := m.l.Prepare(m.w.all(), m.w, modelAct); err != nil {
		t.Fatal(err)
	}
}

func (m *model) batch(t *rapid.T) string {
	batches := m.l.Batches()
	if len(batches) == 0 {
		return ""
	}
	return batches[rapid.IntRange(0, len(batches)-1).Draw(t, "batch")].ID
}

func (m *model) filing(t *rapid.T) string {
	filings := m.l.Filings()
	if len(filings) == 0 {
		return ""
	}
	return filings[rapid.IntRange(0, len(filings)-1).Draw(t, "filing")].ID
}

func (m *model) approve(t *rapid.T) {
	if b := m.batch(t); b != "" {
		if _, err := m.l.Approve(b, m.w.lookup, m.w, modelAct); err != nil {
			t.Fatal(err)
		}
	}
}

func (m *model) send(t *rapid.T) {
	if b := m.batch(t); b != "" {
		_, _ = m.l.Send(m.disk, b, "out", m.w.lookup, m.w, modelAct) // refused where nothing is approved
	}
}

func (m *model) record(t *rapid.T) {
	if f := m.filing(t); f != "" {
		_ = m.l.Record(f, rapid.SampledFrom(filing.Statuses).Draw(t, "status"), modelAct) // refused where it is no step
	}
}

func (m *model) again(t *rapid.T) {
	id := m.filing(t)
	if id == "" {
		return
	}
	f, _ := m.l.Filing(id)
	now, _ := m.w.Current(f.Conviction)
	if made, err := m.l.Again(id, m.w.candidates[now], m.w, modelAct); err == nil {
		m.made = map[string]bool{made.ID: true}
	}
}

func (m *model) distinct(t *rapid.T) {
	if f := m.filing(t); f != "" {
		if err := m.l.Distinct(fmt.Sprintf("C%d", rapid.IntRange(0, 5).Draw(t, "conviction")), f, m.w, modelAct); err != nil {
			t.Fatal(err)
		}
	}
}

// check compares the ledger with what it was before the last step.
func (m *model) check(t *rapid.T) {
	sameConviction := func(a, b filing.Filing) bool {
		x, _ := m.w.Current(a.Conviction)
		y, _ := m.w.Current(b.Conviction)
		return x == y && a.Law == b.Law
	}
	filings := m.l.Filings()
	for _, f := range filings {
		before, known := m.was[f.ID]
		if known && before.Status != f.Status && !before.Status.May(f.Status) {
			t.Fatalf("%s went from %s to %s", f.ID, before.Status, f.Status)
		}
		for _, other := range m.was {
			if other.ID == f.ID || !sameConviction(f, other) {
				continue
			}
			switch {
			case !known && other.Status.Live():
				t.Fatalf("%s was made while %s is %s", f.ID, other.ID, other.Status)
			case !known && !m.made[f.ID]:
				t.Fatalf("%s was filed anew after %s without an act", f.ID, other.ID)
			case known && before.Status == filing.Approved && f.Status == filing.Sent &&
				(other.Status == filing.Sent || other.Status == filing.Granted):
				t.Fatalf("%s was sent while %s is %s", f.ID, other.ID, other.Status)
			}
		}
	}
	for _, b := range m.l.Batches() {
		for _, f := range filings {
			if f.Batch == b.ID && (f.Law != b.Law || f.Basis != b.Basis) {
				t.Fatalf("batch %s mixes %s and %s", b.ID, f.Basis, b.Basis)
			}
		}
	}
	m.checkManifests(t, filings)
	clear(m.was)
	for _, f := range filings {
		m.was[f.ID] = f
	}
	m.made = nil
}

// checkManifests: no two manifests share a file, and none was overwritten.
func (m *model) checkManifests(t *rapid.T, filings []filing.Filing) {
	var seen []string
	for _, b := range m.l.Batches() {
		for _, man := range m.l.Manifests(b.ID) {
			name := filepath.Join(man.Dir, man.File)
			if slices.Contains(seen, name) {
				t.Fatalf("two manifests are %s", name)
			}
			seen = append(seen, name)
			if n := countLines(m.disk.Bytes(name)); n != man.Lines+1 {
				t.Fatalf("%s has %d lines, %d were sent", name, n, man.Lines)
			}
		}
	}
}

func countLines(b []byte) (n int) {
	for _, c := range b {
		if c == '\n' {
			n++
		}
	}
	return n
}
