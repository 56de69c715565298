package source

import (
	"context"
	"path/filepath"
	"slices"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"github.com/casefold/casefold"
)

// TestARowAloneReadsAsInItsFile splits every row of the case files by itself
// and wants the values that it had among the others.
func TestARowAloneReadsAsInItsFile(t *testing.T) {
	names, err := filepath.Glob("testdata/cases/*.txtar")
	if err != nil || len(names) == 0 {
		t.Fatal("no cases", err)
	}
	tried, failed := 0, 0
	for _, name := range names {
		ar, err := txtar.ParseFile(name)
		if err != nil {
			t.Fatal(err)
		}
		dir := t.TempDir()
		src := describe(t, string(ar.Comment))
		for _, f := range ar.Files {
			if f.Name == "want" {
				continue
			}
			write(t, filepath.Join(dir, f.Name), unescapeCase(string(f.Data)))
			if len(src.Files) == 0 || src.Files[0] != "*" {
				src.Files = append(src.Files, f.Name)
			}
		}
		r, err := Open(context.Background(), src, dir)
		if err != nil {
			continue // cases of files that cannot be opened
		}
		_, err = r.Read(context.Background(), func(row *casefold.Row) error {
			tried++
			got, ok := r.Split(context.Background(), row.File, row.Raw)
			if !ok || !slices.Equal(got.Values, row.Values) || !slices.EqualFunc(got.Groups, row.Groups, slices.Equal[[]string]) {
				failed++
				t.Logf("%s: %q alone gives %q, %v", filepath.Base(name), row.Raw, got.Values, ok)
			}
			return nil
		}, func(Bad) error { return nil }, nil)
		if err != nil {
			t.Fatal(err)
		}
	}
	if tried < 50 || failed > 0 {
		t.Errorf("%d of %d rows read otherwise alone", failed, tried)
	}
}
