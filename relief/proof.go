package relief

import (
	"fmt"
	"slices"
	"strings"

	"github.com/casefold/casefold"
)

// A Node is one clause of a proof: what it asks, what the answer is, which
// facts and rows it rests on, and what is missing where it is unknown.
type Node struct {
	Text     string            `json:"text"`
	Truth    casefold.Truth    `json:"truth"`
	Cause    string            `json:"cause,omitempty"`
	Found    []string          `json:"found,omitempty"`
	Tellers  []casefold.Teller `json:"tellers,omitempty"`
	Missing  []Missing         `json:"missing,omitempty"`
	Cites    []string          `json:"cites,omitempty"`
	Decides  bool              `json:"decides,omitempty"` // a rule whose answer stands
	Outcome  Outcome           `json:"outcome,omitempty"` // a rule's answer
	Children []*Node           `json:"children,omitempty"`

	clause                    *clause // what the node answers, for coverage
	negates, quantifies, rule bool
	turnDays                  []casefold.Day // days on which the answer changes by itself
}

// A Missing is the very fact that would decide: its name, the conviction it is
// about, and words for a person.
type Missing struct {
	Fact       string `json:"fact"`
	Conviction string `json:"conviction_id"`
	Text       string `json:"text"`
}

func (n *Node) child() *Node {
	if n == nil {
		return nil
	}
	c := &Node{}
	n.Children = append(n.Children, c)
	return c
}

func (n *Node) found(tellers []casefold.Teller, format string, args ...any) {
	if n == nil {
		return
	}
	n.Found = append(n.Found, strings.TrimSpace(fmt.Sprintf(format, args...)))
	for _, t := range tellers {
		if !slices.Contains(n.Tellers, t) {
			n.Tellers = append(n.Tellers, t)
		}
	}
}

func (n *Node) lack(c *casefold.Conviction, fact, format string, args ...any) {
	if n == nil {
		return
	}
	m := Missing{fact, c.ID, fmt.Sprintf(format, args...)}
	if !slices.Contains(n.Missing, m) {
		n.Missing = append(n.Missing, m)
	}
}

// missing collects what unknown nodes lack, in order, once each.
func (n *Node) missing(out []Missing) []Missing {
	if n.Truth != casefold.Unknown {
		return out
	}
	for _, m := range n.Missing {
		if !slices.Contains(out, m) {
			out = append(out, m)
		}
	}
	for _, c := range n.Children {
		out = c.missing(out)
	}
	return out
}

// witnesses collects the facts and rows on which an answer rests: of nodes that
// give it, of the denied clause beneath a "not", and of no candidates of an
// absence.
func (n *Node) witnesses(want casefold.Truth, found []string, tellers []casefold.Teller) ([]string, []casefold.Teller) {
	if n.Truth != want {
		return found, tellers
	}
	for _, f := range n.Found {
		found = addWord(found, f)
	}
	for _, t := range n.Tellers {
		if !slices.Contains(tellers, t) {
			tellers = append(tellers, t)
		}
	}
	if n.negates {
		want = want.Not()
	}
	if n.quantifies && want == casefold.False {
		return found, tellers
	}
	for _, c := range n.Children {
		found, tellers = c.witnesses(want, found, tellers)
	}
	return found, tellers
}

// nameOf names a conviction without personal data: "the PC 211 conviction of
// 2005-03-01".
func nameOf(c *casefold.Conviction) string {
	when := c.ConvictionDate.Value
	if !when.Known() {
		when = c.SentenceDate.Value
	}
	what := "conviction"
	if c.Kind == casefold.Juvenile {
		what = "adjudication"
	}
	if s := sectionOf(c); s != "" {
		what = s + " " + what
	}
	switch {
	case !when.Known():
		return "the undated " + what
	case when.Exact():
		return "the " + what + " of " + when.String()
	case when.First.Year() == when.Last.Year():
		return fmt.Sprintf("the %s of %d", what, when.First.Year())
	}
	return "the " + what + " of " + when.String()
}

func wasConvicted(c *casefold.Conviction) string {
	when := c.ConvictionDate.Value
	if !when.Known() {
		return "the person was convicted"
	}
	return "the person was convicted on " + when.String()
}

func sectionOf(c *casefold.Conviction) string {
	o := &c.Offense.Value
	s := o.Statute.String()
	if o.CJIS != "" && s != "" {
		s += " (code " + o.CJIS + ")"
	}
	return s
}
