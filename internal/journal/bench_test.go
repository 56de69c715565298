package journal_test

import (
	"bytes"
	"fmt"
	"testing"

	"github.com/casefold/casefold/internal/journal"
)

// BenchmarkAppend is one durable act: two syncs.
func BenchmarkAppend(b *testing.B) {
	j, err := journal.Open(b.TempDir(), journal.Options{Name: "ledger", Secret: secret})
	if err != nil {
		b.Fatal(err)
	}
	defer j.Close()
	entry := bytes.Repeat([]byte("x"), 300)
	for b.Loop() {
		if _, err := j.Append(entry); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkGroup is 10,000 entries of 600 bytes in one group, per entry.
func BenchmarkGroup(b *testing.B) {
	j, err := journal.Open(b.TempDir(), journal.Options{Name: "ledger", Secret: secret})
	if err != nil {
		b.Fatal(err)
	}
	defer j.Close()
	entries := make([][]byte, 10000)
	for i := range entries {
		entries[i] = append(fmt.Appendf(nil, "%d", i), bytes.Repeat([]byte("x"), 600)...)
	}
	for b.Loop() {
		if _, err := j.Append(entries...); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*len(entries)), "ns/entry")
}

// BenchmarkReopen and BenchmarkVerify are of a journal of 100,000 entries.
func BenchmarkReopen(b *testing.B) {
	dir := hundredThousand(b)
	for b.Loop() {
		j, err := journal.Open(dir, journal.Options{Name: "ledger", Secret: secret})
		if err != nil {
			b.Fatal(err)
		}
		j.Close()
	}
}

func BenchmarkVerify(b *testing.B) {
	j, err := journal.Open(hundredThousand(b), journal.Options{Name: "ledger", Secret: secret})
	if err != nil {
		b.Fatal(err)
	}
	defer j.Close()
	for b.Loop() {
		if err := j.Verify(nil); err != nil {
			b.Fatal(err)
		}
	}
}

func hundredThousand(b *testing.B) string {
	b.Helper()
	dir := b.TempDir()
	j, err := journal.Open(dir, journal.Options{Name: "ledger", Secret: secret})
	if err != nil {
		b.Fatal(err)
	}
	defer j.Close()
	for range 10 {
		entries := make([][]byte, 10000)
		for i := range entries {
			entries[i] = append(fmt.Appendf(nil, "%d", i), bytes.Repeat([]byte("x"), 300)...)
		}
		if _, err := j.Append(entries...); err != nil {
			b.Fatal(err)
		}
	}
	return dir
}
