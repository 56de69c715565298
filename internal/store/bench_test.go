package store_test

import (
	"crypto/rand"
	"encoding/json"
	"fmt"
	"testing"

	"github.com/casefold/casefold/internal/store"
)

// BenchmarkOpen opens a store of 100,000 subject keys, cleanly closed.
func BenchmarkOpen(b *testing.B) {
	dir := b.TempDir()
	s, err := store.Open(dir, store.Options{Random: rand.Reader})
	if err != nil {
		b.Fatal(err)
	}
	names := make([]string, 100_000)
	for i := range names {
		names[i] = fmt.Sprintf("conviction/C-%012d", i)
	}
	if _, err := s.SubjectKeys(names); err != nil {
		b.Fatal(err)
	}
	s.Close()
	for b.Loop() {
		s, err := store.Open(dir, store.Options{Random: rand.Reader})
		if err != nil {
			b.Fatal(err)
		}
		s.Close()
	}
}

// BenchmarkSubjectKeys reads 10,000 keys; per key.
func BenchmarkSubjectKeys(b *testing.B) {
	s, err := store.Open(b.TempDir(), store.Options{Random: rand.Reader})
	if err != nil {
		b.Fatal(err)
	}
	defer s.Close()
	names := make([]string, 10_000)
	for i := range names {
		names[i] = fmt.Sprintf("conviction/C-%012d", i)
	}
	for b.Loop() {
		if _, err := s.SubjectKeys(names); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*len(names)), "ns/key")
}

// BenchmarkUpdate is one durable record.
func BenchmarkUpdate(b *testing.B) {
	s, err := store.Open(b.TempDir(), store.Options{Random: rand.Reader})
	if err != nil {
		b.Fatal(err)
	}
	defer s.Close()
	for b.Loop() {
		err := s.Update(func(tx *store.Tx) error { return store.Settings.Put(tx, "a", json.RawMessage(`{"x":1}`)) })
		if err != nil {
			b.Fatal(err)
		}
	}
}
