package relief

import (
	"bytes"
	"path"
	"slices"
	"strings"

	"github.com/casefold/casefold"
)

// NoGrant is a policy's word for "nothing beyond the law". It is never
// exported.
const NoGrant Outcome = "no_grant"

// A Policy is a county's overlay on a law: rules of the same form that may
// grant more than the law, never less. It is versioned and named in the project
// file. It is immutable.
type Policy struct {
	Name    string
	Title   string
	Version string
	Law     string // name of the law it overlays
	Source  string
	law     *Law // the law's data with the policy's own rules
}

var policyKeys = []string{"policy", "title", "version", "law", "source", "define", "sets", "rules"}

// LoadPolicy compiles a policy file for a law. Its rules may use the law's
// defined terms. An options file of the reference program (JSON) is taken as the
// policy it stands for. Problems are as of LoadLaw.
func LoadPolicy(law *Law, file string, src []byte) (*Policy, []Problem) {
	if bytes.Contains(src, []byte(`"baselineEligibility"`)) {
		text, err := ReferencePolicy(strings.TrimSuffix(path.Base(file), path.Ext(file)), src)
		if err != nil {
			return nil, []Problem{{File: file, Text: err.Error()}}
		}
		src = text
	}
	derived := *law
	derived.dir, derived.atoms, derived.clauses = path.Dir(file), nil, nil
	derived.rules, derived.routes, derived.notes, derived.sets = nil, nil, nil, map[string][]*rule{}
	derived.outcomes = []Outcome{PolicyDismiss, PolicyReduce, NoGrant, Review}
	l := newLoader(nil, &derived)
	l.policy = true
	for name, d := range law.defs {
		l.defs[name] = &definition{file: d.file, at: d.at, name: d.name, says: d.says, that: d.that, compiled: map[domain]*clause{}}
	}
	f := &yamlFile{name: file}
	top := map[string]field{}
	for _, v := range f.fields(f.parse(src), policyKeys...) {
		top[v.key] = v
	}
	for _, need := range []string{"policy", "title", "version", "law", "source", "rules"} {
		if _, ok := top[need]; !ok {
			f.errorf(nil, "%q is missing", need)
		}
	}
	p := &Policy{law: &derived, Name: f.text(top["policy"].value), Title: f.text(top["title"].value),
		Version: f.text(top["version"].value), Law: f.text(top["law"].value), Source: f.text(top["source"].value)}
	if v, ok := top["law"]; ok && p.Law != law.Name {
		f.errorf(v.value, "the policy overlays %q, not %q", p.Law, law.Name)
	}
	derived.defOrder = nil
	l.readDefinitions(f, top["define"])
	l.setFile = f
	for _, v := range f.fields(top["sets"].value) {
		l.setNodes[v.key] = v.value
	}
	derived.rules = l.rules(f, top["rules"].value)
	l.total(f, "rules", top["rules"], derived.rules)
	derived.defs = l.defs
	problems := append(l.problems, f.problems...)
	if len(problems) > 0 {
		return nil, casefold.SortProblems(problems)
	}
	derived.phraseClauses()
	return p, nil
}

// LoadPolicyOf compiles a policy file for the one of several laws that it names.
func LoadPolicyOf(laws []*Law, file string, src []byte) (*Policy, []Problem) {
	law := laws[0]
	if bytes.Contains(src, []byte(`"baselineEligibility"`)) { // options are made a policy of Proposition 64
		return LoadPolicy(law, file, src)
	}
	f := &yamlFile{name: file}
	var names []string
	for _, l := range laws {
		names = append(names, l.Name)
	}
	for _, v := range f.fields(f.parse(src)) {
		if v.key != "law" {
			continue
		}
		i := slices.Index(names, f.text(v.value))
		if i < 0 {
			f.errorf(v.value, "no law is named %q%s", f.text(v.value), nearest(f.text(v.value), names))
			return nil, casefold.SortProblems(f.problems)
		}
		law = laws[i]
	}
	return LoadPolicy(law, file, src)
}

// concludePolicy walks the policy's rules over a recorded path.
func (l *Law) concludePolicy(r *recorded) *conclusion {
	end := l.walk(l.rules, r)
	if r.asked >= 0 {
		return nil
	}
	c := l.verdictOf(end)
	if c.leaf != nil {
		c.reason = c.leaf.reason
	}
	return c
}

// widen lets the policy grant more than the law. It acts only where every
// answer that the law leaves possible may be widened: not on convictions that
// may be relieved or undone already, or are of the new law or another court.
func (d *Decider) widen(h *casefold.History, i int, end *conclusion, out *Determination) {
	p := d.policy
	if p == nil {
		return
	}
	if p.asked = widenable(end, out); !p.asked {
		return
	}
	p.x.reset(h)
	p.x.aim(i)
	p.x.law = out.LawOutcome
	got := p.trie.conclude(&p.x)
	switch {
	case got.outcome == Review:
		d.mayWiden(got, out)
	case got.outcome != NoGrant && more(got.outcome, end):
		d.grant(got, out)
	default:
		d.later(end, out)
	}
}

// widenable reports whether a policy may act on what the law said.
func widenable(end *conclusion, out *Determination) bool {
	if out.Route == RouteJuvenile || out.Outcome == DismissAndSeal {
		return false
	}
	for _, lf := range end.possible {
		if lf.noPolicy || lf.outcome == AlreadyRelieved || lf.outcome == NoConviction {
			return false
		}
	}
	return true
}

// more reports whether a grant is at least as wide as every answer the law
// leaves possible, and wider than one of them. A reduction gives a misdemeanor.
func more(grant Outcome, end *conclusion) bool {
	wider := false
	for _, lf := range end.possible {
		switch lf.outcome {
		case DismissAndSeal:
			return grant == PolicyDismiss && len(end.possible) > 1
		case RedesignateInfraction, NoLesser:
			if grant == PolicyReduce {
				return false
			}
			wider = true
		case RedesignateMisdemeanor:
			wider = wider || grant == PolicyDismiss
		default:
			wider = true
		}
	}
	return wider
}

func (d *Decider) grant(got *conclusion, out *Determination) {
	law := out.LawOutcome
	out.Outcome, out.Route = got.outcome, RouteOwn
	out.Reason = string(law) + ": policy " + d.ctx.Policy.Name + " grants more, " + got.reason + "; the law alone: " + out.Reason
	out.Citation = joinWords(out.Citation, "policy "+d.ctx.Policy.Name+" "+d.ctx.Policy.Version)
	out.Needs, out.Missing, out.Witnesses, out.Possible = nil, nil, nil, nil
	out.Rule = got.leaf.id
}

// mayWiden handles a policy that cannot be decided, or asks for a person. What
// is owed by law stays so; what is not becomes a review.
func (d *Decider) mayWiden(got *conclusion, out *Determination) {
	p := d.policy
	missing := p.lacking(got, nil)
	needs := slices.Clone(got.needs)
	for _, m := range missing {
		needs = addWord(needs, m.Text)
	}
	text := "policy " + d.ctx.Policy.Name + " may grant more; needs " + strings.Join(needs, "; ")
	if out.Outcome.Owed() {
		out.Reason += "; " + text
		return
	}
	if out.Outcome == NotCovered && !p.related(got) {
		return
	}
	out.Reason = string(out.LawOutcome) + ": " + text + "; the law alone: " + out.Reason
	out.Outcome, out.Route = Review, RouteNone
	for _, n := range needs {
		out.Needs = addWord(out.Needs, n)
	}
	out.Missing = append(out.Missing, missing...)
}

// related reports whether a policy's open answer could reach an offence that
// the law does not cover: only a rule that grants can.
func (d *Decider) related(got *conclusion) bool {
	for _, lf := range got.possible {
		if lf.outcome != NoGrant {
			return true
		}
	}
	return false
}

// later finds the first day on which time alone brings the policy's grant: the
// days on which some answer turns are tried in order, everything else staying
// as it is.
func (d *Decider) later(end *conclusion, out *Determination) {
	p := d.policy
	var days []casefold.Day
	for _, n := range p.proveRules(p.law.rules) {
		days = n.turning(days)
	}
	slices.Sort(days)
	defer func() { p.x.day = d.ctx.AsOf }()
	for _, day := range days {
		p.x.day = day
		p.x.aim(p.x.subject)
		reached := p.law.walk(p.law.rules, &p.x)
		if lf, one := oneAnswer(reached.leaves); one && lf.outcome != NoGrant && lf.outcome != Review && more(lf.outcome, end) {
			out.EligibleFrom = day
			return
		}
	}
}

func (n *Node) turning(days []casefold.Day) []casefold.Day {
	for _, t := range n.turnDays {
		if !slices.Contains(days, t) {
			days = append(days, t)
		}
	}
	for _, c := range n.Children {
		days = c.turning(days)
	}
	return days
}

func joinWords(a, b string) string {
	if a == "" {
		return b
	}
	return a + "; " + b
}
