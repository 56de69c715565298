package main

import (
	"cmp"
	"fmt"
	"io"
	"strings"

	"github.com/casefold/casefold"
	"github.com/casefold/casefold/internal/engine"
	"github.com/casefold/casefold/relief"
)

// maxTellers is how many rows a line names before it only counts the rest.
const maxTellers = 4

// writeHistory prints a person's history for a reader at a terminal: who,
// convictions with determinations, then everything by date, then what is missing.
func writeHistory(w io.Writer, h *casefold.History, decided map[string][]relief.Determination) error {
	var b strings.Builder
	fmt.Fprintf(&b, "%s\n", h.PersonID)
	writeIdentity(&b, h)
	fmt.Fprintf(&b, "\nconvictions (%d)\n", len(h.Convictions))
	for i := range h.Convictions {
		writeConviction(&b, &h.Convictions[i], decided[h.Convictions[i].ID])
	}
	b.WriteString("\nchronology\n")
	for _, e := range chronology(h) {
		fmt.Fprintf(&b, "  %-24s %s\n", dated(e.date), e.text)
		for _, line := range e.more {
			fmt.Fprintf(&b, "  %s\n", line)
		}
	}
	if len(h.Gaps) > 0 {
		b.WriteString("\nwhat is missing\n")
		for _, g := range h.Gaps {
			fmt.Fprintf(&b, "  %s\n", g.Text)
		}
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func writeIdentity(b *strings.Builder, h *casefold.History) {
	for _, n := range h.Names {
		full := strings.TrimSpace(n.Value.First + " " + n.Value.Middle)
		fmt.Fprintf(b, "  name        %-36s %s\n", strings.Trim(n.Value.Last+", "+full+" "+n.Value.Suffix, ", "), rows(n.Tellers))
	}
	for _, d := range h.Births {
		fmt.Fprintf(b, "  born        %-36s %s\n", d.Value, rows(d.Tellers))
	}
	for _, id := range h.Identifiers {
		fmt.Fprintf(b, "  %-11s %-36s %s\n", id.Value.Kind, id.Value.Value+" ("+string(id.Value.How)+")", rows(id.Tellers))
	}
	if h.Deceased.Status != casefold.FactUnknown {
		fmt.Fprintf(b, "  deceased    %-36s %s\n", dated(h.Deceased.Value), rows(h.Deceased.Tellers))
	}
}

func writeConviction(b *strings.Builder, c *casefold.Conviction, decided []relief.Determination) {
	fmt.Fprintf(b, "  %s  %-12s %s  %s  case %s count %s\n", c.ID, dated(c.ConvictionDate.Value), cmp.Or(c.Offense.Value.Statute.String(), c.Offense.Value.Verbatim, "section not told"),
		c.Level.Value, cmp.Or(c.CaseNumber.Value, "not told"), cmp.Or(c.Count.Value, "not told"))
	fmt.Fprintf(b, "      %s; told by %s\n", agency(c.Court.Value), rows(c.Tellers))
	writeFacts(b, c)
	if len(c.PossiblySame) > 0 {
		fmt.Fprintf(b, "      possibly the same as %s\n", strings.Join(c.PossiblySame, ", "))
	}
	for _, d := range decided {
		fmt.Fprintf(b, "      %s: %s, ours %s, fileable %s\n        %s\n", d.Law, d.Outcome, d.Ours, d.Fileable, d.Reason)
		for _, n := range d.Needs {
			fmt.Fprintf(b, "        needs %s\n", n)
		}
	}
}

func dated(d casefold.Date) string { return cmp.Or(d.String(), "date not told") }

func agency(a casefold.Agency) string { return cmp.Or(a.Name, a.Verbatim, a.ORI, "agency not told") }

func offense(o *casefold.Offense) string {
	if o == nil {
		return "charge not told"
	}
	return cmp.Or(o.Statute.String(), o.Verbatim, "charge not told")
}

// rows names tellers, the first few.
func rows(ts []casefold.Teller) string {
	var out []string
	for i, t := range ts {
		if i == maxTellers {
			out = append(out, fmt.Sprintf("and %d more", len(ts)-maxTellers))
			break
		}
		out = append(out, t.String())
	}
	return strings.Join(out, " ")
}

// writeProof prints what the run decided of a conviction, then the proofs.
func writeProof(w io.Writer, p *engine.Proof) error {
	var b strings.Builder
	for _, note := range p.Notes {
		fmt.Fprintf(&b, "note: %s\n", note)
	}
	writeConviction(&b, &p.Conviction, p.Stored)
	if _, err := io.WriteString(w, b.String()+"\n"); err != nil {
		return err
	}
	for i := range p.Explanation {
		if err := p.Explanation[i].Write(w); err != nil {
			return err
		}
	}
	return nil
}
