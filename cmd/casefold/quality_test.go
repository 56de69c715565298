package main

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/casefold/casefold/internal/project"
	"github.com/casefold/casefold/internal/synth"
)

// TestQualityOfACounty runs a county from its files to its filings and holds
// what came of it to the figures of testdata/quality.golden. What may never
// happen is asserted besides.
func TestQualityOfACounty(t *testing.T) {
	dir, out := t.TempDir(), t.TempDir()
	command := func(args ...string) {
		t.Helper()
		args = append([]string{"-q", "-c", filepath.Join(dir, project.FileName)}, args...)
		if code := run(context.Background(), args, &bytes.Buffer{}, os.Stderr); code != exitDone && code != exitQuarantined {
			t.Fatalf("casefold %v: exit %d", args, code)
		}
	}
	command("synth", "--people", "2000", "--seed", "17", "-o", dir)
	command("run", "--as-of", "2026-11-24")
	command("file", "prepare", "--by", "test")
	for _, table := range []string{"clusters", "convictions", "determinations", "filings"} {
		command("export", table, "-o", filepath.Join(out, table+".csv"))
	}
	q, err := synth.Score(dir, out)
	if err != nil {
		t.Fatal(err)
	}
	if q.Convictions.Lost+q.Convictions.Fileable+q.Filings.Double+q.Filings.WrongPerson+q.Persons.Missing > 0 {
		t.Errorf("lost %d, split with both halves fileable %d, filed twice %d, for the wrong person %d, rows missing %d",
			q.Convictions.Lost, q.Convictions.Fileable, q.Filings.Double, q.Filings.WrongPerson, q.Persons.Missing)
	}
	golden := filepath.Join("testdata", "quality.golden")
	got := figures(q)
	if *update {
		if err := os.WriteFile(golden, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil || !bytes.Equal(got, want) {
		t.Errorf("figures changed (run with -update, look at the diff, and say why in the commit):\n%s\nwant\n%s", got, want)
	}
}

// figures prints the quality of a county as a person reads it.
func figures(q synth.Quality) []byte {
	var b bytes.Buffer
	p, c, o, f := q.Persons, q.Convictions, q.Outcomes, q.Filings
	fmt.Fprintf(&b, "persons: %d of %d; pairs of rows: precision %.4f recall %.4f F1 %.4f; B-cubed F1 %.4f\n", p.Found, p.True, p.Pairwise.Precision, p.Pairwise.Recall, p.Pairwise.F1, p.BCubed.F1)
	fmt.Fprintf(&b, "without impostors: precision %.4f recall %.4f\n", p.WithoutImpostors.Precision, p.WithoutImpostors.Recall)
	fmt.Fprintf(&b, "convictions: %d of %d; merged %d, split %d, lost %d, invented %d, possibly same %d, section right %.4f\n", c.Found, c.True, c.Merged, c.Split, c.Lost, c.Invented, c.Possibly, c.Right)
	fmt.Fprintf(&b, "owed: %d; found %d, to review %d, already relieved %d, missed in silence %d; wrongly owed %d, on doubt %d, wrongly denied %d\n", o.Owed, o.Found, o.ToReview, o.AlreadyRelieved, o.Missed, o.WronglyOwed, o.OwedOnDoubt, o.WronglyDenied)
	fmt.Fprintf(&b, "filings: %d live; double %d, wrong person %d, not owed %d, on doubt %d, not ours %d\n", f.Live, f.Double, f.WrongPerson, f.NotOwed, f.OnDoubt, f.NotOurs)
	return b.Bytes()
}
