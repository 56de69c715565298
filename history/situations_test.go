package history

import (
	"flag"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/casefold/casefold"
	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"
)

var update = flag.Bool("update", false, "write what the package says into testdata/situations")

// TestSituations runs every named situation: a text file that a court clerk
// can read, with the history that is right for it. Each is told in many orders.
func TestSituations(t *testing.T) {
	files, err := filepath.Glob("testdata/situations/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatalf("no situations: %v", err)
	}
	for _, name := range files {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".txtar"), func(t *testing.T) {
			data, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			c := parseCase(t, data)
			b := NewBuilder(c.sources, casefold.Office{County: "SACRAMENTO"}, Options{})
			h := b.Build("p", c.records)
			got := render(&h)
			if *update && got != c.want {
				writeWant(t, name, data, got)
			} else if got != c.want {
				t.Errorf("%s\n(-want +got)\n%s", c.title, cmp.Diff(c.want, got))
			}
			for seed := range uint64(8) {
				shuffled := append([]casefold.Record(nil), c.records...)
				rand.New(rand.NewPCG(seed, 1)).Shuffle(len(shuffled), func(i, j int) { shuffled[i], shuffled[j] = shuffled[j], shuffled[i] })
				if other := b.Build("p", shuffled); !cmp.Equal(h, other) {
					t.Fatalf("another order of rows, another history:\n%s", cmp.Diff(h, other))
				}
			}
		})
	}
}

func writeWant(t *testing.T, name string, data []byte, got string) {
	a := txtar.Parse(data)
	found := false
	for i := range a.Files {
		if a.Files[i].Name == "history" {
			a.Files[i].Data, found = []byte(got), true
		}
	}
	if !found {
		a.Files = append(a.Files, txtar.File{Name: "history", Data: []byte(got)})
	}
	if err := os.WriteFile(name, txtar.Format(a), 0o644); err != nil {
		t.Fatal(err)
	}
}
