package matcher_test

import (
	"context"
	"crypto/sha256"
	"encoding/csv"
	"encoding/hex"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"testing"

	"github.com/casefold/casefold"
	"github.com/casefold/casefold/internal/project"
	"github.com/casefold/casefold/internal/source"
	"github.com/casefold/casefold/matcher"
	"github.com/casefold/casefold/matcher/evaluate"
	"github.com/casefold/casefold/mention"
	"github.com/casefold/casefold/normalize"
)

// A county is what `casefold synth` made: records with the truth about them.
type county struct {
	sources []casefold.Source
	records []casefold.Record
	truth   []string
	// false rows: given by an impersonator, by whether they hold evidence of it.
	impostor map[casefold.Teller]string
	alike    map[[2]string]string // two true persons -> twins, father_son ...
}

func csvRows(t testing.TB, path string) [][]string {
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

func readCounty(t testing.TB, dir string) *county {
	t.Helper()
	p, problems := project.Load(filepath.Join(dir, "casefold.yaml"))
	if p == nil {
		t.Fatal(problems)
	}
	person := map[casefold.Teller]string{}
	for _, r := range csvRows(t, filepath.Join(dir, "truth_persons.csv")) {
		person[casefold.Teller{Source: r[0], RowKey: r[1]}] = r[2]
	}
	c := &county{sources: p.Sources, impostor: map[casefold.Teller]string{}, alike: map[[2]string]string{}}
	for _, r := range csvRows(t, filepath.Join(dir, "truth_impersonations.csv")) {
		c.impostor[casefold.Teller{Source: r[0], RowKey: r[1]}] = r[4]
	}
	for _, r := range csvRows(t, filepath.Join(dir, "truth_lookalikes.csv")) {
		c.alike[[2]string{min(r[1], r[2]), max(r[1], r[2])}] = r[0]
	}
	for i := range p.Sources {
		records := sourceRecords(t, &p.Sources[i], dir)
		for _, r := range records {
			if who, ok := person[r.Teller]; ok {
				c.records = append(c.records, r)
				c.truth = append(c.truth, who)
			}
		}
	}
	t.Logf("%d records, %d rows in the truth", len(c.records), len(person))
	return c
}

// sourceRecords reads and normalizes a source's accepted rows, with their keys.
func sourceRecords(t testing.TB, src *casefold.Source, dir string) []casefold.Record {
	t.Helper()
	ctx := context.Background()
	r, err := source.Open(ctx, src, dir)
	if err != nil {
		t.Fatal(err)
	}
	keyAt := -1
	if src.RowKey != "" {
		keyAt = source.MatchColumn(r.Layout().Columns, src.RowKey)
	}
	survey, err := normalize.NewSurvey(src, r.Layout())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := r.Read(ctx, func(row *casefold.Row) error { survey.Add(row); return nil }, func(source.Bad) error { return nil }, nil); err != nil {
		t.Fatal(err)
	}
	dated := *src
	if dated.Mapping.DateOrder == "" {
		dated.Mapping.DateOrder = survey.DateOrder()
	}
	n, err := normalize.New(&dated, r.Layout())
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]int{}
	same := map[string]bool{}
	var out []casefold.Record
	if _, err := r.Read(ctx, func(row *casefold.Row) error {
		sum := sha256.Sum256(row.Raw)
		key := "h:" + hex.EncodeToString(sum[:8])
		if keyAt >= 0 && row.Values[keyAt] != "" {
			key = row.Values[keyAt]
			if same[key+string(sum[:])] {
				return nil // merged
			}
			same[key+string(sum[:])] = true
		}
		if seen[key]++; seen[key] > 1 {
			key += "." + strconv.Itoa(seen[key])
		}
		out, _ = n.Records(row, key, out)
		return nil
	}, func(source.Bad) error { return nil }, nil); err != nil {
		t.Fatal(err)
	}
	return out
}

// TestCounty links a county, once as it is and once with every print number
// hidden, and says what went wrong, by kind. CASEFOLD_COUNTY names the folder.
func TestCounty(t *testing.T) {
	dir := os.Getenv("CASEFOLD_COUNTY")
	if dir == "" {
		t.Skip("CASEFOLD_COUNTY names no folder")
	}
	c := readCounty(t, dir)
	for _, hidden := range []bool{false, true} {
		t.Run(fmt.Sprintf("hidden=%v", hidden), func(t *testing.T) { c.link(t, hidden) })
	}
}

func (c *county) link(t *testing.T, hidden bool) {
	x := &trial{seconds: map[string]float64{}, truth: c.truth}
	b := mention.NewBuilder(c.sources)
	for i := range c.records {
		r := c.records[i]
		if hidden {
			r, _, _ = evaluate.Hide(&r, 1, 1)
			// All that rests on a print goes, also where it was copied.
			r.Person.Identifiers = slices.DeleteFunc(slices.Clone(r.Person.Identifiers), func(id casefold.Identifier) bool {
				return id.Kind == casefold.CII || id.Kind == casefold.FBI || id.Kind == casefold.Local || id.Kind == casefold.Inmate
			})
			r.Person.PersonKey = ""
		}
		b.Add(&r)
	}
	x.set = b.Build()
	link(t, x, func(string) {})
	c.report(t, x, x.links)
	if *detail {
		for _, r := range x.index.Reports() {
			t.Logf("  rule %-60s pairs %8d owned %8d largest %4d uncompared %d", r.Rule, r.Pairs, r.Owned, r.Largest, r.Uncompared)
		}
		for _, k := range x.model.Kin {
			t.Logf("  kin %-30s prior %.2f", k.Name, float64(k.Prior)/1000)
		}
		for _, m := range x.model.Comparisons {
			t.Logf("  %s", m)
			for _, l := range m.Levels {
				t.Logf("     %2d %-24s m %.6f u %.3g weight %.2f", l.Level, l.Name, l.M, l.U, float64(l.Weight)/1000)
			}
		}
	}
	if os.Getenv("CASEFOLD_SWEEP") == "" {
		return
	}
	var thresholds []int64
	for bits := int64(-4); bits <= 24; bits += 4 {
		thresholds = append(thresholds, bits*1000)
	}
	if err := matcher.Sweep(context.Background(), x.set, x.model, x.index, matcher.LinkOptions{}, thresholds, func(l *matcher.Links) error {
		c.report(t, x, l)
		return nil
	}); err != nil {
		t.Fatal(err)
	}
}

// report counts pairs of mentions. A mention's person is that of most of its
// records; rows of an impersonator without evidence count for nobody.
func (c *county) report(t *testing.T, x *trial, l *matcher.Links) {
	person := make([]string, x.set.Len())
	mixed := 0
	defer func() { t.Logf("mentions of several true persons: %d", mixed) }()
	skip := make([]bool, x.set.Len())
	for m := range uint32(x.set.Len()) {
		votes := map[string]int{}
		for _, r := range x.set.Records(m) {
			votes[c.truth[r]]++
			if c.impostor[c.records[r].Teller] == "no" {
				skip[m] = true
			}
		}
		if len(votes) > 1 && *detail {
			var out string
			for _, r := range x.set.Records(m) {
				rec := c.records[r]
				out += fmt.Sprintf("\n    %v %s %v %v key %q", rec.Teller, c.truth[r], rec.Person.Names, rec.Person.Births, rec.Person.PersonKey)
			}
			if mixed++; mixed < 12 {
				t.Logf("MIXED mention%s", out)
			}
		}
		for p, n := range votes {
			if n > votes[person[m]] || n == votes[person[m]] && p < person[m] {
				person[m] = p
			}
		}
	}
	byCluster, byPerson := map[uint32][]uint32{}, map[string][]uint32{}
	for m := range uint32(x.set.Len()) {
		if !skip[m] {
			byCluster[l.Of[m]] = append(byCluster[l.Of[m]], m)
			byPerson[person[m]] = append(byPerson[person[m]], m)
		}
	}
	joined, wrong, all := 0, 0, 0
	kinds := map[string]int{}
	e := matcher.NewExplainer(x.set, x.model)
	shown := map[string]int{}
	for _, ms := range byCluster {
		for i, a := range ms {
			for _, b := range ms[i+1:] {
				joined++
				if person[a] == person[b] {
					continue
				}
				wrong++
				k := c.alike[[2]string{min(person[a], person[b]), max(person[a], person[b])}]
				for _, m := range []uint32{a, b} {
					for _, r := range x.set.Records(m) {
						if _, ok := c.impostor[c.records[r].Teller]; ok {
							k = "impostor"
						}
					}
				}
				kinds[k]++
				if shown[k]++; *detail && l == x.links && shown[k] <= 12 {
					ex := e.Explain(a, b)
					out := ""
					for _, k := range ex.Contributions {
						if k.Level != 0 {
							out += fmt.Sprintf(" %s=%s(%.1f)", k.Comparison, k.Says, float64(k.Weight)/1000)
						}
					}
					ra, rb := c.records[x.set.Records(a)[0]], c.records[x.set.Records(b)[0]]
					t.Logf("WRONG %s %.1f bits kin %.1f\n   %v %v %v\n   %v %v %v\n  %s", k, float64(ex.Total)/1000, float64(ex.Kinship)/1000, ra.Teller, ra.Person.Names, ra.Person.Births, rb.Teller, rb.Person.Names, rb.Person.Births, out)
				}
			}
		}
	}
	if *detail && l == x.links {
		n := 0
		for m := range uint32(x.set.Len()) {
			rec := c.records[x.set.Records(m)[0]]
			if c.impostor[rec.Teller] != "yes" || n > 40 {
				continue
			}
			wrongHere := false
			for _, b := range byCluster[l.Of[m]] {
				wrongHere = wrongHere || person[b] != person[m]
			}
			if !wrongHere {
				continue
			}
			n++
			best, at := int64(-1<<60), m
			for _, b := range byPerson[person[m]] {
				if b != m && c.impostor[c.records[x.set.Records(b)[0]].Teller] == "" {
					if s := e.Explain(m, b).Total; s > best {
						best, at = s, b
					}
				}
			}
			ex := e.Explain(m, at)
			out := ""
			for _, k := range ex.Contributions {
				if k.Level != 0 {
					out += fmt.Sprintf(" %s=%s(%.1f)", k.Comparison, k.Says, float64(k.Weight)/1000)
				}
			}
			rb := c.records[x.set.Records(at)[0]]
			t.Logf("IMPOSTOR best of own person %.1f block %d\n   %v %v %v\n   %v %v %v (%d records)\n  %s", float64(best)/1000, x.index.Holds(m, at), rec.Teller, rec.Person.Names, rec.Person.Births, rb.Teller, rb.Person.Names, rb.Person.Births, len(x.set.Records(at)), out)
			for _, ev := range rec.Events[:min(1, len(rec.Events))] {
				t.Logf("      cases %v bookings %v arrests %v arrest %v", ev.Cases, ev.Bookings, ev.Arrests, ev.ArrestDate)
			}
		}
	}
	if l == x.links {
		c.causes(t, x, l, person)
		c.wrongs(t, x, l, person, skip)
	}
	missed := 0
	for _, ms := range byPerson {
		for i, a := range ms {
			for _, b := range ms[i+1:] {
				if missed > 25 || !*detail || l != x.links || l.Of[a] == l.Of[b] || (a+b)%97 != 0 {
					continue
				}
				missed++
				ex := e.Explain(a, b)
				out := ""
				for _, k := range ex.Contributions {
					if k.Level != 0 {
						out += fmt.Sprintf(" %s=%s(%.1f)", k.Comparison, k.Says, float64(k.Weight)/1000)
					}
				}
				ra, rb := c.records[x.set.Records(a)[0]], c.records[x.set.Records(b)[0]]
				t.Logf("MISSED %.1f bits kin %.1f of %d mentions, block %d clusters of %d %d\n   %v %v %v\n   %v %v %v\n  %s", float64(ex.Total)/1000, float64(ex.Kinship)/1000, len(ms), x.index.Holds(a, b), len(byCluster[l.Of[a]]), len(byCluster[l.Of[b]]), ra.Teller, ra.Person.Names, ra.Person.Births, rb.Teller, rb.Person.Names, rb.Person.Births, out)
			}
		}
	}
	for _, ms := range byPerson {
		all += len(ms) * (len(ms) - 1) / 2
	}
	t.Logf("at %5.1f bits: mentions %d joined %d wrong %d (1 in %.0f) %v recall %.4f expected P %.5f R %.4f possible %d block %.4f", float64(l.Threshold)/1000, x.set.Len(), joined, wrong,
		float64(joined)/float64(max(wrong, 1)), kinds, float64(joined-wrong)/float64(max(all, 1)), l.Expected.Precision, l.Expected.Recall, len(l.Possible), c.blocked(x, byPerson))
}

func (c *county) blocked(x *trial, byPerson map[string][]uint32) float64 {
	all, held := 0, 0
	for _, ms := range byPerson {
		for i, a := range ms {
			for _, b := range ms[i+1:] {
				all++
				if x.index.Holds(a, b) > 0 {
					held++
				}
			}
		}
	}
	return float64(held) / float64(max(all, 1))
}
