package normalize

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/casefold/casefold"
)

// TestRestingDoesNotShow: after a long run of rows of which none is of the
// person before, and during the rest that follows, rows are read as a fresh
// normalizer reads them, repeated ones too.
func TestRestingDoesNotShow(t *testing.T) {
	src := &casefold.Source{Name: "s", Mapping: casefold.Mapping{Fields: map[casefold.Field][]string{
		"last_name": {"last"}, "first_name": {"first"}, "birth_date": {"born"}}}}
	layout := casefold.Layout{Columns: []string{"last", "first", "born"}}
	long, err := New(src, layout)
	if err != nil {
		t.Fatal(err)
	}
	for i := range 6 * memoJudge {
		n := i
		if i > memoJudge && i%3 == 0 {
			n-- // the person before, once more
		}
		row := casefold.Row{Values: []string{fmt.Sprintf("SM%dTH", n), "JO ANN", fmt.Sprintf("%d/13/1970", n%14)}}
		got, gotFound := long.Records(&row, "k", nil)
		if i%97 > 1 && i < 6*memoJudge-5 {
			continue
		}
		fresh, err := New(src, layout)
		if err != nil {
			t.Fatal(err)
		}
		want, wantFound := fresh.Records(&row, "k", nil)
		if d := cmp.Diff(want, got) + cmp.Diff(wantFound, gotFound); d != "" {
			t.Fatalf("row %d:\n%s", i, d)
		}
	}
}
