package main

import (
	"bytes"
	"compress/gzip"
	"io"
	"os"
	"path/filepath"
	"strings"
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

// An extract has the rows that were asked for, each of an extract's length.
func TestRowsAreWidened(t *testing.T) {
	county, dir := t.TempDir(), t.TempDir()
	head := "SUBJECT_ID,REQ_NAME,REQ_GENDER,REQ_DOB,REQ_CDL,REQ_SSN,PRI_NAME,GENDER,PRI_DOB,PRI_CDL,PRI_SSN,SINGLE_SOURCE,MULTI_SOURCE,CITIZENSHIP_LIST\n"
	row := "1,,,,,,\"DOE,JANE\",F,19600101,X1,1,x,x,x\n"
	if err := os.Mkdir(filepath.Join(county, "state"), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(county, "state", "doj_history_1.csv"), []byte(head+row+"cut,short\n"+row), 0o600); err != nil {
		t.Fatal(err)
	}
	var packed bytes.Buffer
	z := gzip.NewWriter(&packed)
	if _, err := io.WriteString(z, row+row); err != nil || z.Close() != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(county, "state", "doj_history_2.csv.gz"), packed.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := widen(county, dir, 3, 1); err != nil {
		t.Fatal(err)
	}
	got, err := os.ReadFile(filepath.Join(dir, "state.csv"))
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.SplitAfter(string(got), "\n")
	if len(lines) != 5 || lines[0] != head {
		t.Fatalf("%d lines: %q", len(lines), lines[0])
	}
	for _, l := range lines[1:4] {
		if len(l) != extractRowBytes || !strings.HasPrefix(l, "1,\"DOE,JANE\",F,19600101,X1,1,") {
			t.Errorf("%d bytes: %q", len(l), l)
		}
	}
	if err := widen(county, dir, 5, 1); err == nil {
		t.Error("four rows were taken for five")
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
