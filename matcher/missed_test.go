package matcher_test

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/casefold/casefold/matcher"
)

// TestShowErrors prints pairs that went wrong, for whoever looks into a corpus:
// go test -run TestShowErrors -v . -corpus NAME -detail
func TestShowErrors(t *testing.T) {
	if !*detail || *only == "" {
		t.Skip("needs -corpus and -detail")
	}
	dir := shared(t)
	if d := os.Getenv("CASEFOLD_HELD"); d != "" {
		dir = d
	}
	for _, c := range slices.Concat(corpora, held) {
		if !strings.Contains(c.name, *only) {
			continue
		}
		if _, err := os.Stat(filepath.Join(dir, "data", "corpora", c.name)); err != nil {
			continue
		}
		x := run(t, dir, c)
		_, rows := table(t, filepath.Join(dir, "data", "corpora", c.name, "records.csv.gz"))
		cl := x.clusters(x.links)
		e := matcher.NewExplainer(x.set, x.model)
		show := func(what string, a, b int) string {
			ex := e.Explain(x.set.MentionOf(a), x.set.MentionOf(b))
			out := fmt.Sprintf("%s %.1f bits\n   %q\n   %q\n  ", what, float64(ex.Total)/1000, rows[a], rows[b])
			for _, k := range ex.Contributions {
				if k.Level != 0 {
					out += fmt.Sprintf(" %s=%s(%.1f)", k.Comparison, k.Says, float64(k.Weight)/1000)
				}
			}
			return out + fmt.Sprintf(" kin %.1f", float64(ex.Kinship)/1000)
		}
		byPerson, byCluster := map[string][]int{}, map[uint32][]int{}
		for r, p := range x.truth {
			byPerson[p] = append(byPerson[p], r)
			byCluster[cl[r]] = append(byCluster[cl[r]], r)
		}
		shown, lost := map[string]int{}, map[string]int{}
		for r := range rows {
			for _, q := range byPerson[x.truth[r]] {
				m, n := x.set.MentionOf(r), x.set.MentionOf(q)
				if q > r && shown["unblocked"] < 25 && m != n && x.index.Holds(m, n) == 0 {
					shown["unblocked"]++
					t.Log(show("UNBLOCKED", r, q))
				}
				if q > r && cl[r] != cl[q] {
					lost[fmt.Sprintf("candidate %v, %s", x.index.Holds(m, n) > 0, sign(e.Explain(m, n).Total))]++
				}
				if q > r && cl[r] != cl[q] && shown["missed"] < 40 {
					shown["missed"]++
					t.Log(show("MISSED", r, q))
				}
			}
			for _, q := range byCluster[cl[r]] {
				if q > r && x.truth[r] != x.truth[q] && shown["false"] < 60 {
					shown["false"]++
					t.Log(show("FALSE", r, q))
				}
			}
		}
		t.Logf("pairs of one person in two clusters: %v", lost)
	}
}

// sign says on which side of even odds a score lies.
func sign(score int64) string {
	if score < 0 {
		return "score below 0"
	}
	return "score 0 or more"
}
