package normalize

import (
	"fmt"
	"reflect"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/casefold/casefold"
)

// numbered gives rows the numbers of their values, and the distinct values of
// each column.
func numbered(width int, rows [][]string) (numbers [][]uint32, distinct [][]string) {
	distinct = make([][]string, width)
	known := make([]map[string]uint32, width)
	for c := range width {
		distinct[c], known[c] = []string{""}, map[string]uint32{"": 0}
	}
	for _, row := range rows {
		ids := make([]uint32, width)
		for c, v := range row {
			id, ok := known[c][v]
			if !ok {
				id = uint32(len(distinct[c]))
				known[c][v] = id
				distinct[c] = append(distinct[c], v)
			}
			ids[c] = id
		}
		numbers = append(numbers, ids)
	}
	return numbers, distinct
}

// TestNumberedRowsAreReadAsTexts: a row given by the numbers of its values gives
// the records and findings that its texts give, whatever was read before, by
// numbers or by texts.
func TestNumberedRowsAreReadAsTexts(t *testing.T) {
	for _, format := range []string{"delimited", caDOJ} {
		src, layout := lawSource(format)
		rapid.Check(t, func(t *rapid.T) {
			rows := rapid.SliceOfN(lawRow(layout), 1, 6).Draw(t, "rows")
			// Rows that repeat most of another's values, as those of a file do.
			for range rapid.IntRange(0, 12).Draw(t, "repeats") {
				row := clone(rapid.SampledFrom(rows).Draw(t, "of"))
				other := rapid.SampledFrom(rows).Draw(t, "and")
				if n := min(len(row), len(other)); n > 0 {
					at := rapid.IntRange(0, n-1).Draw(t, "at")
					copy(row[at:], other[at:min(n, at+rapid.IntRange(1, 8).Draw(t, "columns"))])
				}
				rows = append(rows, row)
			}
			numbers, distinct := numbered(len(layout.Columns), rows)
			coded, _ := New(src, layout)
			coded.Columns(distinct)
			for i, row := range rows {
				fresh, _ := New(src, layout)
				want, wantFound := fresh.Records(&casefold.Row{Values: row}, "k", nil)
				var got []casefold.Record
				var found []casefold.Finding
				if rapid.IntRange(0, 9).Draw(t, "texts") == 0 {
					got, found = coded.Records(&casefold.Row{Values: row}, "k", nil)
				} else {
					got, found = coded.Coded(numbers[i], "k", nil)
				}
				if d := cmp.Diff(want, got) + cmp.Diff(wantFound, found); d != "" {
					t.Fatalf("row %d (-texts +numbers):\n%s", i, d)
				}
			}
		})
	}
}

// tellingRow has a value in every column that is good for something there.
func tellingRow(layout casefold.Layout) []string {
	good := map[string]string{"pk": "77", "id": "536-22-1234", "at": "CALIFORNIA", "p2": "DOE, MARY", "name": "SMITH, JOHN", "event_type": "COURT ACTION",
		"agency": "CAPDSACRAMENTO", "agency_ori": "CA0340400", "county": "SACRAMENTO", "court": "CASCSACRAMENTO", "cycle": "101", "step": "001", "count": "001",
		"case_number": "16FE012345", "defendant": "A", "comment": "NO COMMENT", "charge": "459 PC", "charge_code": "22021", "charge_level": "F",
		"arrest_charge": "484 PC", "disposed_charge": "459 PC", "convicted_charge": "459 PC", "disposition": "CONVICTED-JAIL", "plea": "GUILTY",
		"convicted_level": "FELONY", "sentence_kind": "JAIL", "sentence_length": "90", "sentence_unit": "D", "c1": "HS 11357(a)", "c2": "459 PC", "d2": "DISMISSED"}
	row := make([]string, len(layout.Columns))
	for i, c := range layout.Columns {
		row[i] = good[c]
	}
	return row
}

// TestEveryColumnIsHeard: of two rows that differ in one column only, read one
// after the other by numbers, each is read as its texts are.
func TestEveryColumnIsHeard(t *testing.T) {
	values := append([]string{"CONV SET ASIDE & DISM PER 1203.4 PC", "11/09/2016", "FELONY", "NOLO", "LISTED", "3", "CHRG-11358 HS"}, lawValues...)
	for _, format := range []string{"delimited", caDOJ} {
		src, layout := lawSource(format)
		telling := tellingRow(layout)
		for _, groups := range []bool{true, false} {
			base := clone(telling)
			if !groups {
				// The row's own event, then; and its charge stands in the comment alone.
				clear(base[layout.Index("c1"):])
				base[layout.Index("charge")], base[layout.Index("charge_code")] = "", ""
			}
			rows := [][]string{base}
			for c := range base {
				for _, v := range values {
					row := clone(base)
					row[c] = v
					rows = append(rows, row)
				}
			}
			numbers, distinct := numbered(len(layout.Columns), rows)
			coded, _ := New(src, layout)
			coded.Columns(distinct)
			plain, _ := New(src, layout)
			for i, row := range rows {
				want, wantFound := plain.Records(&casefold.Row{Values: row}, "k", nil)
				got, found := coded.Coded(numbers[i], "k", nil)
				if !reflect.DeepEqual(want, got) || !reflect.DeepEqual(wantFound, found) {
					t.Fatalf("%s told in column %q (-texts +numbers):\n%s", format, layout.Columns[max(0, i-1)/len(values)], cmp.Diff(want, got)+cmp.Diff(wantFound, found))
				}
			}
		}
	}
}

// TestCodesStandAside: parts that never repeat are read each time after a while,
// and those that come again are remembered again.
func TestCodesStandAside(t *testing.T) {
	n := &Normalizer{ids: []uint32{0}, filled: []uint32{0}, distinct: [][]string{make([]string, 10*memoJudge)}, texts: casefold.Row{Values: []string{""}}}
	c := newCodes[string]([]int{0})
	read := 0
	get := func(id uint32) string {
		n.ids[0] = id
		return *c.get(n, func() string { read++; return fmt.Sprint(id) })
	}
	for i := range uint32(10*memoJudge - 1) {
		if got := get(i); got != fmt.Sprint(i) {
			t.Fatalf("number %d is read as %s", i, got)
		}
	}
	if len(c.known) > memoJudge {
		t.Errorf("%d parts kept of columns that never repeat", len(c.known))
	}
	for range 5 * memoJudge {
		get(7)
	}
	before := read
	get(7)
	if read != before {
		t.Error("a part that repeats is read again")
	}
}
