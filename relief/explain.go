package relief

import (
	"fmt"
	"io"
	"strings"

	"github.com/casefold/casefold"
)

// An Explanation is a determination with its proof: every rule in order, every
// clause with its answer, the facts found, the rows that tell them, and what is
// missing.
type Explanation struct {
	Determination
	AsOf  casefold.Day `json:"as_of"`
	Proof []*Node      `json:"proof"`
}

// Explain decides one conviction of a history and proves it; false where the
// history has no such conviction or it gets no determination.
func (l *Law) Explain(h *casefold.History, convictionID string, ctx Context) (Explanation, bool) {
	return l.Decider(ctx).Explain(h, convictionID)
}

// Explain is Law.Explain with a prepared context.
func (d *Decider) Explain(h *casefold.History, convictionID string) (Explanation, bool) {
	d.x.reset(h)
	for i := range h.Convictions {
		if h.Convictions[i].ID != convictionID || !Determined(&h.Convictions[i]) {
			continue
		}
		e := Explanation{Determination: d.decide(h, i), AsOf: d.ctx.AsOf}
		e.Proof = d.proveRules(d.law.rules)
		return e, true
	}
	return Explanation{}, false
}

// proveRules evaluates every rule of a list, also those after the one that
// decides, and marks the one whose answer stands.
func (d *Decider) proveRules(list []*rule) []*Node {
	reachable := casefold.True
	var out []*Node
	for _, r := range list {
		n := &Node{Text: r.id, Truth: casefold.True}
		if r.when != nil {
			v := d.law.eval(r.when, &d.x, n.child())
			n.Truth, n.Cause = v.truth(), v.cause().String()
		}
		here := reachable.And(n.Truth)
		switch {
		case r.leaf != nil:
			n.Outcome = r.leaf.outcome
			for _, c := range r.leaf.cites {
				n.Cites = append(n.Cites, c.String())
			}
			n.Decides = here == casefold.True
		default:
			nested := d.proveRules(d.listInForce(r))
			if here != casefold.True {
				undecide(nested)
			}
			n.Decides = here == casefold.True
			n.Children = append(n.Children, nested...)
		}
		reachable = reachable.And(n.Truth.Not())
		out = append(out, n)
	}
	return out
}

func (d *Decider) listInForce(r *rule) []*rule {
	for _, e := range r.eras {
		if d.ctx.AsOf >= e.from && (e.until == 0 || d.ctx.AsOf <= e.until) {
			return e.list
		}
	}
	return r.list
}

func undecide(nodes []*Node) {
	for _, n := range nodes {
		n.Decides = false
		undecide(n.Children)
	}
}

// Write prints the explanation for a person: the answer, then each rule with
// the clauses it rests on.
func (e *Explanation) Write(w io.Writer) error {
	var b strings.Builder
	fmt.Fprintf(&b, "%s under %s on %s: %s", e.ConvictionID, e.Law, e.AsOf, e.Outcome)
	if e.Route != RouteNone {
		fmt.Fprintf(&b, " (route %s)", e.Route)
	}
	fmt.Fprintf(&b, "\n  because: %s\n", e.Reason)
	if e.Citation != "" {
		fmt.Fprintf(&b, "  under: %s\n", e.Citation)
	}
	fmt.Fprintf(&b, "  ours: %s, fileable: %s\n", e.Ours, e.Fileable)
	for _, need := range e.Needs {
		fmt.Fprintf(&b, "  needs: %s\n", need)
	}
	b.WriteString("\nrules, in order:\n")
	for _, n := range e.Proof {
		n.write(&b, 1)
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// write prints a node and what lies beneath it, one clause a line.
func (n *Node) write(b *strings.Builder, depth int) {
	fmt.Fprintf(b, "%s%-7s %s", strings.Repeat("  ", depth), n.Truth, n.Text)
	if n.Outcome != "" {
		fmt.Fprintf(b, " -> %s", n.Outcome)
	}
	if n.Truth == casefold.Unknown && n.Cause != "" || n.Cause == causeWords[presumed] {
		fmt.Fprintf(b, " [%s]", n.Cause)
	}
	if n.Decides && n.Outcome != "" {
		b.WriteString("  <== decides")
	}
	b.WriteByte('\n')
	indent := strings.Repeat("  ", depth+4)
	for _, f := range n.Found {
		fmt.Fprintf(b, "%sfound: %s\n", indent, f)
	}
	if len(n.Tellers) > 0 {
		rows := make([]string, len(n.Tellers))
		for i, t := range n.Tellers {
			rows[i] = t.String()
		}
		fmt.Fprintf(b, "%srows: %s\n", indent, strings.Join(rows, " "))
	}
	if n.Truth == casefold.Unknown {
		for _, m := range n.Missing {
			fmt.Fprintf(b, "%smissing: %s\n", indent, m.Text)
		}
	}
	for _, c := range n.Children {
		c.write(b, depth+1)
	}
}
