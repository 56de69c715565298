package matcher_test

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/casefold/casefold/index/blocking"
	"github.com/casefold/casefold/matcher"
	"github.com/casefold/casefold/mention"
)

const miis = "first=nameFirst middle=nameMiddle last=nameLast birth=birthDate sex=gender ssn=ssn id:other=medicaid phone=phone address=addressStreet1 city=addressCity state=addressState postal=addressZip " +
	"attribute:mother=motherMaidenName attribute:guardian_first=guardianNameFirst attribute:guardian_last=guardianNameLast alias=nameAlias"

// TestPairs scores the pairs that registry experts judged.
func TestPairs(t *testing.T) {
	head, rows := table(t, filepath.Join(shared(t), "data", "corpora", "miis_pairs", "pairs.csv.gz"))
	side := func(prefix string) (cols []string, at []int) {
		for i, h := range head {
			if c, ok := strings.CutPrefix(h, prefix); ok {
				cols, at = append(cols, c), append(at, i)
			}
		}
		return cols, at
	}
	b := mention.NewBuilder(nil)
	for _, prefix := range []string{"a_", "b_"} {
		cols, at := side(prefix)
		for _, row := range rows {
			values := make([]string, len(at))
			for i, k := range at {
				values[i] = row[k]
			}
			rec := record(cols, miis, prefix+row[0], values)
			b.Add(&rec)
		}
	}
	s := b.Build()
	ctx := context.Background()
	x, err := blocking.Build(ctx, s, blocking.Default(s), blocking.Options{})
	if err != nil {
		t.Fatal(err)
	}
	m, err := matcher.Train(ctx, s, x, 1, matcher.TrainOptions{})
	if err != nil {
		t.Fatal(err)
	}
	m = m.Population()
	e := matcher.NewExplainer(s, m)
	scores := map[string][]int64{}
	byCategory := map[string][]int64{}
	for r, row := range rows {
		score := e.Explain(s.MentionOf(r), s.MentionOf(r+len(rows))).Total
		expect := row[slices.Index(head, "expect")]
		scores[expect] = append(scores[expect], score)
		if *detail && (expect == "Match" && score < 18000 || expect == "Possible Match" && score > 18000 && score < 30000) && r%7 == 0 {
			ex := e.Explain(s.MentionOf(r), s.MentionOf(r+len(rows)))
			out := ""
			for _, k := range ex.Contributions {
				if k.Level != 0 {
					out += fmt.Sprintf(" %s=%s(%.1f)", k.Comparison, k.Says, float64(k.Weight)/1000)
				}
			}
			t.Logf("LOOK %s %s %.1f:%s kin %.1f", expect, row[slices.Index(head, "test")], float64(ex.Total)/1000, out, float64(ex.Kinship)/1000)
		}
		k := row[slices.Index(head, "category")] + " " + expect
		byCategory[k] = append(byCategory[k], score)
	}
	quant := func(list []int64) (out []float64) {
		slices.Sort(list)
		for _, q := range []float64{0, .02, .05, .1, .25, .5, .75, .9, .95, .98, 1} {
			out = append(out, float64(list[int(q*float64(len(list)-1))])/1000)
		}
		return out
	}
	for _, k := range []string{"Match", "Possible Match", "Not a Match"} {
		t.Logf("%-16s %v", k, quant(scores[k]))
	}
	var keys []string
	for k := range byCategory {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	if *detail {
		for _, k := range keys {
			t.Logf("%-50s %d %v", k, len(byCategory[k]), quant(byCategory[k]))
		}
		for _, c := range m.Comparisons {
			t.Logf("  %s", c)
			for _, l := range c.Levels {
				t.Logf("     %2d %-24s m %.6f u %.3g weight %.2f", l.Level, l.Name, l.M, l.U, float64(l.Weight)/1000)
			}
		}
	}
	if len(scores["Match"]) == 0 {
		t.Fatal("no pairs")
	}
	from := func(kind string, floor int64) float64 {
		n := 0
		for _, v := range scores[kind] {
			if v >= floor {
				n++
			}
		}
		return float64(n)
	}
	right, wrong := from("Match", m.Link), from("Not a Match", m.Link)
	f1 := 2 * right / (right + wrong + float64(len(scores["Match"])))
	between := (from("Possible Match", m.Possible) - from("Possible Match", m.Link)) / float64(len(scores["Possible Match"]))
	t.Logf("from %.1f bits: F1 %.4f; of Possible %.3f between the thresholds", float64(m.Link)/1000, f1, between)
	if f1 < .95 || between < .6 {
		t.Errorf("F1 %.4f, %.3f of Possible between the thresholds; want .95 and .60", f1, between)
	}
}
