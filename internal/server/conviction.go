package server

import (
	"cmp"
	"slices"
	"strings"

	"github.com/casefold/casefold"
	"github.com/casefold/casefold/internal/engine"
	"github.com/casefold/casefold/internal/report"
	"github.com/casefold/casefold/relief"
)

// A convictionView is a conviction with what was decided.
type convictionView struct {
	ID, PersonID, Section, Level     string
	Court, County, CaseNumber, Count string
	OffenseDate, ConvictionDate      string
	Kind                             string // "" for an adult conviction in this state
	Undone                           string // why it gets no determination, if it was reversed
	Later                            []variant
	PossiblySame                     []sameAs
	Decided                          []determination
	Sources                          string
	Rows                             []rowName
}

// A sameAs is another conviction that may be this one.
type sameAs struct{ ID, Says string }

// A determination is the answer of one law.
type determination struct {
	Law, Outcome, Plain string
	Sort                string // owed, review, denied, done, none: how it is marked
	Mark                string // the mark, for eyes
	Route, Ours         string
	Fileable            string
	Reason, Citation    string
	Needs, Possible     []string
	Link                string
	EligibleFrom        string
}

// sorts of answers with their marks, in the order in which they matter.
var sorts = []struct{ name, mark string }{{"owed", "✓"}, {"review", "?"}, {"denied", "✕"}, {"done", "●"}, {"none", "–"}}

func newDetermination(d *relief.Determination) determination {
	sort := 4
	switch {
	case d.Outcome.Owed():
		sort = 0
	case d.Outcome == relief.Review:
		sort = 1
	case d.Outcome == relief.AlreadyRelieved:
		sort = 3
	case d.Outcome != relief.NotCovered:
		sort = 2
	}
	v := determination{Law: d.Law, Outcome: string(d.Outcome), Plain: report.Plain(string(d.Outcome)), Sort: sorts[sort].name, Mark: sorts[sort].mark,
		Route: d.Route, Ours: d.Ours.String(), Fileable: d.Fileable.String(), Reason: d.Reason, Citation: d.Citation, Needs: d.Needs, Link: d.Link, EligibleFrom: d.EligibleFrom.String()}
	for _, o := range d.Possible {
		v.Possible = append(v.Possible, report.Plain(string(o)))
	}
	return v
}

func newConvictionView(c *casefold.Conviction, decided []relief.Determination) convictionView {
	v := convictionView{
		ID: c.ID, PersonID: c.PersonID, Section: cmp.Or(c.Offense.Value.Statute.String(), c.Offense.Value.Verbatim, "section not told"),
		Level: c.Level.Value.String(), Court: word(agencyName(c.Court.Value)), County: c.Court.Value.County, CaseNumber: word(c.CaseNumber.Value),
		Count: word(c.Count.Value), OffenseDate: dated(c.OffenseDate.Value), ConvictionDate: dated(c.ConvictionDate.Value),
		Sources: sources(c.Tellers), Rows: rowNames(c.Tellers),
	}
	if c.Kind != casefold.AdultConviction {
		v.Kind = strings.ReplaceAll(string(c.Kind), "_", " ")
	}
	switch {
	case c.Reversed == casefold.True:
		v.Undone = "It was reversed or vacated, so no law is asked."
	case c.Kind == casefold.InferredByMarker:
		v.Undone = "It is known from a prior marker only, so no law is asked."
	}
	for _, id := range c.PossiblySame {
		v.PossiblySame = append(v.PossiblySame, sameAs{ID: id})
	}
	for _, e := range c.Events {
		v.Later = append(v.Later, variant{Value: strings.ReplaceAll(string(e.Kind), "_", " ") + ", " + dated(e.Date), Rows: rowNames(e.Tellers)})
	}
	for i := range decided {
		v.Decided = append(v.Decided, newDetermination(&decided[i]))
	}
	return v
}

// Covered reports whether any law has more to say than that it does not cover
// the conviction.
func (v convictionView) Covered() bool { return v.rank() < len(sorts)-1 }

// rank is the place of the most urgent answer among sorts.
func (v convictionView) rank() int {
	best := len(sorts) - 1
	for _, d := range v.Decided {
		for i, s := range sorts {
			if s.name == d.Sort {
				best = min(best, i)
			}
		}
	}
	return best
}

// A proofView is a conviction's page: what was decided, why, and on what.
type proofView struct {
	convictionView
	Facts  []fact
	Proofs []proof
}

// A fact is a line of the conviction's facts.
type fact struct {
	What, Value, Standing, Why string
	Others                     []variant
	Rows                       []rowName
	Against                    []rowName
}

// A proof is a law's proof: the rules that decide first, all rules after.
type proof struct {
	Law, AsOf     string
	Deciding, All []clause
	Policy        []clause
}

// A clause is one node of a proof, with what is under it. A rule's Text is its
// condition.
type clause struct {
	Rule                 string // the rule's name, "" for a clause
	Truth, Text, Outcome string
	Decides              bool
	Found, Missing       []string
	Cites                []string
	Rows                 []rowName
	Under                []clause
}

// A clauseOf is a clause with the person whose rows it rests on. What a rule
// rests on is folded away unless it is open.
type clauseOf struct {
	clause
	Person string
	Open   bool
}

func newProofView(p *engine.Proof) *proofView {
	c := &p.Conviction
	v := &proofView{convictionView: newConvictionView(c, p.Stored), Facts: facts(c)}
	for _, x := range p.Explanation {
		pr := proof{Law: x.Law, AsOf: x.AsOf.String(), All: clauses(x.Proof), Policy: clauses(x.Policy)}
		pr.Deciding = deciding(pr.All, false)
		if len(pr.Deciding) == 0 { // a review: what is still open decides together
			pr.Deciding = deciding(pr.All, true)
		}
		v.Proofs = append(v.Proofs, pr)
	}
	return v
}

func facts(c *casefold.Conviction) []fact {
	offense := func(o casefold.Offense) string { return cmp.Or(o.Statute.String(), o.Verbatim) }
	text := func(s string) string { return s }
	all := []fact{
		newFact("Section", c.Offense, offense),
		newFact("Section filed", c.Filed, offense),
		newFact("Section at arrest", c.Arrested, offense),
		newFact("Level now", c.Level, casefold.Level.String),
		newFact("Level at entry", c.LevelAtEntry, casefold.Level.String),
		newFact("Court", c.Court, agencyName),
		newFact("Case number", c.CaseNumber, text),
		newFact("Count", c.Count, text),
		newFact("Offence date", c.OffenseDate, casefold.Date.String),
		newFact("Arrest date", c.ArrestDate, casefold.Date.String),
		newFact("Filed", c.FiledDate, casefold.Date.String),
		newFact("Plea date", c.PleaDate, casefold.Date.String),
		newFact("Conviction date", c.ConvictionDate, casefold.Date.String),
		newFact("Sentence date", c.SentenceDate, casefold.Date.String),
		newFact("Sentence ends", c.SentenceEnd, casefold.Date.String),
		newFact("On the list of HS 11361.9", c.Listing, func(l casefold.Listing) string { return strings.ReplaceAll(string(l), "_", " ") }),
		newFact("Grams", c.Grams, text),
		newFact("Plants", c.Plants, text),
	}
	return slices.DeleteFunc(all, func(f fact) bool { return f.Standing == "" })
}

func newFact[T any](what string, f casefold.Fact[T], text func(T) string) fact {
	v := fact{What: what, Value: word(text(f.Value)), Standing: string(f.Status), Why: f.Why, Rows: rowNames(f.Tellers)}
	for _, o := range f.Others {
		v.Others = append(v.Others, variant{Value: word(text(o.Value)), Sources: sources(o.Tellers)})
		v.Against = append(v.Against, rowNames(o.Tellers)...)
	}
	return v
}

// deciding picks the rules that decide, or those that are open, and under them
// the conditions they rest on, other rules left out.
func deciding(rules []clause, open bool) []clause {
	var out []clause
	for _, k := range rules {
		if k.Rule != "" && !k.Decides && !(open && k.Truth == casefold.Unknown.String()) {
			continue
		}
		if k.Rule != "" {
			k.Under = deciding(k.Under, open)
		}
		out = append(out, k)
	}
	return out
}

func clauses(nodes []*relief.Node) []clause {
	out := make([]clause, 0, len(nodes))
	for _, n := range nodes {
		out = append(out, newClause(n))
	}
	return out
}

func newClause(n *relief.Node) clause {
	k := clause{Truth: n.Truth.String(), Text: n.Text, Outcome: string(n.Outcome), Decides: n.Decides, Found: n.Found, Cites: n.Cites, Rows: rowNames(n.Tellers), Under: clauses(n.Children)}
	// A rule goes by one word, and its condition stands beneath it; clauses are
	// sentences.
	if !strings.Contains(n.Text, " ") {
		k.Rule, k.Text = n.Text, ""
		if len(k.Under) > 0 && k.Under[0].Rule == "" {
			k.Text = k.Under[0].Text
		}
	}
	if n.Truth == casefold.Unknown {
		for _, m := range n.Missing {
			k.Missing = append(k.Missing, m.Text)
		}
	}
	// What only repeats the line above it is told once.
	if len(k.Under) > 0 && k.Under[0].Rule == "" && k.Under[0].Text == k.Text && k.Under[0].Truth == k.Truth {
		same := k.Under[0]
		k.Found, k.Missing = union(k.Found, same.Found), union(k.Missing, same.Missing)
		k.Cites, k.Rows = union(k.Cites, same.Cites), union(k.Rows, same.Rows)
		k.Under = slices.Concat(same.Under, k.Under[1:])
	}
	return k
}

// union adds to a what it lacks of b.
func union[T comparable](a, b []T) []T {
	out := slices.Clone(a)
	for _, v := range b {
		if !slices.Contains(out, v) {
			out = append(out, v)
		}
	}
	return out
}
