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
	// Policy proves what the policy did where it was asked.
	Policy []*Node `json:"policy_proof,omitempty"`
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
		if p := d.policy; p != nil && p.x.h == h && p.x.subject == i && p.asked {
			e.Policy = p.proveRules(p.law.rules)
		}
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
		n := &Node{Text: r.id, Truth: casefold.True, rule: true}
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

// Write prints the explanation for a person: the answer, then the rules up to
// the one that decides, those that hold or are open with the clauses they rest
// on. WriteWhole prints every rule and clause.
func (e *Explanation) Write(w io.Writer) error { return e.write(w, false) }

// WriteWhole prints the explanation with every rule and clause.
func (e *Explanation) WriteWhole(w io.Writer) error { return e.write(w, true) }

func (e *Explanation) write(w io.Writer, whole bool) error {
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
	writeRules(&b, e.Proof, 1, whole)
	if len(e.Policy) > 0 {
		b.WriteString("\nrules of the policy, in order:\n")
		writeRules(&b, e.Policy, 1, whole)
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func writeRules(b *strings.Builder, rules []*Node, depth int, whole bool) {
	for i, n := range rules {
		n.write(b, depth, whole)
		if !whole && n.Truth == casefold.True {
			if rest := len(rules) - i - 1; rest > 0 {
				fmt.Fprintf(b, "%s(%d rules after it are not reached)\n", strings.Repeat("  ", depth), rest)
			}
			return
		}
	}
}

// write prints a node and what lies beneath it, one clause a line. A rule of
// the first rank that does not hold is one line.
func (n *Node) write(b *strings.Builder, depth int, whole bool) {
	fmt.Fprintf(b, "%s%-7s %s", strings.Repeat("  ", depth), n.Truth, n.Text)
	if n.rule && !whole && depth == 1 && n.Truth == casefold.False {
		fmt.Fprintf(b, ": %s\n", n.Children[0].Text)
		return
	}
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
	n.writeFacts(b, strings.Repeat("  ", depth+4))
	var rules []*Node
	for _, c := range n.shown(whole) {
		if c.rule {
			rules = append(rules, c)
			continue
		}
		c.write(b, depth+1, whole)
	}
	writeRules(b, rules, depth+1, whole)
}

// shown lists the clauses beneath a node that its answer rests on: all parts
// of a conjunction that holds, the parts that fail of one that fails, those
// that are open of one that is open. A named clause stands for its definition.
func (n *Node) shown(whole bool) []*Node {
	if whole || n.rule || n.clause == nil {
		return n.Children
	}
	if n.clause.op == opUse && len(n.Children) == 1 && len(n.Children[0].Found) == 0 {
		return n.Children[0].shown(false)
	}
	every := n.clause.op == opAll && n.Truth == casefold.True || n.clause.op == opAny && n.Truth == casefold.False ||
		n.clause.op != opAll && n.clause.op != opAny && n.clause.op != opAtom
	var out []*Node
	for _, c := range n.Children {
		if every || c.Truth == n.Truth && !(n.quantifies && n.Truth == casefold.False) {
			out = append(out, c)
		}
	}
	return out
}

// shownRows is how many rows of one fact are printed; all are in the proof.
const shownRows = 8

func (n *Node) writeFacts(b *strings.Builder, indent string) {
	for _, f := range n.Found {
		fmt.Fprintf(b, "%sfound: %s\n", indent, f)
	}
	if len(n.Tellers) > 0 {
		rows := make([]string, 0, shownRows)
		for _, t := range n.Tellers[:min(len(n.Tellers), shownRows)] {
			rows = append(rows, t.String())
		}
		fmt.Fprintf(b, "%srows: %s", indent, strings.Join(rows, " "))
		if more := len(n.Tellers) - shownRows; more > 0 {
			fmt.Fprintf(b, " and %d more", more)
		}
		b.WriteByte('\n')
	}
	if n.Truth == casefold.Unknown {
		for _, m := range n.Missing {
			fmt.Fprintf(b, "%smissing: %s\n", indent, m.Text)
		}
	}
}
