package engine

import (
	"fmt"
	"io"
	"strings"

	"github.com/casefold/casefold/matcher/evaluate"
)

// WriteText prints the report as tables.
func (r *AccuracyReport) WriteText(w io.Writer) error {
	var b strings.Builder
	fmt.Fprintf(&b, "%d mentions, linked from %.3f bits\n\n", r.Mentions, r.Link)
	fmt.Fprintf(&b, "what the model expects: of %d joined pairs %.1f right, precision %.5f; of candidates recall %.5f\n",
		r.Expected.Joined, r.Expected.Right, r.Expected.Precision, r.Expected.Recall)
	fmt.Fprintf(&b, "with what blocking loses (recall %s): recall %s\n\n", between(r.BlockingLow, r.BlockingHigh), between(r.RecallLow, r.RecallHigh))
	fmt.Fprintf(&b, "%-12s %-16s %12s %10s %10s\n", "", "expected of", "joined", "precision", "recall")
	for _, g := range r.Groups {
		if g.Suppressed {
			fmt.Fprintf(&b, "%-12s %-16s %12s\n", g.Dimension, g.Group, "too few")
			continue
		}
		fmt.Fprintf(&b, "%-12s %-16s %12.1f %10.5f %10.5f\n", g.Dimension, g.Group, g.Joined, g.Precision, g.Recall)
	}
	r.writeHidden(&b)
	fmt.Fprintf(&b, "\n%10s  %20s  %20s\n%10s  %9s %10s  %9s %10s\n", "threshold", "expected", "hidden persons", "bits", "precision", "recall", "precision", "recall")
	for _, p := range r.Curve {
		mark := ""
		if p.Bits == r.Link {
			mark = "  <- in use"
		}
		hidden := [2]string{"-", "-"}
		if p.Hidden != nil {
			hidden = [2]string{fmt.Sprintf("%.5f", p.Hidden.Precision), fmt.Sprintf("%.5f", p.Hidden.Recall)}
		}
		fmt.Fprintf(&b, "%10.3f  %9.5f %10.5f  %9s %10s%s\n", p.Bits, p.ExpectedPrecision, p.ExpectedRecall, hidden[0], hidden[1], mark)
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func (r *AccuracyReport) writeHidden(b *strings.Builder) {
	h := r.Hidden
	if h == nil {
		b.WriteString("\nfewer than 11 mentions of hidden persons: no estimate from fingerprint numbers\n")
		return
	}
	fmt.Fprintf(b, "\n%d mentions of persons known by %s lost every number and key (share %g, seed %d), and were linked on the rest\n", h.Mentions, h.Number, h.Share, h.Seed)
	fmt.Fprintf(b, "%-12s %-16s %8s %10s %10s %10s  %-26s %-26s %s\n", "", "", "persons", "joined", "wrong", "bound 95%", "precision (95%)", "recall (95%)", "")
	writeCell(b, h.All)
	writeCell(b, h.Across)
	for _, c := range h.Cells {
		writeCell(b, c)
	}
	b.WriteString("gap: linked differently from the others by a permutation test by person, all tests taken together at 5 % (Holm); groups of fewer than 11 persons are not told of\n")
}

func writeCell(b *strings.Builder, c evaluate.Cell) {
	if c.Suppressed {
		fmt.Fprintf(b, "%-12s %-16s %8s\n", c.Dimension, c.Group, "too few")
		return
	}
	var gaps []string
	if c.GapPrecision {
		gaps = append(gaps, "precision")
	}
	if c.GapRecall {
		gaps = append(gaps, "recall")
	}
	gap := ""
	if len(gaps) > 0 {
		gap = "gap: " + strings.Join(gaps, ", ")
	}
	fmt.Fprintf(b, "%-12s %-16s %8d %10.1f %10.1f %10.6f  %-26s %-26s %s\n", c.Dimension, c.Group, c.Persons, c.Joined, c.Wrong, c.WrongBound, share(c.Precision), share(c.Recall), gap)
}

// share prints an estimate with its interval.
func share(s evaluate.Share) string { return fmt.Sprintf("%.4f (%.4f, %.4f)", s.Value, s.Low, s.High) }

// between prints a range, or one number where it is none.
func between(low, high float64) string {
	if low == high {
		return fmt.Sprintf("%.5f", low)
	}
	return fmt.Sprintf("between %.5f and %.5f", low, high)
}
