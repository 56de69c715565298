package engine

import (
	"context"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/casefold/casefold"
	"github.com/casefold/casefold/index/search"
	"github.com/casefold/casefold/internal/project"
)

// builds counts how often the search index was built.
type builds struct{ n atomic.Int32 }

func (b *builds) Start(stage string, _ int64, _ string) Task {
	if stage == "search index" {
		b.n.Add(1)
	}
	return noTask{}
}

// TestSearchIndexStaysOpen asks many questions at once of a fresh store: the
// index is built once, kept open, and found again by the next process.
func TestSearchIndexStaysOpen(t *testing.T) {
	p, problems := project.Load(filepath.Join(county(t, 120), project.FileName))
	if p == nil {
		t.Fatal(casefold.Problems(problems))
	}
	var b builds
	e, err := Open(p, Options{Progress: &b})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := e.Run(context.Background(), RunOptions{}); err != nil {
		t.Fatal(err)
	}
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			if hits, err := e.Search(context.Background(), []string{"garcia"}, 5); err != nil || len(hits) == 0 {
				t.Errorf("%d found, %v", len(hits), err)
			}
		})
	}
	wg.Wait()
	if b.n.Load() != 1 {
		t.Errorf("built %d times", b.n.Load())
	}
	if err := e.Close(); err != nil {
		t.Fatal(err)
	}
	if e, err = Open(p, Options{Progress: &b}); err != nil {
		t.Fatal(err)
	}
	defer e.Close()
	if _, err := e.Search(context.Background(), []string{"garcia"}, 5); err != nil || b.n.Load() != 1 {
		t.Errorf("a second process: built %d times, %v", b.n.Load(), err)
	}
	dirs, err := filepath.Glob(e.store.Path("search/*"))
	if err != nil || len(dirs) != 1 {
		t.Errorf("%v, %v", dirs, err)
	}
}

// TestWhyFound says how typed words meet a person.
func TestWhyFound(t *testing.T) {
	h := &casefold.History{
		Names:       []casefold.Told[casefold.Name]{{Value: casefold.Name{Last: "GARCIA", First: "ROBERT"}}},
		Births:      []casefold.Told[casefold.Date]{{Value: casefold.On(19710304)}},
		Identifiers: []casefold.Told[casefold.Identifier]{{Value: casefold.Identifier{Kind: casefold.CII, Value: "12345678"}}},
		Cases:       []casefold.Case{{Numbers: []casefold.CaseNumber{{Verbatim: "94F-01234"}}}},
	}
	for _, c := range []struct{ typed, want string }{
		{"garcia", "GARCIA: same name"},
		{"garzia", "GARZIA: is nearly GARCIA"},
		{"garc", "GARC: begins GARCIA"},
		{"bob", "BOB: is short for ROBERT"},
		{"zzyzx", "ZZYZX: not met"},
		{"3/4/1971", "1971-03-04: same birth date"},
		{"1971", "1971: same birth year"},
		{"12345678", "12345678: same cii"},
		{"1234567", "1234567: begins a cii"},
		{"12345679", "12345679: nearly a cii"},
		{"94f01234", "94F01234: same case number"},
	} {
		if got := strings.Join(whyFound(h, search.Words([]string{c.typed})), "; "); got != c.want {
			t.Errorf("%q: %q, want %q", c.typed, got, c.want)
		}
	}
}
