package synth

import (
	"encoding/csv"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/casefold/casefold"
)

// exports are what a perfect program would have written, to be spoiled by the
// tests.
type exports struct {
	clusters       [][]string // source,row_key,person_id,fate
	convictions    [][]string // conviction_id,person_id,section,tellers,possibly_same
	determinations [][]string // conviction_id,law,outcome,fileable,needs,tellers
	filings        [][]string // conviction_id,law,status,caption
}

func readCSV(t testing.TB, path string) [][]string {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return rows[1:]
}

func perfect(t testing.TB, dir string) *exports {
	t.Helper()
	e := &exports{}
	for _, r := range readCSV(t, filepath.Join(dir, "truth_persons.csv")) {
		e.clusters = append(e.clusters, []string{r[0], r[1], r[2], "accepted"})
	}
	tellers := map[string][]string{}
	for _, r := range readCSV(t, filepath.Join(dir, "truth_tellers.csv")) {
		tellers[r[2]] = append(tellers[r[2]], casefold.Teller{Source: r[0], RowKey: r[1]}.String())
	}
	outcome := map[string]string{}
	for _, r := range readCSV(t, filepath.Join(dir, "truth_outcomes.csv")) {
		outcome[r[0]] = r[3]
	}
	for _, r := range readCSV(t, filepath.Join(dir, "truth_convictions.csv")) {
		list := strings.Join(tellers[r[0]], " ")
		e.convictions = append(e.convictions, []string{r[0], r[1], r[6], list, ""})
		if o := outcome[r[0]]; o != "" {
			fileable := "no"
			if isOwed(o) && r[2] == office {
				fileable = "yes"
				e.filings = append(e.filings, []string{r[0], "prop64", "prepared", "court"})
			}
			e.determinations = append(e.determinations, []string{r[0], "prop64", o, fileable, "", list})
		}
	}
	return e
}

// writePerfect writes what a perfect program would have exported.
func writePerfect(t testing.TB, truth, dir string) { perfect(t, truth).write(t, dir) }

func (e *exports) score(t *testing.T, truth string) Quality {
	t.Helper()
	dir := t.TempDir()
	e.write(t, dir)
	q, err := Score(truth, dir)
	if err != nil {
		t.Fatal(err)
	}
	return q
}

func (e *exports) write(t testing.TB, dir string) {
	t.Helper()
	for name, f := range map[string]struct {
		head string
		rows [][]string
	}{
		"clusters.csv":       {"source,row_key,person_id,fate", e.clusters},
		"convictions.csv":    {"conviction_id,person_id,section,tellers,possibly_same", e.convictions},
		"determinations.csv": {"conviction_id,law,outcome,fileable,needs,tellers", e.determinations},
		"filings.csv":        {"conviction_id,law,status,caption", e.filings},
	} {
		out, err := os.Create(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		w := csv.NewWriter(out)
		w.Write(strings.Split(f.head, ","))
		w.WriteAll(f.rows)
		if err := out.Close(); err != nil {
			t.Fatal(err)
		}
	}
}

func smallCounty(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	o := Defaults(600, 3)
	o.Rates.Twins, o.Rates.Impersonation = .1, .03
	if err := Generate(o, Dir(dir)); err != nil {
		t.Fatal(err)
	}
	return dir
}

func TestPerfectExportsScorePerfectly(t *testing.T) {
	dir := smallCounty(t)
	q := perfect(t, dir).score(t, dir)
	p, c, o, f := q.Persons, q.Convictions, q.Outcomes, q.Filings
	if p.Pairwise.F1 != 1 || p.BCubed.F1 < 1-1e-9 || p.Missing+p.Unknown != 0 || p.True != p.Found {
		t.Errorf("persons: %+v", p)
	}
	if c.Merged+c.Split+c.Lost+c.Invented+c.Possibly != 0 || c.Right != 1 || c.True != c.Found || c.True == 0 {
		t.Errorf("convictions: %+v", c)
	}
	if o.Owed == 0 || o.FoundExact != o.Owed || o.Missed+o.ToReview+o.WronglyOwed+o.WronglyDenied != 0 || o.ReviewRate != 0 {
		t.Errorf("outcomes: %+v", o)
	}
	if f.Live == 0 || f.WrongPerson+f.Double+f.NotOwed+f.NotOurs+f.Untraceable != 0 {
		t.Errorf("filings: %+v", f)
	}
	if l := p.LookAlikes["twins"]; l.Pairs == 0 || l.Joined != 0 {
		t.Errorf("twins: %+v", l)
	}
	if i := p.Impersonation["evidence"]; i.Rows == 0 || i.WithTrue != i.Rows {
		t.Errorf("impersonation: %+v", i)
	}
}

func TestScoreSeesEachError(t *testing.T) {
	dir := smallCounty(t)
	many := func(rows [][]string, col int, n int) []string { // a row with n tellers or more
		for _, r := range rows {
			if strings.Count(r[col], " ") >= n-1 {
				return r
			}
		}
		t.Fatal("no such row")
		return nil
	}
	t.Run("twins joined", func(t *testing.T) {
		e := perfect(t, dir)
		for _, l := range readCSV(t, filepath.Join(dir, "truth_lookalikes.csv")) {
			if l[0] == "twins" {
				for _, r := range e.clusters {
					if r[2] == l[2] {
						r[2] = l[1]
					}
				}
			}
		}
		q := e.score(t, dir)
		if l := q.Persons.LookAlikes["twins"]; l.Joined != l.Pairs || l.Pairs == 0 || q.Persons.Pairwise.Precision == 1 || q.Persons.Pairwise.Recall != 1 {
			t.Errorf("%+v %+v", l, q.Persons.Pairwise)
		}
	})
	t.Run("a row of its own", func(t *testing.T) {
		e := perfect(t, dir)
		e.clusters[0][2] = "alone"
		q := e.score(t, dir)
		if q.Persons.Pairwise.Precision != 1 || q.Persons.Pairwise.Recall >= 1 || q.Persons.Found != q.Persons.True+1 {
			t.Errorf("%+v", q.Persons)
		}
	})
	t.Run("split, merged, lost and invented convictions", func(t *testing.T) {
		e := perfect(t, dir)
		r := many(e.convictions, 3, 2)
		first, rest, _ := strings.Cut(r[3], " ")
		half := []string{"half", r[1], r[2], first, ""}
		r[3] = rest
		e.convictions = append(e.convictions, half)
		if q := e.score(t, dir); q.Convictions.Split != 1 || q.Convictions.Merged+q.Convictions.Lost != 0 {
			t.Errorf("split: %+v", q.Convictions)
		}
		half[4] = r[0]
		if q := e.score(t, dir); q.Convictions.Split != 0 || q.Convictions.Possibly != 1 {
			t.Errorf("possibly same: %+v", q.Convictions)
		}
		e = perfect(t, dir)
		a, b := e.convictions[0], e.convictions[1]
		a[3] += " " + b[3]
		e.convictions = slices.Delete(e.convictions, 1, 2)
		if q := e.score(t, dir); q.Convictions.Merged != 1 || q.Convictions.Lost != 0 {
			t.Errorf("merged: %+v", q.Convictions)
		}
		e = perfect(t, dir)
		e.convictions[0][3] = "doj:h:0000000000000000"
		if q := e.score(t, dir); q.Convictions.Lost != 1 || q.Convictions.Invented != 1 {
			t.Errorf("lost and invented: %+v", q.Convictions)
		}
	})
	t.Run("outcomes", func(t *testing.T) {
		e := perfect(t, dir)
		n := map[string]string{dismissAndSeal: review, redesignateMisdemeanor: notCovered}
		want := map[string]int{}
		for _, r := range e.determinations {
			if o := n[r[2]]; o != "" && want[o] < 3 {
				r[2], r[4] = o, "birth date"
				want[o]++
			}
		}
		q := e.score(t, dir).Outcomes
		if q.ToReview != 3 || q.Missed != 3 || len(q.Causes) != 1 || q.Causes[0] != (Cause{"birth date", 3}) || q.ReviewRate == 0 {
			t.Errorf("%+v", q)
		}
	})
	t.Run("filings", func(t *testing.T) {
		e := perfect(t, dir)
		e.filings = append(e.filings, slices.Clone(e.filings[0]), []string{e.filings[1][0], "prop64", "withdrawn", "court"})
		for _, r := range e.determinations {
			if r[2] == notCovered {
				e.filings = append(e.filings, []string{r[0], "prop64", "sent", "court"})
				break
			}
		}
		if q := e.score(t, dir).Filings; q.Double != 1 || q.NotOwed != 1 {
			t.Errorf("%+v", q)
		}
	})
	t.Run("a caption of another person", func(t *testing.T) {
		e := perfect(t, dir)
		var stranger string
		for _, r := range e.clusters {
			if r[0] == courtSource && r[2] != e.convictions[0][1] {
				stranger = casefold.Teller{Source: r[0], RowKey: r[1]}.String()
			}
		}
		for _, r := range e.convictions {
			if r[0] == e.filings[0][0] && r[1] != "" {
				r[3] += " " + stranger
			}
		}
		if q := e.score(t, dir).Filings; q.WrongPerson+q.Untraceable == 0 {
			t.Errorf("%+v", q)
		}
	})
}
