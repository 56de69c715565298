package store_test

import (
	"crypto/rand"
	"errors"
	"testing"

	"github.com/casefold/casefold"
	"github.com/casefold/casefold/internal/store"
)

func open(t *testing.T, dir string) *store.Store {
	t.Helper()
	s, err := store.Open(dir, store.Options{Holder: "test", Random: rand.Reader})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

func TestRecordsOutliveTheProcess(t *testing.T) {
	dir := t.TempDir()
	s := open(t, dir)
	d := casefold.Decision{A: casefold.Teller{Source: "court", RowKey: "1"}, B: casefold.Teller{Source: "jail", RowKey: "2"}, Same: true, By: "clerk"}
	if err := s.Update(func(tx *store.Tx) error { return store.Decisions.Put(tx, store.Number(1), d) }); err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	s = open(t, dir)
	err := s.View(func(tx *store.Tx) error {
		all, err := store.Decisions.All(tx, "")
		if len(all) != 1 || all[0] != d {
			t.Error(all)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestASecondOpenerIsToldWhoHoldsTheStore(t *testing.T) {
	dir := t.TempDir()
	open(t, dir)
	_, err := store.Open(dir, store.Options{Random: rand.Reader})
	var held *store.Held
	if !errors.Is(err, store.ErrHeld) || !errors.As(err, &held) || held.Holder != "test" || held.PID == 0 {
		t.Fatal(err)
	}
}
