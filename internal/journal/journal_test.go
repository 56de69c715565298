package journal_test

import (
	"bytes"
	"fmt"
	"testing"

	"github.com/casefold/casefold/internal/journal"
)

var secret = bytes.Repeat([]byte("k"), 32)

func open(t *testing.T, dir string) *journal.Journal {
	t.Helper()
	j, err := journal.Open(dir, journal.Options{Name: "ledger", Secret: secret})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { j.Close() })
	return j
}

func entries(t *testing.T, j *journal.Journal, from int64) (out []string) {
	t.Helper()
	if err := j.Scan(from, func(_ int64, e []byte) error { out = append(out, string(e)); return nil }); err != nil {
		t.Fatal(err)
	}
	return out
}

func TestAppendedEntriesAreThereAfterReopening(t *testing.T) {
	dir := t.TempDir()
	j := open(t, dir)
	for i := range 5 {
		if at, err := j.Append([]byte(fmt.Sprint("one ", i)), []byte(fmt.Sprint("two ", i))); err != nil || at != int64(2*i) {
			t.Fatal(at, err)
		}
	}
	signed, err := j.Signed()
	if err != nil {
		t.Fatal(err)
	}
	j.Close()
	j = open(t, dir)
	if got := entries(t, j, 7); fmt.Sprint(got) != "[two 3 one 4 two 4]" {
		t.Error(got)
	}
	if _, err := j.Append([]byte("more")); err != nil {
		t.Fatal(err)
	}
	if err := j.Verify(signed); err != nil {
		t.Error(err)
	}
	p, err := j.Prove(3)
	if err != nil {
		t.Fatal(err)
	}
	if err := journal.CheckProof(p, []byte("two 1"), j.PublicKey()); err != nil {
		t.Error(err)
	}
	if journal.CheckProof(p, []byte("two 2"), j.PublicKey()) == nil {
		t.Error("a proof held for another entry")
	}
	if r := j.Recovery(); r != (journal.Recovery{}) {
		t.Error(r)
	}
}
