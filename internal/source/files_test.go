package source

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/casefold/casefold"
	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"
)

// sharedDir is the folder of public test data, "" on a machine without it.
func sharedDir(t *testing.T) string {
	dir := os.Getenv("CASEFOLD_SHARED")
	if dir == "" {
		dir = filepath.Join("..", "..", "..", "shared")
	}
	if _, err := os.Stat(filepath.Join(dir, "data")); err != nil {
		t.Skip("no shared data here")
	}
	return filepath.Join(dir, "data")
}

func readStats(t *testing.T, src *casefold.Source, dir string) (Stats, map[Reason]int) {
	t.Helper()
	r, err := Open(context.Background(), src, dir)
	if err != nil {
		t.Fatal(err)
	}
	reasons := map[Reason]int{}
	st, err := r.Read(context.Background(), func(*casefold.Row) error { return nil }, func(b Bad) error { reasons[b.Reason]++; return nil }, nil)
	if err != nil {
		t.Fatal(err)
	}
	return st, reasons
}

// The state extract's fixtures: with and without header, with a delimiter at
// the header's end, without END_OF_REC (named by its header, so all the other
// columns are right), with a row of 94 columns.
func TestStateExtractFixtures(t *testing.T) {
	dir := filepath.Join(sharedDir(t), "ca-doj")
	for _, c := range []struct {
		file                string
		rows, bad, headings int
	}{
		{"reference_input.csv", 38, 0, 1},
		{"file.dat", 34, 0, 1},
		{"no_headers.csv", 38, 0, 0},
		{"extra_comma.csv", 38, 0, 1},
		{"bad.csv", 37, 0, 1},
		{"bad_csv_file.dat", 35, 1, 1},
	} {
		st, reasons := readStats(t, &casefold.Source{Name: "doj", Format: CADOJ, Files: []string{c.file}}, dir)
		if st.Rows != c.rows || st.Bad != c.bad || st.HeaderLines != c.headings {
			t.Errorf("%s: %d rows, %d bad %v, %d header lines; want %d, %d, %d", c.file, st.Rows, st.Bad, reasons, st.HeaderLines, c.rows, c.bad, c.headings)
		}
	}
}

func pack(t *testing.T, name string, data []byte) []byte {
	var b bytes.Buffer
	switch {
	case strings.HasSuffix(name, ".gz"):
		z := gzip.NewWriter(&b)
		z.Write(data)
		z.Close()
	case strings.HasSuffix(name, ".zst"):
		z, err := zstd.NewWriter(&b)
		if err != nil {
			t.Fatal(err)
		}
		z.Write(data)
		z.Close()
	default:
		return data
	}
	return b.Bytes()
}

// Packed files give the rows of the plain ones, whatever they are called.
func TestPackedFiles(t *testing.T) {
	data := []byte(stateExtract(3000))
	dir := t.TempDir()
	for _, name := range []string{"a.csv", "b.csv.gz", "c.csv.zst", "d.gz"} {
		write(t, filepath.Join(dir, name), string(pack(t, name, data)))
	}
	if err := os.Rename(filepath.Join(dir, "d.gz"), filepath.Join(dir, "d.csv")); err != nil {
		t.Fatal(err)
	}
	r, err := Open(context.Background(), &casefold.Source{Name: "doj", Format: CADOJ, Files: []string{"*"}}, dir)
	if err != nil {
		t.Fatal(err)
	}
	perFile := map[string]int{}
	last, size := int64(0), int64(0)
	st, err := r.Read(context.Background(), func(row *casefold.Row) error {
		perFile[row.File]++
		return nil
	}, func(b Bad) error { t.Errorf("%+v", b); return nil }, func(n int64) {
		if n < last {
			t.Errorf("progress went back from %d to %d", last, n)
		}
		last = n
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range r.Files() {
		size += f.Bytes
		if perFile[f.Name] != 3000 {
			t.Errorf("%s: %d rows", f.Name, perFile[f.Name])
		}
	}
	if st.Rows != 12000 || last != size || st.Bytes != int64(4*len(data)) {
		t.Errorf("%+v, progress %d of %d", st, last, size)
	}
}

// A packed file that breaks off gives the rows before, a bad piece, and the
// next file.
func TestBrokenArchive(t *testing.T) {
	data := []byte(stateExtract(3000))
	for _, ext := range []string{".gz", ".zst"} {
		dir := t.TempDir()
		whole := pack(t, ext, data)
		write(t, filepath.Join(dir, "a"+ext), string(whole[:len(whole)/2]))
		write(t, filepath.Join(dir, "b.csv"), string(data))
		st, reasons := readStats(t, &casefold.Source{Name: "doj", Format: CADOJ, Files: []string{"*"}}, dir)
		if reasons[BrokenArchive] != 1 || st.Bad != 1 || st.Rows < 3000 || st.Rows >= 6000 {
			t.Errorf("%s: %+v %v", ext, st, reasons)
		}
	}
}

// Positions are those of the file, in every window of it.
func TestLinesAcrossWindows(t *testing.T) {
	var b strings.Builder
	b.WriteString("id,name,note\n")
	long := strings.Repeat("word ", 2000)
	for i := range 1200 {
		switch {
		case i%100 == 50:
			b.WriteString("broken line\n")
		case i%7 == 0:
			b.WriteString("1,\"SMITH\nJR\",\"" + long + "\"\n")
		default:
			b.WriteString("2,JONES," + long + "\n")
		}
	}
	text := b.String()
	dir := t.TempDir()
	write(t, filepath.Join(dir, "a.csv"), text)
	r, err := Open(context.Background(), &casefold.Source{Name: "a", Files: []string{"a.csv"}}, dir)
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.SplitAfter(text, "\n")
	at := func(line int, raw []byte) {
		if rest := strings.Join(lines[line-1:min(line+1, len(lines))], ""); !strings.HasPrefix(rest, string(raw)) {
			t.Fatalf("line %d is not what was read", line)
		}
	}
	st, err := r.Read(context.Background(), func(row *casefold.Row) error { at(row.Line, row.Raw); return nil },
		func(b Bad) error { at(b.Line, b.Raw); return nil }, nil)
	if err != nil || st.Bad != 12 || st.Rows != 1188 || st.Lines != strings.Count(text, "\n") {
		t.Errorf("%+v %v", st, err)
	}
}

func TestWhatOpenRefuses(t *testing.T) {
	dir := t.TempDir()
	write(t, filepath.Join(dir, "utf16.csv"), "\xff\xfei\x00d\x00\n\x00")
	write(t, filepath.Join(dir, "packed.csv"), "PK\x03\x04\x14\x00")
	write(t, filepath.Join(dir, "empty.csv"), "")
	write(t, filepath.Join(dir, "array.json"), "[\n{\"a\":1}\n]\n")
	write(t, filepath.Join(dir, "a.csv"), "id\n1\n")
	for _, c := range []struct {
		src  casefold.Source
		want string
	}{
		{casefold.Source{Files: []string{"no*.csv"}}, `source x: no file matches "no*.csv"`},
		{casefold.Source{Files: []string{"utf16.csv"}}, "source x: reading utf16.csv: the file is UTF-16; save it as UTF-8"},
		{casefold.Source{Files: []string{"packed.csv"}}, "source x: reading packed.csv: the file is a zip archive or a spreadsheet; unpack it, or save it as CSV"},
		{casefold.Source{Files: []string{"empty.csv"}, Mapping: casefold.Mapping{Fields: map[casefold.Field][]string{"name": {"NAME"}}}}, "source x: reading empty.csv: the file is empty, without even a header"},
		{casefold.Source{Files: []string{"array.json"}, Format: JSONL}, "source x: reading array.json: the file is one JSON text over many lines; JSON lines have one object in each line"},
		{casefold.Source{Files: []string{"a.csv"}, Format: Fixed}, "source x: reading a.csv: format fixed needs the columns (name, start, length) under read"},
		{casefold.Source{Files: []string{"a.csv"}, Read: casefold.ReadOptions{Quote: "''"}}, `source x: reading a.csv: quote "''" is not one character, nor "none"`},
		{casefold.Source{Files: []string{"a.csv"}, Read: casefold.ReadOptions{Encoding: "ebcdic"}}, `source x: reading a.csv: encoding "ebcdic" is not known; allowed: utf-8, windows-1252, iso-8859-1`},
		{casefold.Source{Files: []string{"a.csv"}, Format: "xlsx"}, `source x: reading a.csv: format "xlsx" is not known; allowed: [delimited fixed jsonl ca-doj]`},
	} {
		c.src.Name = "x"
		if _, err := Open(context.Background(), &c.src, dir); err == nil || err.Error() != c.want {
			t.Errorf("got  %v\nwant %s", err, c.want)
		}
	}
}

func TestCuts(t *testing.T) {
	for _, c := range []struct{ ref, value, want string }{
		{"CNT_ORDER[1:3]", "101001002000", "101"},
		{"CNT_ORDER[4:6]", "101001002000", "001"},
		{"CNT_ORDER[10:]", "101001002000", "000"},
		{"CNT_ORDER[:2]", "101", "10"},
		{"CNT_ORDER[4:6]", "10", ""},
		{"CNT_ORDER[2:3]", "ÑÁÉ", "ÁÉ"},
		{"COL[3:1]", "abc", "abc"},
		{"COL[x]", "abc", "abc"},
	} {
		if got := ParseCut(c.ref).Of(c.value); got != c.want {
			t.Errorf("%s of %q: %q, want %q", c.ref, c.value, got, c.want)
		}
	}
}
