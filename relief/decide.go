package relief

import (
	"slices"
	"strings"

	"github.com/casefold/casefold"
)

// A Determination is the answer about one conviction under one law on one day.
type Determination struct {
	ConvictionID string            `json:"conviction_id"`
	PersonID     string            `json:"person_id"`
	Law          string            `json:"law"`
	Route        string            `json:"route"`
	Outcome      Outcome           `json:"outcome"`
	LawOutcome   Outcome           `json:"law_outcome"` // the law's own word; differs where a policy grants more
	Ours         casefold.Truth    `json:"ours"`
	Fileable     casefold.Truth    `json:"fileable"`
	Reason       string            `json:"reason"`
	Citation     string            `json:"citation"`
	Needs        []string          `json:"needs,omitempty"`   // what would decide, or what keeps it from being filed
	Missing      []Missing         `json:"missing,omitempty"` // the same, for machines: which fact of which conviction
	Possible     []Outcome         `json:"possible,omitempty"`
	Rule         string            `json:"rule"`
	Tellers      []casefold.Teller `json:"tellers"`
	Witnesses    []casefold.Teller `json:"witnesses,omitempty"` // further rows that a denial rests on
	EligibleFrom casefold.Day      `json:"eligible_from,omitzero"`
	Link         string            `json:"link,omitempty"` // the doubt that made it review, in words
	Links        []Link            `json:"links,omitempty"`
}

// Confirm reports whether a person is to confirm a denial.
func (d *Determination) Confirm() bool { return d.Outcome.Denial() }

// Decide decides one history; see Decider for many.
func (l *Law) Decide(h *casefold.History, ctx Context) []Determination {
	return l.Decider(ctx).Decide(h)
}

// Decide returns one determination for each conviction of the history that gets
// one, in the history's order: not for reversed ones, and not for those known
// only from a prior marker.
func (d *Decider) Decide(h *casefold.History) []Determination {
	out := make([]Determination, 0, len(h.Convictions))
	d.x.reset(h)
	for i := range h.Convictions {
		if Determined(&h.Convictions[i]) {
			out = append(out, d.decide(h, i))
		}
	}
	return out
}

// Determined reports whether a conviction gets a determination.
func Determined(c *casefold.Conviction) bool {
	return c.Reversed != casefold.True && c.Kind != casefold.InferredByMarker
}

func (d *Decider) decide(h *casefold.History, i int) Determination {
	c := &h.Convictions[i]
	if d.ctx.AsOf < d.law.From || d.law.Until != 0 && d.ctx.AsOf > d.law.Until {
		return d.notInForce(c)
	}
	end := d.conclude(i)
	out := Determination{
		ConvictionID: c.ID, PersonID: c.PersonID, Law: d.law.Name, Route: end.route,
		Outcome: end.outcome, LawOutcome: end.outcome, Reason: end.reason, Citation: end.citation,
		Tellers: c.Tellers,
	}
	if end.outcome == NoConviction { // a person entered that it was undone
		out.Outcome, out.LawOutcome = AlreadyRelieved, AlreadyRelieved
	}
	if end.leaf != nil {
		out.Rule = end.leaf.id
	}
	switch {
	case end.outcome == Review:
		d.explainReview(end, &out)
	case end.leaf != nil && end.leaf.witness:
		d.nameWitnesses(&out)
	}
	d.widen(h, i, end, &out)
	d.place(h, i, &out)
	return out
}

func (d *Decider) notInForce(c *casefold.Conviction) Determination {
	out := Determination{ConvictionID: c.ID, PersonID: c.PersonID, Law: d.law.Name, Route: RouteNone,
		Outcome: NotCovered, LawOutcome: NotCovered, Tellers: c.Tellers, Rule: "in-force", Fileable: casefold.False,
		Reason: "the law is not in force on " + d.ctx.AsOf.String(), Citation: d.law.Title}
	out.Ours = d.ours(d.x.h, c)
	return out
}

// explainReview names what would decide: first what the rules name, then the
// facts that the unknown questions lack.
func (d *Decider) explainReview(end *conclusion, out *Determination) {
	out.Needs = append(out.Needs, end.needs...)
	for _, lf := range end.possible {
		if lf.outcome != NoConviction && !slices.Contains(out.Possible, lf.outcome) {
			out.Possible = append(out.Possible, lf.outcome)
		}
	}
	out.Missing = append(d.lacking(end, nil), end.missing...)
	for _, m := range out.Missing {
		out.Needs = addWord(out.Needs, m.Text)
	}
	if len(out.Needs) > 0 {
		out.Reason += "; needs " + strings.Join(out.Needs, "; ")
	}
}

// lacking asks the atoms that would decide once more and collects what they
// miss.
func (d *Decider) lacking(end *conclusion, out []Missing) []Missing {
	for _, a := range end.lacks {
		n := &Node{}
		n.Truth = d.x.atom(a, n).truth()
		out = n.missing(out)
	}
	return out
}

// conclude decides conviction i of the scope's history. Where its offence may be
// of several families, each is taken in turn, because a rule for one and a rule
// for another cannot both hold; if they agree, that is the answer.
func (d *Decider) conclude(i int) *conclusion {
	x := &d.x
	x.aim(i)
	names, dated := x.familyNames()
	if len(names) < 2 {
		return d.trie.conclude(x)
	}
	out := &conclusion{}
	var last *conclusion
	var missing []Missing
	for _, name := range slices.Clone(names) {
		x.assumed = name
		x.aim(i)
		last = d.trie.conclude(x)
		for _, lf := range last.possible {
			if !slices.Contains(out.possible, lf) {
				out.possible = append(out.possible, lf)
			}
		}
		missing = d.lacking(last, missing)
		for _, need := range last.needs {
			out.needs = addWord(out.needs, need)
		}
	}
	x.assumed = ""
	x.aim(i)
	if lf, one := oneAnswer(out.possible); one {
		merged := *last
		merged.leaf, merged.possible = lf, out.possible
		return &merged
	}
	n := &Node{Truth: casefold.Unknown}
	x.openFamily(dated, n)
	out.outcome, out.route, out.reason = Review, last.route, openWords(out.possible)
	out.missing = append(n.missing(nil), missing...)
	var cites []*Citation
	for _, lf := range out.possible {
		cites = append(cites, lf.cites...)
	}
	out.citation = joinCites(cites)
	return out
}

// nameWitnesses adds to a denial the facts it rests on: the conditions that hold
// on the way to its rule are evaluated again with their proof.
func (d *Decider) nameWitnesses(out *Determination) {
	var found []string
	for _, r := range d.law.rules {
		holds := d.holds(r)
		if holds == casefold.True {
			found, out.Witnesses = d.witnessesOf(r, nil, nil)
		}
		if holds != casefold.False {
			break // the rule that decides, or one that leaves the rest open
		}
	}
	if len(found) > 0 {
		out.Reason += ": " + strings.Join(found, "; ")
	}
}

func (d *Decider) holds(r *rule) casefold.Truth {
	if r.when == nil {
		return casefold.True
	}
	return d.law.eval(r.when, &d.x, nil).truth()
}

// witnessesOf collects what a rule that holds rests on, and those beneath it
// that hold: what their proofs would tell, without proving the others.
func (d *Decider) witnessesOf(r *rule, found []string, tellers []casefold.Teller) ([]string, []casefold.Teller) {
	if r.when != nil {
		n := &Node{}
		d.law.eval(r.when, &d.x, n)
		found, tellers = n.witnesses(casefold.True, found, tellers)
	}
	if r.leaf != nil {
		return found, tellers
	}
	for _, nested := range d.listInForce(r) {
		if d.holds(nested) == casefold.True {
			found, tellers = d.witnessesOf(nested, found, tellers)
		}
	}
	return found, tellers
}
