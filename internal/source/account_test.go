package source

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/casefold/casefold"
)

// piecesOf reads a file and tells what became of it, a piece a line.
func piecesOf(t *testing.T, name, text string, src casefold.Source) (told []string, st Stats) {
	t.Helper()
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	src.Name, src.Files = "a", []string{name}
	r, err := Open(context.Background(), &src, dir)
	if err != nil {
		t.Fatal(err)
	}
	piece := func(b Bad) error {
		told = append(told, fmt.Sprintf("%d: %s, %d lines, %d bytes, %s", b.Line, b.Reason, b.Lines, len(b.Raw), b.Detail))
		return nil
	}
	st, err = r.TellHeaders(piece).Read(context.Background(), func(row *casefold.Row) error {
		told = append(told, fmt.Sprintf("%d: %s", row.Line, strings.Join(row.Values, "|")))
		return nil
	}, piece, nil)
	if err != nil {
		t.Fatal(err)
	}
	return told, st
}

func wantPieces(t *testing.T, told []string, want ...string) {
	t.Helper()
	for i := range max(len(told), len(want)) {
		switch {
		case i >= len(told):
			t.Errorf("missing: %s", want[i])
		case i >= len(want):
			t.Errorf("too much: %s", told[i])
		case told[i] != want[i]:
			t.Errorf("got  %s\nwant %s", told[i], want[i])
		}
	}
}

// TestALineTooLongIsOnePiece: however long it is, and in every format, a line
// past the limit has one fate, and what follows is read.
func TestALineTooLongIsOnePiece(t *testing.T) {
	long := strings.Repeat("x", 3<<20+17)
	whole := fmt.Sprintf("2: too_long, 1 lines, %d bytes, a line of %d bytes, of which %d are kept", maxRow, len(long), maxRow)
	t.Run("delimited", func(t *testing.T) {
		told, st := piecesOf(t, "a.csv", "ID,NAME,BORN\n"+long+"\n2,LEE,1970-01-02\n3,DOE,1971-01-02\n", casefold.Source{})
		wantPieces(t, told, whole, "3: 2|LEE|1970-01-02", "4: 3|DOE|1971-01-02")
		if st.Bad != 1 || st.Lines != 4 {
			t.Errorf("%+v", st)
		}
	})
	t.Run("delimited, at the end", func(t *testing.T) {
		told, st := piecesOf(t, "a.csv", "ID,NAME,BORN\n2,LEE,1970-01-02\n"+long, casefold.Source{})
		wantPieces(t, told, "2: 2|LEE|1970-01-02", "3"+whole[1:])
		if st.Bad != 1 || st.Lines != 3 {
			t.Errorf("%+v", st)
		}
	})
	t.Run("json lines", func(t *testing.T) {
		told, _ := piecesOf(t, "a.jsonl", `{"id":"1","name":"LEE"}`+"\n"+long+"\n"+`{"id":"2","name":"DOE"}`+"\n", casefold.Source{Format: JSONL})
		wantPieces(t, told, "1: 1|LEE", whole, "3: 2|DOE")
	})
	t.Run("fixed width", func(t *testing.T) {
		src := casefold.Source{Format: Fixed, Read: casefold.ReadOptions{Columns: []casefold.FixedColumn{{Name: "ID", Start: 1, Len: 2}, {Name: "NAME", Start: 3, Len: 5}}}}
		told, _ := piecesOf(t, "a.dat", "01LEE  \n"+long+"\n02DOE  \n", src)
		wantPieces(t, told, "1: 01|LEE  ", whole, "3: 02|DOE  ")
	})
}

// TestAHeaderAmongTheRowsIsAPiece: the first header of a file names its columns;
// one that stands again is accounted for where it stands.
func TestAHeaderAmongTheRowsIsAPiece(t *testing.T) {
	told, st := piecesOf(t, "a.csv", "sep=,\nID,NAME,BORN\n1,LEE,1970-01-02\nID,NAME,BORN\n--,----,----------\n2,DOE,1971-01-02\n", casefold.Source{})
	wantPieces(t, told, "3: 1|LEE|1970-01-02", "4: header_repeated, 1 lines, 12 bytes, ", "5: header_repeated, 1 lines, 18 bytes, ", "6: 2|DOE|1971-01-02")
	if st.Rows != 2 || st.Bad != 0 || st.HeadersAgain != 2 || st.HeaderLines != 4 || st.Lines != 6 {
		t.Errorf("%+v", st)
	}
	told, _ = piecesOf(t, "b.csv", "ID,NAME,BORN\nID,NAME,BORN\n1,LEE,1970-01-02\n", casefold.Source{})
	wantPieces(t, told, "2: header_repeated, 1 lines, 12 bytes, ", "3: 1|LEE|1970-01-02")
}
