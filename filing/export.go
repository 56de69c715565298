package filing

import (
	"slices"

	"github.com/casefold/casefold"
)

// Columns are those of the filings export.
var Columns = []string{
	"filing_id", "conviction_id", "person_id", "county", "court", "case_number", "count", "section",
	"law", "outcome", "batch", "status", "caption",
}

// Rows are the filings export, sorted. Convictions stand under the ID they have
// now, and with the person they belong to now where they are still told of. Of
// a destroyed record only IDs and status are left.
func (l *Ledger) Rows(register Register) ([][]string, error) {
	lines, err := l.lines(l.ordered)
	if err != nil {
		return nil, err
	}
	rows := make([][]string, 0, len(l.ordered))
	for i, f := range l.ordered {
		conviction, person := f.Conviction, f.Person
		if now, ok := register.Current(conviction); ok {
			conviction = now
		}
		if c := register.Conviction(conviction); c != nil && c.PersonID != "" {
			person = c.PersonID
		}
		line := lines[i]
		if line == nil {
			line = &Line{}
		}
		rows = append(rows, []string{
			f.ID, conviction, person, line.County, line.Court, line.CaseNumber, line.Count, line.Section,
			f.Law, f.Outcome, f.Batch, string(f.Status), string(line.Caption.From),
		})
	}
	slices.SortFunc(rows, slices.Compare)
	return rows, nil
}

// WorkColumns are those of the worklist export.
var WorkColumns = []string{"conviction_id", "person_id", "kind", "what", "who"}

// A WorkKind is why a conviction stands on the worklist.
type WorkKind string

const (
	NotFileable WorkKind = "not_fileable"  // owed and ours, and something stands in the way
	Possibly    WorkKind = "possibly_same" // the guard: it may be filed already
	ByClerk     WorkKind = "rejected"      // a clerk rejected the filing
	Changed     WorkKind = "changed"       // prepared or approved, and the ground has shifted
)

// A Work is one thing for a person to do.
type Work struct {
	Conviction, Person string
	Kind               WorkKind
	What               string
	Who                string // clerk or attorney
}

// Row is the work in the order of WorkColumns.
func (w Work) Row() []string {
	return []string{w.Conviction, w.Person, string(w.Kind), w.What, w.Who}
}

// Worklist is what waits for a person, sorted. It needs every candidate of the
// current generation that is owed or has a filing.
func (l *Ledger) Worklist(candidates []Candidate, register Register) ([]Work, error) {
	var out []Work
	g := l.newGuard(register)
	byID := map[[2]string]*Candidate{}
	for _, c := range inOrder(candidates) {
		byID[[2]string{g.current(c.ConvictionID), c.Law}] = c
		if !c.wanted() || c.Ours == casefold.False {
			continue
		}
		out = append(out, l.workFor(g, c)...)
	}
	changed, err := l.changedWork(g, byID)
	if err != nil {
		return nil, err
	}
	out = append(out, changed...)
	slices.SortFunc(out, func(a, b Work) int { return slices.Compare(a.Row(), b.Row()) })
	return slices.Compact(out), nil
}

// workFor is what a candidate asks of a person. One that Prepare would file
// asks nothing, but stands in the way of those behind it as it will then.
func (l *Ledger) workFor(g *guard, c *Candidate) []Work {
	w := Work{Conviction: g.current(c.ConvictionID), Person: c.PersonID}
	a := g.ask(c)
	switch a.Verdict {
	case AlreadyFiled:
		return nil
	case Closed:
		f := l.filings[a.Filings[0]]
		if f == nil || f.Status != Rejected {
			return nil
		}
		w.Kind, w.Who = ByClerk, "clerk"
		w.What = "the clerk rejected filing " + f.ID + "; mend it and file again"
		return []Work{w}
	case PossiblySame:
		w.Kind, w.Who = Possibly, "attorney"
		w.What = "may be the same conviction as "
		for i, id := range a.Filings {
			if i > 0 {
				w.What += ", "
			}
			how := " (filed as " + id + ")"
			if l.filings[id] == nil {
				how = " (to be filed)"
			}
			w.What += a.Convictions[i] + how
		}
		return []Work{w}
	}
	if c.ready() {
		g.add(l.sketch(c, w.Conviction))
		return nil
	}
	w.Kind, w.Who, w.What = NotFileable, "clerk", "cannot be filed: "+hindrance(c)
	return []Work{w}
}

// changedWork lists filings that are not sent and should not be as they stand.
func (l *Ledger) changedWork(g *guard, byID map[[2]string]*Candidate) ([]Work, error) {
	var open []*Filing
	for _, f := range l.ordered {
		if f.Status == Prepared || f.Status == Approved {
			open = append(open, f)
		}
	}
	lines, err := l.lines(open)
	if err != nil {
		return nil, err
	}
	current := func(id, law string) (Candidate, bool) {
		if c := byID[[2]string{id, law}]; c != nil {
			return *c, true
		}
		return Candidate{}, false
	}
	var out []Work
	for i, f := range open {
		if why := g.unsound(f, lines[i], current); why != "" {
			w := Work{Conviction: g.current(f.Conviction), Person: f.Person, Kind: Changed, Who: "attorney"}
			if c, ok := current(w.Conviction, f.Law); ok {
				w.Person = c.PersonID
			}
			w.What = "filing " + f.ID + " is held: " + why
			out = append(out, w)
		}
	}
	return out, nil
}
