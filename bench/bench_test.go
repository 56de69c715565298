package main

import (
	"io"
	"os"
	"path/filepath"
	"testing"
)

func TestFilesAreWrittenOnce(t *testing.T) {
	o, err := parse([]string{"-dir", t.TempDir(), "-sizes", "280"}, io.Discard)
	if err != nil {
		t.Fatal(err)
	}
	dir, err := people(o, 280, io.Discard)
	if err != nil {
		t.Fatal(err)
	}
	before, err := os.Stat(filepath.Join(dir, "records.csv"))
	if err != nil {
		t.Fatal(err)
	}
	if again, err := people(o, 280, io.Discard); err != nil || again != dir {
		t.Fatalf("%q, %v", again, err)
	}
	if after, err := os.Stat(filepath.Join(dir, "records.csv")); err != nil || !after.ModTime().Equal(before.ModTime()) {
		t.Errorf("written anew: %v", err)
	}
	if _, err := parse([]string{"-sizes", "ten"}, io.Discard); err == nil {
		t.Error("sizes of words are taken")
	}
}

// The clusters of the peer are scored as ours are: a record that they do not
// list is alone.
func TestClustersAreScored(t *testing.T) {
	dir := t.TempDir()
	for name, text := range map[string]string{"truth.csv": "rec_id,entity_id\na,1\nb,1\nc,2\nd,2\n", "clusters.csv": "rec_id,cluster_id\na,x\nb,x\nc,y\n"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	got, err := scoreOf(dir, filepath.Join(dir, "clusters.csv"))
	if err != nil {
		t.Fatal(err)
	}
	if got.Pairwise.Precision != 1 || got.Pairwise.Recall != .5 || got.Records != 4 {
		t.Errorf("%+v", got)
	}
}
