package search

import (
	"context"
	"path/filepath"
	"testing"

	"github.com/casefold/casefold"
)

// TestWhatPeopleType asks in the ways an investigator would; each question
// names the person who must come first.
func TestWhatPeopleType(t *testing.T) {
	people := []Person{
		{"P-MARIA", []casefold.Name{{Last: "GARCIA LOPEZ", First: "MARIA", Middle: "DEL CARMEN"}, {Last: "RUIZ", First: "MARIA"}}, []casefold.Date{casefold.On(19710314)}, []string{"A 12345678", "CR-94-1234"}},
		{"P-MARIO", []casefold.Name{{Last: "GARCIA", First: "MARIO"}}, []casefold.Date{casefold.On(19850102)}, []string{"A87654321"}},
		{"P-ROBERT", []casefold.Name{{Last: "OBRIEN", First: "ROBERT"}}, []casefold.Date{casefold.YearOnly(1960)}, nil},
		{"P-NGUYEN", []casefold.Name{{Last: "NGUYEN", First: "THI", Middle: "HOA"}}, []casefold.Date{casefold.On(19900505)}, []string{"SCD123456-02"}},
	}
	dir := filepath.Join(t.TempDir(), "index")
	b, err := Create(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range people {
		if err := b.Add(p); err != nil {
			t.Fatal(err)
		}
	}
	if err := b.Close(); err != nil {
		t.Fatal(err)
	}
	x, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer x.Close()
	for _, c := range []struct {
		why   string
		typed []string
		want  string
	}{
		{"name and year", []string{"garcia", "maria", "1971"}, "P-MARIA"},
		{"one string, other order", []string{"maria garcia 1971"}, "P-MARIA"},
		{"misspelled", []string{"garzia maria"}, "P-MARIA"},
		{"the maiden name", []string{"ruiz maria"}, "P-MARIA"},
		{"a nickname", []string{"bob o'brien"}, "P-ROBERT"},
		{"accents", []string{"garcía mario"}, "P-MARIO"},
		{"a date as typed", []string{"nguyen", "5/5/1990"}, "P-NGUYEN"},
		{"a number without its blanks", []string{"a12345678"}, "P-MARIA"},
		{"a case number from its front", []string{"SCD1234"}, "P-NGUYEN"},
		{"a case number with dashes", []string{"cr94-1234"}, "P-MARIA"},
		{"the beginning of a name", []string{"nguy"}, "P-NGUYEN"},
	} {
		got, err := x.Find(context.Background(), c.typed, 3)
		if err != nil {
			t.Fatal(err)
		}
		if len(got) == 0 || got[0].ID != c.want {
			t.Errorf("%s: %q finds %v, want %s first", c.why, c.typed, got, c.want)
		}
	}
	if got, err := x.Find(context.Background(), []string{"zzyzx"}, 3); err != nil || len(got) != 0 {
		t.Errorf("nobody is called zzyzx: %v, %v", got, err)
	}
}

// TestAnIndexOfNobody is made, opened and asked like any other.
func TestAnIndexOfNobody(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "index")
	b, err := Create(dir)
	if err != nil {
		t.Fatal(err)
	}
	if err := b.Close(); err != nil {
		t.Fatal(err)
	}
	x, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer x.Close()
	if found, err := x.Find(context.Background(), []string{"garcia"}, 3); err != nil || len(found) != 0 {
		t.Errorf("found %v, %v", found, err)
	}
}
