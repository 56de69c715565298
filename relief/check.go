package relief

import (
	"fmt"
	"io/fs"
	"path"
	"strings"

	"github.com/casefold/casefold"
)

// Check proves a law's folder: that the rule file compiles with every fact
// known and typed, every list ends in a default and none of its rules is cut
// off, ranges of days neither overlap nor leave gaps, citations are complete
// and used, definitions are used; that its cases give the answers they state;
// and that the cases see every clause true, false and unknown (as far as it can
// be), reach every rule, and reach every outcome. All problems come with their
// place; none means proved.
func Check(fsys fs.FS, dir string) []Problem {
	law, problems := LoadLaw(fsys, dir)
	if law == nil {
		return problems
	}
	cases, faults := ReadCases(fsys, path.Join(dir, "cases"))
	problems = append(problems, faults...)
	for _, f := range law.RunCases(cases, map[string]*Policy{}) {
		if !strings.HasPrefix(f.Problem.Text, noPolicyNamed) {
			problems = append(problems, f.Problem)
		}
	}
	problems = append(problems, law.unused()...)
	problems = append(problems, law.covered(cases)...)
	return casefold.SortProblems(problems)
}

// truths is a set of Kleene values.
type truths uint8

const (
	canNo      = truths(1 << casefold.False)
	canYes     = truths(1 << casefold.True)
	canUnknown = truths(1 << casefold.Unknown)
)

// canBe lists the values a clause can have at all: a kind of court is never
// unknown, an open question of law never true.
func (l *Law) canBe(c *clause) truths {
	switch c.op {
	case opAtom:
		return l.atomCanBe(&l.atoms[c.atom])
	case opNot:
		return l.canBe(c.kids[0]).not()
	case opUse:
		return l.canBe(c.kids[0])
	case opTreat, opUntold:
		return canYes | canNo
	case opUnsettled:
		return canNo | canUnknown
	case opPresume:
		set := l.canBe(c.kids[0])
		if l.onlyMissing(c.kids[0]) {
			set &^= canUnknown
		}
		return set | 1<<c.to
	}
	return l.joinCanBe(c)
}

func (l *Law) joinCanBe(c *clause) truths {
	all := canYes | canNo | canUnknown
	stop, pass := canNo, canYes
	if c.op == opAny {
		stop, pass = canYes, canNo
	}
	out := pass
	for _, k := range c.kids {
		set := l.canBe(k)
		if set&pass == 0 {
			out &^= pass
		}
		out |= set & (stop | canUnknown)
	}
	return out & all
}

func (t truths) not() truths {
	out := t & canUnknown
	if t&canYes != 0 {
		out |= canNo
	}
	if t&canNo != 0 {
		out |= canYes
	}
	return out
}

func (l *Law) atomCanBe(a *atom) truths {
	switch {
	case a.quant != nil:
		set := canNo | canUnknown&l.canBe(a.quant.where)
		if l.canBe(a.quant.where)&canYes != 0 {
			set |= canYes
		}
		if a.quant.absent.witness != "" {
			set |= canUnknown
		}
		return set
	case a.pred.never != 0:
		return (canYes | canNo | canUnknown) &^ a.pred.never
	case a.pred.sure:
		return canYes | canNo
	}
	return canYes | canNo | canUnknown
}

// onlyMissing reports whether all that can make a clause unknown is that nobody
// tells it.
func (l *Law) onlyMissing(c *clause) bool {
	if c.op == opAtom {
		p := l.atoms[c.atom].pred
		return p != nil && (p.sure || p.name == "file_shows")
	}
	for _, k := range c.kids {
		if !l.onlyMissing(k) {
			return false
		}
	}
	return true
}

// A coverage counts what cases have seen of a law.
type coverage struct {
	law    *Law
	seen   []truths
	leaves map[string]bool
	words  map[Outcome]bool
}

// cover decides every conviction of a case with all clauses evaluated.
func (v *coverage) cover(c *Case) {
	d := v.law.Decider(c.Context)
	d.x.reset(&c.History)
	for i := range c.History.Convictions {
		if !Determined(&c.History.Convictions[i]) {
			continue
		}
		out := d.decide(&c.History, i)
		v.words[out.LawOutcome] = true
		v.leaves[out.Rule] = true
		for _, lf := range d.conclude(i).possible {
			v.leaves[lf.id] = true
		}
		v.mark(d.proveRules(d.law.rules))
		v.mark(d.proveRules(d.law.routes))
		for _, m := range d.law.notes {
			n := &Node{}
			d.law.eval(m.when, &d.x, n)
			v.mark([]*Node{n})
		}
	}
}

func (v *coverage) mark(nodes []*Node) {
	for _, n := range nodes {
		if n.clause != nil {
			v.seen[n.clause.id] |= 1 << n.Truth
		}
		v.mark(n.Children)
	}
}

// covered lists what the cases do not see.
func (l *Law) covered(cases []Case) []Problem {
	v := &coverage{law: l, seen: make([]truths, len(l.clauses)), leaves: map[string]bool{}, words: map[Outcome]bool{}}
	for i := range cases {
		v.cover(&cases[i])
	}
	var out []Problem
	for _, c := range l.clauses {
		if c.op == opUse {
			continue // its definition is a clause of its own
		}
		for _, t := range []casefold.Truth{casefold.True, casefold.False, casefold.Unknown} {
			if lacks := l.canBe(c) &^ v.seen[c.id]; lacks&(1<<t) != 0 {
				out = append(out, Problem{File: c.file, Line: c.line, Column: c.col,
					Text: fmt.Sprintf("no case sees this clause %s: %s", truthWord(t), c.text)})
			}
		}
	}
	out = append(out, v.unreached(l.rules)...)
	for _, o := range l.outcomes {
		if !v.words[o] {
			out = append(out, Problem{File: path.Join(l.dir, "law.yaml"), Text: fmt.Sprintf("no case reaches the outcome %s", o)})
		}
	}
	return out
}

func truthWord(t casefold.Truth) string {
	return map[casefold.Truth]string{casefold.True: "true", casefold.False: "false", casefold.Unknown: "unknown"}[t]
}

func (v *coverage) unreached(list []*rule) []Problem {
	var out []Problem
	for _, r := range list {
		if r.leaf != nil && !v.leaves[r.id] {
			out = append(out, Problem{File: r.file, Line: r.line, Column: r.col, Text: fmt.Sprintf("no case reaches the rule %q", r.id)})
		}
		out = append(out, v.unreached(r.list)...)
		for _, e := range r.eras {
			out = append(out, v.unreached(e.list)...)
		}
	}
	return out
}

// unused lists definitions and citations that no rule rests on.
func (l *Law) unused() []Problem {
	var out []Problem
	for _, name := range l.defOrder {
		if d := l.defs[name]; len(d.compiled) == 0 {
			at := d.at.GetToken().Position
			out = append(out, Problem{File: d.file.name, Line: at.Line, Column: at.Column, Text: fmt.Sprintf("no rule uses the definition %q", name)})
		}
	}
	for _, id := range sortedKeys(l.citations) {
		if !l.used[id] {
			c := l.citations[id]
			out = append(out, Problem{File: c.file, Line: c.line, Column: 1, Text: fmt.Sprintf("nothing rests on the citation %q", id)})
		}
	}
	return out
}
