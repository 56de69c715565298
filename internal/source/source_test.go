package source

import (
	"context"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/casefold/casefold"
	"github.com/rogpeppe/go-internal/txtar"
)

var update = flag.Bool("update", false, "rewrite the wanted results of testdata")

// TestCases runs testdata/cases/*.txtar: the comment holds the source's
// description, one "key value" a line behind a remark; "want" is what reading
// the other files gives. \xNN, \r and \N (no line break here) stand for bytes.
func TestCases(t *testing.T) {
	names, err := filepath.Glob("testdata/cases/*.txtar")
	if err != nil || len(names) == 0 {
		t.Fatal("no cases", err)
	}
	for _, name := range names {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".txtar"), func(t *testing.T) {
			ar, err := txtar.ParseFile(name)
			if err != nil {
				t.Fatal(err)
			}
			dir := t.TempDir()
			src := describe(t, string(ar.Comment))
			var want *txtar.File
			for i, f := range ar.Files {
				if f.Name == "want" {
					want = &ar.Files[i]
					continue
				}
				write(t, filepath.Join(dir, f.Name), unescapeCase(string(f.Data)))
				if len(src.Files) == 0 || src.Files[0] != "*" {
					src.Files = append(src.Files, f.Name)
				}
			}
			got := readAll(src, dir)
			if *update {
				want.Data = []byte(got)
				if err := os.WriteFile(name, txtar.Format(ar), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			if got != string(want.Data) {
				t.Errorf("got\n%s\nwant\n%s", got, want.Data)
			}
		})
	}
}

// describe reads the lines of a case's comment that start with a known key.
func describe(t *testing.T, comment string) *casefold.Source {
	src := &casefold.Source{Name: "case", Format: Delimited}
	for line := range strings.Lines(comment) {
		key, value, _ := strings.Cut(strings.TrimSpace(line), " ")
		value = strings.TrimSpace(value)
		switch key {
		case "format:":
			src.Format = value
		case "encoding:":
			src.Read.Encoding = value
		case "delimiter:":
			src.Read.Delimiter = value
		case "quote:":
			src.Read.Quote = value
		case "header:":
			src.Read.Header = value
		case "columns:":
			for _, f := range strings.Fields(value) {
				c := casefold.FixedColumn{Name: f}
				if name, at, ok := strings.Cut(f, "@"); ok {
					c.Name = name
					if _, err := fmt.Sscanf(at, "%d+%d", &c.Start, &c.Len); err != nil {
						t.Fatal(err)
					}
				}
				src.Read.Columns = append(src.Read.Columns, c)
			}
		case "map:":
			if src.Mapping.Fields == nil {
				src.Mapping.Fields = map[casefold.Field][]string{}
			}
			for _, f := range strings.Fields(value) {
				field, column, _ := strings.Cut(f, "=")
				src.Mapping.Fields[casefold.Field(field)] = append(src.Mapping.Fields[casefold.Field(field)], column)
			}
		case "counts_each:":
			each, rest, _ := strings.Cut(value, " ")
			src.Mapping.CountsEach = each
			group := map[casefold.Field][]string{}
			for _, f := range strings.Fields(rest) {
				field, column, _ := strings.Cut(f, "=")
				group[casefold.Field(field)] = []string{column}
			}
			src.Mapping.Counts = append(src.Mapping.Counts, group)
		}
	}
	return src
}

func unescapeCase(s string) string {
	s = strings.ReplaceAll(s, "\\N\n", "")
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		switch {
		case strings.HasPrefix(s[i:], `\r`):
			b.WriteByte('\r')
			i++
		case strings.HasPrefix(s[i:], `\x`) && i+4 <= len(s):
			n, err := strconv.ParseUint(s[i+2:i+4], 16, 8)
			if err != nil {
				b.WriteByte(s[i])
				continue
			}
			b.WriteByte(byte(n))
			i += 3
		default:
			b.WriteByte(s[i])
		}
	}
	return b.String()
}

func write(t testing.TB, path, data string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(data), 0o644); err != nil {
		t.Fatal(err)
	}
}

// readAll prints what reading a source gives.
func readAll(src *casefold.Source, dir string) string {
	var b strings.Builder
	r, err := Open(context.Background(), src, dir)
	if err != nil {
		return "error: " + err.Error() + "\n"
	}
	fmt.Fprintf(&b, "columns %s\n", quoteAll(r.Layout().Columns))
	if g := r.Layout().Groups; len(g) > 0 {
		fmt.Fprintf(&b, "groups %s\n", quoteAll(g))
	}
	st, err := r.Read(context.Background(), func(row *casefold.Row) error {
		fmt.Fprintf(&b, "%s:%d row %s", row.File, row.Line, quoteAll(row.Values))
		for _, g := range row.Groups {
			fmt.Fprintf(&b, " [%s]", quoteAll(g))
		}
		b.WriteByte('\n')
		return nil
	}, func(bad Bad) error {
		fmt.Fprintf(&b, "%s:%d bad %s column %d, %d lines: %q", bad.File, bad.Line, bad.Reason, bad.Column, bad.Lines, bad.Raw)
		if bad.Detail != "" {
			fmt.Fprintf(&b, " (%s)", bad.Detail)
		}
		b.WriteByte('\n')
		return nil
	}, nil)
	if err != nil {
		return b.String() + "error: " + err.Error() + "\n"
	}
	fmt.Fprintf(&b, "rows %d, bad %d, lines %d = %d row + %d bad + %d header + %d blank\n",
		st.Rows, st.Bad, st.Lines, st.RowLines, st.BadLines, st.HeaderLines, st.BlankLines)
	return b.String()
}

func quoteAll(values []string) string {
	out := make([]string, len(values))
	for i, v := range values {
		out[i] = v
		if v == "" || strings.ContainsAny(v, " |\"\n\r\t") || strconv.Quote(v) != `"`+v+`"` {
			out[i] = strconv.Quote(v)
		}
	}
	return strings.Join(out, "|")
}
