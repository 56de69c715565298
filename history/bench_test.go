package history

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/casefold/casefold"
)

// BenchmarkBuild measures the stage on persons of a few rows and of many: each
// situation by itself, and persons to whom all situations happened, with keys
// made distinct. One operation is one row.
func BenchmarkBuild(b *testing.B) {
	files, err := filepath.Glob("testdata/situations/*.txtar")
	if err != nil || len(files) == 0 {
		b.Fatal("no situations")
	}
	var sources []casefold.Source
	var persons [][]casefold.Record
	var all []casefold.Record
	for n, name := range files {
		data, err := os.ReadFile(name)
		if err != nil {
			b.Fatal(err)
		}
		c := parseCase(b, data)
		sources = append(sources, c.sources...)
		persons = append(persons, c.records)
		for _, r := range c.records {
			r.Teller.RowKey = fmt.Sprint(n, "-", r.Teller.RowKey)
			r.Person.PersonKey = fmt.Sprint(n, "-", r.Person.PersonKey)
			all = append(all, r)
		}
	}
	h := NewBuilder(sources, casefold.Office{}, Options{})
	rows := 0
	for _, p := range persons {
		rows += len(p)
	}
	b.Run("few", func(b *testing.B) {
		b.ReportAllocs()
		for i := 0; i < b.N; i += rows {
			for _, p := range persons {
				h.Build("p", p)
			}
		}
	})
	b.Run("many", func(b *testing.B) {
		b.ReportAllocs()
		for i := 0; i < b.N; i += len(all) {
			h.Build("p", all)
		}
	})
}
