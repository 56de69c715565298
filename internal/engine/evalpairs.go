package engine

import (
	"context"
	"fmt"
	"strings"

	"github.com/casefold/casefold"
	"github.com/casefold/casefold/internal/project"
	"github.com/casefold/casefold/internal/source"
	"github.com/casefold/casefold/matcher"
	"github.com/casefold/casefold/matcher/evaluate"
)

// A PairEvaluation is what `casefold eval` prints for a folder of labelled
// pairs: only the two halves of a pair are compared.
type PairEvaluation struct {
	Pairs    int              `json:"pairs"`
	Pairwise evaluate.Measure `json:"pairwise"` // of Match against Not
	// Verdicts counts, by what experts expect, how many pairs score as a link,
	// a possible link, or neither.
	Verdicts              map[string]map[string]int `json:"verdicts"`
	PossibleBetween       float64                   `json:"possible_between"` // share of Possible that falls between the thresholds
	MatchThresholdBits    float64                   `json:"match_threshold_bits"`
	PossibleThresholdBits float64                   `json:"possible_threshold_bits"`
	PeakBytes             int64                     `json:"peak_bytes"`
}

// HasPairs reports whether a folder holds labelled pairs.
func HasPairs(dir string) bool { _, err := oneOf(dir, "pairs.csv"); return err == nil }

// EvaluatePairs scores labelled pairs with a model trained, without their
// labels, on all their records.
func EvaluatePairs(ctx context.Context, dir string, workers int, progress Progress) (*PairEvaluation, error) {
	if progress == nil {
		progress = NoProgress{}
	}
	file, err := oneOf(dir, "pairs.csv")
	if err != nil {
		return nil, err
	}
	profiles, err := project.ProfileFiles(ctx, []string{file}, dir)
	if err != nil {
		return nil, err
	}
	a, b, err := project.GuessPairs(profiles[0])
	if err != nil {
		return nil, err
	}
	a.Name, b.Name = "a", "b"
	var halves []*sourceRows
	for _, half := range []*casefold.Source{&a, &b} {
		half.RowKey = "" // two halves of one row have the row's number
		reader, err := source.Open(ctx, half, dir)
		if err != nil {
			return nil, err
		}
		rows, err := ingest(ctx, half, reader, nowhere{}, noTask{})
		if err != nil {
			return nil, err
		}
		halves = append(halves, rows)
	}
	expect, err := readExpect(ctx, file, dir)
	if err != nil {
		return nil, err
	}
	pop, err := populate(ctx, halves, []casefold.Source{a, b}, progress.Start("normalize", 0, "rows"))
	if err != nil {
		return nil, err
	}
	if len(pop.records) != 2*len(expect) {
		return nil, fmt.Errorf("%w: %d pairs, but %d records", ErrCounts, len(expect), len(pop.records))
	}
	index, err := pop.candidates(ctx, workers)
	if err != nil {
		return nil, err
	}
	model, err := matcher.Train(ctx, pop.set, index, pairCount(index), matcher.TrainOptions{Workers: workers})
	if err != nil {
		return nil, err
	}
	// Somebody picked these pairs: how many of them are one person says nothing
	// of the chance that two records are, and no other record speaks for a pair.
	return scorePairs(pop, model.Population(), expect), nil
}

// readExpect reads the experts' verdicts, in file order.
func readExpect(ctx context.Context, file, dir string) ([]string, error) {
	r, err := source.Open(ctx, &casefold.Source{Name: "pairs", Format: source.Delimited, Files: []string{file}}, dir)
	if err != nil {
		return nil, err
	}
	at := source.MatchColumn(r.Layout().Columns, "expect")
	if at < 0 {
		return nil, Usage(file+" has no column expect", "pairs.csv holds expect (Match, Possible, Not), a_* and b_*")
	}
	var out []string
	_, err = r.Read(ctx, func(row *casefold.Row) error {
		out = append(out, verdictOf(row.Values[at]))
		return nil
	}, func(b source.Bad) error { return fmt.Errorf("%s:%d: %s", b.File, b.Line, b.Reason) }, nil)
	return out, err
}

func verdictOf(text string) string {
	switch t := strings.ToLower(strings.TrimSpace(text)); {
	case strings.HasPrefix(t, "not"):
		return "Not"
	case strings.HasPrefix(t, "poss"):
		return "Possible"
	default:
		return "Match"
	}
}

func scorePairs(pop *population, model *matcher.Model, expect []string) *PairEvaluation {
	out := &PairEvaluation{Pairs: len(expect), Verdicts: map[string]map[string]int{},
		MatchThresholdBits: float64(model.Link) / 1000, PossibleThresholdBits: float64(model.Possible) / 1000}
	x := matcher.NewExplainer(pop.set, model)
	for i, want := range expect {
		got := "neither"
		switch total := x.Explain(pop.set.MentionOf(i), pop.set.MentionOf(len(expect)+i)).Total; {
		case total >= model.Link:
			got = "link"
		case total >= model.Possible:
			got = "possible"
		}
		if out.Verdicts[want] == nil {
			out.Verdicts[want] = map[string]int{}
		}
		out.Verdicts[want][got]++
	}
	match, not, possible := out.Verdicts["Match"], out.Verdicts["Not"], out.Verdicts["Possible"]
	share := func(n, of int) float64 { return float64(n) / float64(max(of, 1)) }
	m := &out.Pairwise
	m.Precision = share(match["link"], match["link"]+not["link"])
	m.Recall = share(match["link"], match["link"]+match["possible"]+match["neither"])
	if m.Precision+m.Recall > 0 {
		m.F1 = 2 * m.Precision * m.Recall / (m.Precision + m.Recall)
	}
	out.PossibleBetween = share(possible["possible"], possible["link"]+possible["possible"]+possible["neither"])
	out.PeakBytes = peakBytes()
	return out
}
