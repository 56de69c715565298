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

// stateExtract is text like the state extract: 95 columns, about 800 bytes a
// row, mostly short or empty values, a few in quotes.
func stateExtract(rows int) string {
	var b strings.Builder
	b.WriteString(strings.Join(dojColumns, ",") + "\n")
	for i := range rows {
		for c, name := range dojColumns {
			if c > 0 {
				b.WriteByte(',')
			}
			switch {
			case name == "PRI_NAME":
				fmt.Fprintf(&b, "\"LASTNAME%d,FIRST MIDDLE\"", i%1000)
			case name == "OFFENSE_DESCR":
				b.WriteString("11357(A) HS-POSSESS CONCENTRATED CANNABIS")
			case strings.HasSuffix(name, "_DATE"), strings.HasSuffix(name, "DOB"):
				b.WriteString("19790525")
			case strings.HasSuffix(name, "_DESCR"):
				b.WriteString("\"ARREST/DETAINED/CITED   \"")
			case c%3 == 0:
				b.WriteString("x")
			case c%7 == 0:
				b.WriteString("\"                      \"")
			case c%5 == 0:
				fmt.Fprintf(&b, "%012d", i)
			}
		}
		b.WriteString("\n")
	}
	return b.String()
}

// BenchmarkRead is the whole way from a file on disk to rows: about half a
// gigabyte of a state extract a second on one core of a busy machine.
func BenchmarkRead(b *testing.B) {
	for _, name := range []string{"plain", "windows-1252", "reordered"} {
		b.Run(name, func(b *testing.B) {
			dir := b.TempDir()
			data := stateExtract(40000)
			src := &casefold.Source{Name: "b", Format: CADOJ, Files: []string{"a.csv"}}
			switch name {
			case "windows-1252":
				data = strings.ReplaceAll(data, "MIDDLE", "MU\xd1OZ")
			case "reordered":
				src.Mapping.Fields = map[casefold.Field][]string{"cycle": {"CNT_ORDER[1:3]"}, "count": {"CNT_ORDER[7:9]"}}
			}
			if err := os.WriteFile(filepath.Join(dir, "a.csv"), []byte(data), 0o644); err != nil {
				b.Fatal(err)
			}
			r, err := Open(context.Background(), src, dir)
			if err != nil {
				b.Fatal(err)
			}
			b.SetBytes(int64(len(data)))
			b.ReportAllocs()
			for b.Loop() {
				st, err := r.Read(context.Background(), func(*casefold.Row) error { return nil }, func(bad Bad) error { return fmt.Errorf("%v", bad) }, nil)
				if err != nil || st.Rows != 40000 {
					b.Fatal(st, err)
				}
			}
		})
	}
}

// BenchmarkSplit is the splitter alone, both ways.
func BenchmarkSplit(b *testing.B) {
	text := stateExtract(2000)
	text = text[strings.IndexByte(text, '\n')+1:]
	buf := []byte(text)
	for _, way := range []string{"fast", "slow"} {
		b.Run(way, func(b *testing.B) {
			s := newSplitter(dialect{delim: ",", quote: '"', eol: '\n'}, len(dojColumns))
			b.SetBytes(int64(len(text)))
			b.ReportAllocs()
			for b.Loop() {
				for lo := 0; lo < len(text); {
					if way == "slow" {
						lo = s.slow(text, lo, len(text), strict, true).next
						continue
					}
					next, ok := s.fast(buf, text, lo)
					if !ok {
						next = s.slow(text, lo, len(text), strict, true).next
					}
					lo = next
				}
			}
		})
	}
}
