package relief

import (
	"slices"

	"github.com/goccy/go-yaml/ast"

	"github.com/casefold/casefold"
)

// A rule is one step of an ordered decision: if its condition holds, its leaf
// or its nested rules speak; if not, the next rule does. A rule without a
// condition always speaks and ends its list.
type rule struct {
	id   string
	when *clause
	leaf *leaf
	list []*rule
	eras []era // rules by as-of date instead of one list
	file string
	line int
	col  int
}

// An era is a range of as-of days with the rules in force then.
type era struct {
	from, until casefold.Day // until 0: open
	list        []*rule
	line, col   int
}

// A leaf is what a rule answers.
type leaf struct {
	id       string
	outcome  Outcome
	route    string
	reason   string
	newLaw   string   // the offence it becomes, or the section that makes it lawful
	needs    []string // for review: what would decide it
	cites    []*Citation
	noPolicy bool // a county policy cannot act here
	witness  bool // the reason names the facts that hold: used by denials
	place    Problem
}

var ruleKeys = []string{"id", "when", "rules", "by_date", "outcome", "route", "reason", "law", "needs", "cite", "witness", "policy"}

// rules compiles a list, or a reference to a named list.
func (l *loader) rules(f *yamlFile, n ast.Node) []*rule {
	if s, ok := n.(*ast.StringNode); ok {
		return l.ruleSet(f, n, s.Value)
	}
	var out []*rule
	for _, item := range f.items(n) {
		out = append(out, l.rule(f, item))
	}
	return out
}

func (l *loader) rule(f *yamlFile, n ast.Node) *rule {
	r := &rule{file: f.name}
	if tok := n.GetToken(); tok != nil && tok.Position != nil {
		r.line, r.col = tok.Position.Line, tok.Position.Column
	}
	lf := &leaf{}
	for _, v := range f.fields(n, ruleKeys...) {
		switch v.key {
		case "id":
			r.id = f.text(v.value)
			r.line, r.col = v.at.GetToken().Position.Line, v.at.GetToken().Position.Column
		case "when":
			r.when = l.clause(f, v.value, ofSubject)
		case "rules":
			r.list = l.rules(f, v.value)
		case "by_date":
			r.eras = l.eras(f, v)
		default:
			r.leaf = lf
			l.leafField(f, lf, v)
		}
	}
	if r.id == "" {
		f.errorf(n, "a rule needs an id")
	} else if slices.Contains(l.ruleIDs, r.id) {
		f.errorf(n, "the rule id %q is used twice", r.id)
	}
	l.ruleIDs = append(l.ruleIDs, r.id)
	if has := count(r.leaf != nil, r.list != nil, r.eras != nil); has != 1 {
		f.errorf(n, "rule %q needs one of outcome (or route), rules, by_date; it has %d", r.id, has)
	}
	if r.leaf != nil {
		l.finishLeaf(f, n, r, lf)
	}
	return r
}

func count(bs ...bool) (n int) {
	for _, b := range bs {
		if b {
			n++
		}
	}
	return n
}

func (l *loader) leafField(f *yamlFile, lf *leaf, v field) {
	switch v.key {
	case "outcome":
		lf.outcome = Outcome(f.text(v.value))
		if !l.law.words(lf.outcome) {
			f.errorf(v.value, "unknown outcome %q%s", lf.outcome, nearest(string(lf.outcome), outcomeNames()))
		}
	case "route":
		lf.route = f.text(v.value)
	case "reason":
		lf.reason = f.text(v.value)
	case "law":
		lf.newLaw = f.text(v.value)
	case "needs":
		lf.needs = f.texts(v.value)
	case "cite":
		lf.cites = l.cites(f, v.value)
	case "witness":
		lf.witness = f.yesNo(v.value)
	case "policy":
		lf.noPolicy = !f.yesNo(v.value)
	}
}

// finishLeaf holds a leaf to what is required: a reason and a citation; for
// review the thing that would decide; and a verified authority where it
// decides.
func (l *loader) finishLeaf(f *yamlFile, n ast.Node, r *rule, lf *leaf) {
	lf.id = r.id
	lf.place = Problem{File: r.file, Line: r.line, Column: r.col}
	if lf.outcome == "" && lf.route == "" {
		f.errorf(n, "rule %q answers nothing: outcome or route is missing", r.id)
	}
	if lf.outcome == "" {
		return
	}
	if lf.reason == "" {
		f.errorf(n, "rule %q gives no reason", r.id)
	}
	if len(lf.cites) == 0 && !l.policy && lf.outcome != NoConviction {
		f.errorf(n, "rule %q cites nothing", r.id)
	}
	if lf.outcome == Review {
		if len(lf.needs) == 0 {
			f.errorf(n, "rule %q says review and does not name what would decide", r.id)
		}
		return
	}
	for _, c := range lf.cites {
		if !c.Verified {
			f.errorf(n, "rule %q decides on %q, which is not verified; say review", r.id, c.ID)
		}
	}
}

// eras compiles by_date and proves that the ranges follow each other without
// gap or overlap over the law's whole life.
func (l *loader) eras(f *yamlFile, fd field) []era {
	var out []era
	next := l.law.From
	for _, item := range f.items(fd.value) {
		e := era{line: item.GetToken().Position.Line, col: item.GetToken().Position.Column}
		for _, v := range f.fields(item, "from", "until", "rules") {
			switch v.key {
			case "from":
				e.from = f.day(v.value)
			case "until":
				e.until = f.day(v.value)
			case "rules":
				e.list = l.rules(f, v.value)
			}
		}
		switch {
		case next == 0:
			f.errorf(item, "this range comes after one that never ends")
		case e.from > next:
			f.errorf(item, "no range covers %s to %s", next, e.from.AddDays(-1))
		case e.from < next:
			f.errorf(item, "this range begins %s, before the one before it ends", e.from)
		}
		next = 0
		if e.until != 0 {
			next = e.until.AddDays(1)
		}
		out = append(out, e)
	}
	if next != 0 && (l.law.Until == 0 || next <= l.law.Until) {
		f.errorf(fd.at, "no range covers %s and after", next)
	}
	return out
}
