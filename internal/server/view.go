package server

import (
	"cmp"
	"slices"
	"strings"

	"github.com/casefold/casefold"
	"github.com/casefold/casefold/internal/engine"
	"github.com/casefold/casefold/relief"
)

// Views are what a page shows, in plain words; the same struct is the page's
// JSON.

// A SearchView is the answer to what somebody typed.
type SearchView struct {
	Words string       `json:"-"`
	Hits  []engine.Hit `json:"hits"`
}

// A ToldView is a value with the rows that tell it.
type ToldView struct {
	What  string   `json:"what"`
	Value string   `json:"value"`
	Rows  []string `json:"rows"`
}

// A PersonView is one person's page.
type PersonView struct {
	ID          string                 `json:"person_id"`
	Name        string                 `json:"name"`
	Identity    []ToldView             `json:"identity"`
	Convictions []ConvictionView       `json:"convictions"`
	Timeline    []EventView            `json:"timeline"`
	Missing     []string               `json:"missing"`
	Neighbours  []engine.NeighbourView `json:"possible_links"`
	RowCount    int                    `json:"rows"`
}

// A ConvictionView is a conviction with what was decided.
type ConvictionView struct {
	ID             string              `json:"conviction_id"`
	PersonID       string              `json:"person_id"`
	Section        string              `json:"section"`
	Level          string              `json:"level"`
	Court          string              `json:"court"`
	County         string              `json:"county"`
	CaseNumber     string              `json:"case_number"`
	Count          string              `json:"count"`
	OffenseDate    string              `json:"offense_date"`
	ConvictionDate string              `json:"conviction_date"`
	Later          []ToldView          `json:"later_events"`
	PossiblySame   []string            `json:"possibly_same"`
	Decided        []DeterminationView `json:"determinations"`
	Facts          []FactView          `json:"facts"`
	Proofs         []ProofView         `json:"proofs,omitempty"`
	Rows           []string            `json:"rows"`
}

// A DeterminationView is the answer of one law.
type DeterminationView struct {
	Law      string   `json:"law"`
	Outcome  string   `json:"outcome"`
	Route    string   `json:"route"`
	Ours     string   `json:"ours"`
	Fileable string   `json:"fileable"`
	Reason   string   `json:"reason"`
	Citation string   `json:"citation"`
	Needs    []string `json:"needs"`
}

// A FactView is a fact with its standing; Others are contradictions.
type FactView struct {
	ToldView
	Standing string     `json:"standing"`
	Why      string     `json:"why,omitempty"`
	Others   []ToldView `json:"others,omitempty"`
}

// A ProofView is a law's proof: clauses with answers, indented.
type ProofView struct {
	Law     string       `json:"law"`
	AsOf    string       `json:"as_of"`
	Clauses []ClauseView `json:"clauses"`
}

// A ClauseView is one clause of a proof.
type ClauseView struct {
	Depth   int      `json:"depth"`
	Truth   string   `json:"truth"`
	Text    string   `json:"text"`
	Outcome string   `json:"outcome,omitempty"`
	Decides bool     `json:"decides,omitempty"`
	Found   []string `json:"found,omitempty"`
	Missing []string `json:"missing,omitempty"`
	Rows    []string `json:"rows,omitempty"`
}

// An EventView is one line of the timeline.
type EventView struct {
	Date string   `json:"date"`
	Kind string   `json:"kind"`
	What string   `json:"what"`
	Rows []string `json:"rows"`
}

// A RowView is a source row, verbatim.
type RowView struct {
	Row   string `json:"row"`
	File  string `json:"file"`
	Line  int    `json:"line"`
	Bytes string `json:"bytes"`
}

// A RowsView is all rows of a person.
type RowsView struct {
	ID   string    `json:"person_id"`
	Rows []RowView `json:"rows"`
}

func rowNames(ts []casefold.Teller) []string {
	out := make([]string, len(ts))
	for i, t := range ts {
		out[i] = t.String()
	}
	return out
}

func personView(p *engine.PersonView) PersonView {
	h := p.History
	v := PersonView{ID: h.PersonID, Neighbours: p.Neighbours, RowCount: len(h.Tellers)}
	for _, n := range h.Names {
		full := strings.Trim(n.Value.Last+", "+strings.TrimSpace(n.Value.First+" "+n.Value.Middle+" "+n.Value.Suffix), ", ")
		v.Name = cmp.Or(v.Name, full)
		v.Identity = append(v.Identity, ToldView{cmp.Or(string(n.Value.Kind), "name"), full, rowNames(n.Tellers)})
	}
	for _, b := range h.Births {
		v.Identity = append(v.Identity, ToldView{"born", b.Value.String(), rowNames(b.Tellers)})
	}
	for _, id := range h.Identifiers {
		v.Identity = append(v.Identity, ToldView{string(id.Value.Kind) + " (" + string(id.Value.How) + ")", id.Value.Value, rowNames(id.Tellers)})
	}
	if h.Deceased.Status != casefold.FactUnknown {
		v.Identity = append(v.Identity, ToldView{"deceased", dated(h.Deceased.Value), rowNames(h.Deceased.Tellers)})
	}
	for i := range h.Convictions {
		v.Convictions = append(v.Convictions, aConviction(&h.Convictions[i], p.Determinations[h.Convictions[i].ID]))
	}
	for _, g := range h.Gaps {
		v.Missing = append(v.Missing, g.Text)
	}
	v.Timeline = timeline(h)
	return v
}

func aConviction(c *casefold.Conviction, decided []relief.Determination) ConvictionView {
	v := ConvictionView{
		ID: c.ID, PersonID: c.PersonID, Section: cmp.Or(c.Offense.Value.Statute.String(), c.Offense.Value.Verbatim, "section not told"),
		Level: c.Level.Value.String(), Court: word(c.Court.Value.Name), County: c.Court.Value.County, CaseNumber: word(c.CaseNumber.Value),
		Count: word(c.Count.Value), OffenseDate: dated(c.OffenseDate.Value), ConvictionDate: dated(c.ConvictionDate.Value),
		PossiblySame: c.PossiblySame, Rows: rowNames(c.Tellers),
	}
	for _, e := range c.Events {
		v.Later = append(v.Later, ToldView{string(e.Kind), dated(e.Date), rowNames(e.Tellers)})
	}
	for _, d := range decided {
		v.Decided = append(v.Decided, DeterminationView{d.Law, string(d.Outcome), string(d.Route), d.Ours.String(), d.Fileable.String(), d.Reason, d.Citation, d.Needs})
	}
	return v
}

func convictionView(p *engine.Proof) ConvictionView {
	c := &p.Conviction
	v := aConviction(c, p.Stored)
	v.Facts = []FactView{
		fact("section", c.Offense, func(o casefold.Offense) string { return cmp.Or(o.Statute.String(), o.Verbatim) }),
		fact("section filed", c.Filed, func(o casefold.Offense) string { return cmp.Or(o.Statute.String(), o.Verbatim) }),
		fact("section at arrest", c.Arrested, func(o casefold.Offense) string { return cmp.Or(o.Statute.String(), o.Verbatim) }),
		fact("level now", c.Level, casefold.Level.String),
		fact("level at entry", c.LevelAtEntry, casefold.Level.String),
		fact("court", c.Court, func(a casefold.Agency) string { return a.Name }),
		fact("case number", c.CaseNumber, func(s string) string { return s }),
		fact("count", c.Count, func(s string) string { return s }),
		fact("offence date", c.OffenseDate, casefold.Date.String),
		fact("arrest date", c.ArrestDate, casefold.Date.String),
		fact("filed", c.FiledDate, casefold.Date.String),
		fact("conviction date", c.ConvictionDate, casefold.Date.String),
		fact("sentence date", c.SentenceDate, casefold.Date.String),
		fact("sentence ends", c.SentenceEnd, casefold.Date.String),
	}
	v.Facts = slices.DeleteFunc(v.Facts, func(f FactView) bool { return f.Standing == "" })
	for _, x := range p.Explanation {
		proof := ProofView{Law: x.Law, AsOf: x.AsOf.String()}
		for _, n := range x.Proof {
			proof.Clauses = clauses(proof.Clauses, n, 0)
		}
		v.Proofs = append(v.Proofs, proof)
	}
	return v
}

func fact[T any](what string, f casefold.Fact[T], text func(T) string) FactView {
	v := FactView{ToldView: ToldView{what, text(f.Value), rowNames(f.Tellers)}, Standing: string(f.Status), Why: f.Why}
	for _, o := range f.Others {
		v.Others = append(v.Others, ToldView{what, text(o.Value), rowNames(o.Tellers)})
	}
	return v
}

// clauses lists a proof tree from the top, with depths.
func clauses(out []ClauseView, n *relief.Node, depth int) []ClauseView {
	v := ClauseView{Depth: min(depth, 6), Truth: n.Truth.String(), Text: n.Text, Outcome: string(n.Outcome), Decides: n.Decides && n.Outcome != "", Found: n.Found, Rows: rowNames(n.Tellers)}
	if n.Truth == casefold.Unknown {
		for _, m := range n.Missing {
			v.Missing = append(v.Missing, m.Text)
		}
	}
	out = append(out, v)
	for _, c := range n.Children {
		out = clauses(out, c, depth+1)
	}
	return out
}

// timeline is everything dated, in order; undated things come first.
func timeline(h *casefold.History) []EventView {
	type line struct {
		at casefold.Date
		EventView
	}
	var lines []line
	add := func(at casefold.Date, kind, what string, ts []casefold.Teller) {
		lines = append(lines, line{at, EventView{dated(at), kind, what, rowNames(ts)}})
	}
	for _, c := range h.Cycles {
		var charges []string
		for _, n := range c.Arrests {
			charges = append(charges, charge(n.Offense))
		}
		add(c.Date, "arrest", strings.Join(append([]string{cmp.Or(c.Agency.Name, "agency not told")}, charges...), "; "), c.Tellers)
	}
	for _, c := range h.Cases {
		for _, n := range c.Counts {
			out := cmp.Or(string(n.Disposition.Value.Status), "no disposition")
			if n.Conviction >= 0 {
				out = "convicted"
			}
			add(n.Date, "court", charge(n.Offense)+": "+out, n.Tellers)
		}
	}
	for _, c := range h.Convictions {
		for _, e := range c.Events {
			add(e.Date, "relief", string(e.Kind)+" of "+charge(&c.Offense.Value), e.Tellers)
		}
	}
	for _, s := range h.Custody {
		add(s.From, "custody", "until "+dated(s.To), s.Tellers)
	}
	for _, s := range h.Supervision {
		add(s.From, "supervision", "until "+dated(s.To), s.Tellers)
	}
	for _, r := range h.Registrations {
		add(r.Date, "registration", r.Statute.String(), r.Tellers)
	}
	slices.SortStableFunc(lines, func(a, b line) int { return a.at.Compare(b.at) })
	out := make([]EventView, len(lines))
	for i, l := range lines {
		out[i] = l.EventView
	}
	return out
}

func charge(o *casefold.Offense) string {
	if o == nil {
		return "charge not told"
	}
	return cmp.Or(o.Statute.String(), o.Verbatim, "charge not told")
}

func rowsView(id string, rows []engine.VerbatimRow) RowsView {
	v := RowsView{ID: id}
	for _, r := range rows {
		v.Rows = append(v.Rows, RowView{r.Teller.String(), r.File, r.Line, strings.ToValidUTF8(string(r.Bytes), "\uFFFD")})
	}
	return v
}
