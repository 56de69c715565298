package filing

import (
	"slices"
	"sort"

	"github.com/casefold/casefold"
)

// A Verdict of the guard.
type Verdict string

const (
	Free         Verdict = "free"          // no filing could be this conviction's
	AlreadyFiled Verdict = "already_filed" // a live filing is
	Closed       Verdict = "closed"        // its last filing was rejected, denied or withdrawn
	PossiblySame Verdict = "possibly_same" // a filing may be
)

// An Answer is what the guard says of a candidate, and the filings it means, by
// ID. While a list of candidates is worked off, that may be a filing that the
// candidate before is about to get.
type Answer struct {
	Verdict     Verdict
	Filings     []string
	Convictions []string // theirs, as now known, in the same order
}

// A guard knows every filing by all that it could be recognized by.
type guard struct {
	l        *Ledger
	register Register
	same     map[string][]*Filing // by current conviction ID
	byKey    map[uint64][]*Filing // by registry key
	byCommit map[string][]*Filing // by commitment of a key
	kin      map[string][]*Filing // by conviction of the same lineage
	near     map[string][]*Filing // by conviction that is possibly the same
	distinct map[[2]string]bool   // pairs of convictions that a person has told apart, in both orders
}

// Guard asks for every filing that the candidate's conviction could be.
func (l *Ledger) Guard(c *Candidate, register Register) Answer {
	return l.newGuard(register).ask(c)
}

func (l *Ledger) newGuard(register Register) *guard {
	g := &guard{
		l: l, register: register, same: map[string][]*Filing{}, byKey: map[uint64][]*Filing{},
		byCommit: map[string][]*Filing{}, kin: map[string][]*Filing{}, near: map[string][]*Filing{},
		distinct: map[[2]string]bool{},
	}
	for pair := range l.distinct {
		a, b := g.current(pair[0]), g.current(pair[1])
		g.distinct[[2]string{a, b}], g.distinct[[2]string{b, a}] = true, true
	}
	for _, f := range l.ordered {
		g.add(f)
	}
	return g
}

// current is the ID that a conviction goes by now.
func (g *guard) current(id string) string {
	if now, ok := g.register.Current(id); ok {
		return now
	}
	return id
}

func (g *guard) add(f *Filing) {
	now := g.current(f.Conviction)
	g.same[now] = append(g.same[now], f)
	for _, k := range g.register.Keys(now) {
		g.byKey[k] = append(g.byKey[k], f)
	}
	for _, k := range f.keys {
		g.byCommit[k] = append(g.byCommit[k], f)
	}
	for _, k := range g.register.Kin(now) {
		k = g.current(k)
		g.kin[k] = append(g.kin[k], f)
	}
	if c := g.register.Conviction(now); c != nil {
		for _, id := range c.PossiblySame {
			id = g.current(id)
			g.near[id] = append(g.near[id], f)
		}
	}
}

// ask answers for one candidate.
func (g *guard) ask(c *Candidate) Answer {
	now := g.current(c.ConvictionID)
	var live, dead []*Filing
	for _, f := range g.same[now] {
		switch {
		case f.Law != c.Law:
		case f.Status.Live():
			live = append(live, f)
		default:
			dead = append(dead, f)
		}
	}
	if live != nil {
		return g.answer(AlreadyFiled, live)
	}
	if possible := g.possible(c, now); possible != nil {
		return g.answer(PossiblySame, possible)
	}
	if dead != nil {
		return g.answer(Closed, dead[len(dead)-1:])
	}
	return Answer{Verdict: Free}
}

// possible lists the filings under the candidate's law, of other convictions,
// that could be this one's. It asks for filings that are not live as well:
// filing for one of them would be filing again.
func (g *guard) possible(c *Candidate, now string) []*Filing {
	seen := map[*Filing]bool{}
	var out []*Filing
	take := func(filings []*Filing, really func(*Filing) bool) {
		for _, f := range filings {
			if seen[f] || f.Law != c.Law || g.current(f.Conviction) == now {
				continue
			}
			if g.distinct[[2]string{now, g.current(f.Conviction)}] || really != nil && !really(f) {
				continue
			}
			seen[f] = true
			out = append(out, f)
		}
	}
	take(g.kin[now], nil)
	take(g.near[now], nil)
	if c.Conviction != nil {
		for _, id := range c.Conviction.PossiblySame {
			take(g.same[g.current(id)], nil)
		}
	}
	resembles := func(f *Filing) bool { return g.resembles(c, f) }
	for _, k := range g.register.Keys(now) {
		take(g.byKey[k], resembles)
	}
	for _, k := range g.l.commitments(guardKeys(c)) {
		take(g.byCommit[k], resembles)
	}
	return out
}

// resembles looks closer at a filing that shares a key with the candidate. Two
// counts of one case, and two defendants of one case, may share every key and
// be two: where both convictions are told now, history has compared them if
// they are one person's, and compares them here if they are two persons'.
func (g *guard) resembles(c *Candidate, f *Filing) bool {
	other := g.register.Conviction(g.current(f.Conviction))
	if other == nil || c.Conviction == nil {
		return true
	}
	if other.PersonID != "" && other.PersonID == c.PersonID {
		return false // PossiblySame has answered
	}
	return g.l.o.Resembles == nil || g.l.o.Resembles(c.Conviction, other)
}

func (g *guard) answer(v Verdict, filings []*Filing) Answer {
	filings = slices.Clone(filings)
	sort.Slice(filings, func(i, j int) bool { return filings[i].ID < filings[j].ID })
	a := Answer{Verdict: v}
	for _, f := range filings {
		a.Filings = append(a.Filings, f.ID)
		a.Convictions = append(a.Convictions, g.current(f.Conviction))
	}
	return a
}

// guardKeys are what a filing may be recognized by when the registry no longer
// knows it: every number of the case with its court, and the number as quoted.
func guardKeys(c *Candidate) []string {
	var keys []string
	if c.Conviction != nil {
		for _, n := range c.Conviction.Numbers {
			keys = append(keys, caseKey(n))
		}
	}
	if keys == nil {
		keys = append(keys, "caption "+c.Court+" "+c.Caption.CaseNumber)
	}
	return keys
}

func caseKey(n casefold.CaseNumber) string { return "case " + n.Family + " " + n.Key }
