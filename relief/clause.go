package relief

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/goccy/go-yaml/ast"

	"github.com/casefold/casefold"
)

// An op is the kind of a clause.
type op uint8

const (
	opAll op = iota
	opAny
	opNot
	opPresume   // what is not told counts as To, because a section says so
	opTreat     // what is unknown for any cause counts as To, because a section says so
	opUntold    // nobody tells what would answer it
	opUnsettled // yes or unknown becomes unknown: the law is open here
	opUse       // a named clause
	opAtom      // a predicate or a quantifier: one element of the fact vector
)

// A clause is a node of a condition tree.
type clause struct {
	op    op
	kids  []*clause
	to    casefold.Truth
	cites []*Citation
	why   string // unsettled: what is open
	name  string // use: the definition's name
	atom  int    // index into Law.atoms
	id    int    // index into Law.clauses
	text  string // the clause as an English phrase
	file  string
	line  int
	col   int
}

// An atom is one question about facts. Equal questions in a law are one atom.
type atom struct {
	key   string
	pred  *predicate
	arg   arg
	quant *quantifier
}

// A quantifier asks over the things of a domain: other convictions of the
// person, later events, registrations, charges of the same case.
type quantifier struct {
	count   bool
	domain  domain
	where   *clause
	atLeast int
	byCase  bool // count distinct cases
	absent  absence
	says    string // the plural it speaks of, for sentences
}

// An absence tells what "none found" is worth.
type absence struct {
	presumed []*Citation       // presumed by law: a decided No, marked so
	witness  casefold.Question // needs a source complete for the question (or, for relief, the conviction's own court or state row)
}

// A domain is what a quantifier ranges over.
type domain uint8

const (
	ofSubject domain = iota // no quantifier: the conviction itself
	ofConviction
	ofEvent
	ofRegistration
	ofCharge
)

var domainWords = map[string]domain{
	"conviction": ofConviction, "event": ofEvent, "registration": ofRegistration, "charge": ofCharge,
}

var clauseWords = []string{"all", "any", "not", "presume", "treat", "untold", "unsettled", "exists", "count"}

// clause compiles a condition. Where tells which things its predicates are
// about.
func (l *loader) clause(f *yamlFile, n ast.Node, where domain) *clause {
	c := &clause{file: f.name}
	if tok := n.GetToken(); tok != nil && tok.Position != nil {
		c.line, c.col = tok.Position.Line, tok.Position.Column
	}
	if s, ok := n.(*ast.StringNode); ok {
		return l.use(f, n, s.Value, where, c)
	}
	fields := f.fields(n)
	if len(fields) != 1 {
		f.errorf(n, "a clause is one key with its value; this has %d", len(fields))
		return l.number(c)
	}
	fd := fields[0]
	switch fd.key {
	case "all", "any":
		c.op = opAll
		if fd.key == "any" {
			c.op = opAny
		}
		for _, item := range f.items(fd.value) {
			c.kids = append(c.kids, l.clause(f, item, where))
		}
		if len(c.kids) == 0 {
			f.errorf(fd.at, "%q lists no clause", fd.key)
		}
	case "not":
		c.op, c.kids = opNot, []*clause{l.clause(f, fd.value, where)}
	case "untold":
		c.op, c.kids = opUntold, []*clause{l.clause(f, fd.value, where)}
	case "presume", "treat":
		l.presume(f, fd, where, c)
	case "unsettled":
		l.unsettled(f, fd, where, c)
	case "exists", "count":
		c.op, c.atom = opAtom, l.quantifier(f, fd, where)
	default:
		c.op, c.atom = opAtom, l.predicate(f, fd, where)
	}
	return l.number(c)
}

func (l *loader) number(c *clause) *clause {
	c.id = len(l.law.clauses)
	l.law.clauses = append(l.law.clauses, c)
	return c
}

// use refers to a named clause.
func (l *loader) use(f *yamlFile, n ast.Node, name string, where domain, c *clause) *clause {
	c.op, c.name = opUse, name
	def := l.defs[name]
	if def == nil {
		f.errorf(n, "no clause is defined as %q%s", name, nearest(name, sortedKeys(l.defs)))
		return l.number(c)
	}
	if def.busy {
		f.errorf(n, "the clause %q rests on itself", name)
		return l.number(c)
	}
	c.kids = []*clause{l.define(def, where)}
	c.why = def.says
	return l.number(c)
}

// A definition is a named clause: its words and its condition. It is compiled
// once for each domain it is used in.
type definition struct {
	file     *yamlFile
	at       ast.Node
	name     string
	says     string
	that     ast.Node
	compiled map[domain]*clause
	busy     bool
}

func (l *loader) define(def *definition, where domain) *clause {
	if c := def.compiled[where]; c != nil {
		return c
	}
	def.busy = true
	c := l.clause(def.file, def.that, where)
	def.busy = false
	def.compiled[where] = c
	return c
}

// presume compiles {that: clause, is: yes|no, under: [citation]}.
func (l *loader) presume(f *yamlFile, fd field, where domain, c *clause) {
	c.op = opPresume
	if fd.key == "treat" {
		c.op = opTreat
	}
	for _, v := range f.fields(fd.value, "that", "is", "under") {
		switch v.key {
		case "that":
			c.kids = []*clause{l.clause(f, v.value, where)}
		case "is":
			c.to = casefold.Of(f.yesNo(v.value))
		case "under":
			c.cites = l.cites(f, v.value)
		}
	}
	if len(c.kids) == 0 || c.to == casefold.Unknown || len(c.cites) == 0 {
		f.errorf(fd.at, "%s needs that, is and under", fd.key)
		return
	}
	for _, cite := range c.cites {
		if !cite.Verified {
			f.errorf(fd.at, "%s rests on %q, which is not verified; what is not verified may not decide: write unsettled", fd.key, cite.ID)
		}
	}
}

// unsettled compiles {that: clause, why: text, under: [citation]}.
func (l *loader) unsettled(f *yamlFile, fd field, where domain, c *clause) {
	c.op = opUnsettled
	for _, v := range f.fields(fd.value, "that", "why", "under") {
		switch v.key {
		case "that":
			c.kids = []*clause{l.clause(f, v.value, where)}
		case "why":
			c.why = f.text(v.value)
		case "under":
			c.cites = l.cites(f, v.value)
		}
	}
	if len(c.kids) == 0 || c.why == "" || len(c.cites) == 0 {
		f.errorf(fd.at, "unsettled needs that, why and under")
	}
}

// predicate compiles {name: argument}.
func (l *loader) predicate(f *yamlFile, fd field, where domain) int {
	p := findPredicate(fd.key)
	if p == nil {
		words := append(slices.Clone(clauseWords), predicateNames()...)
		f.errorf(fd.at, "unknown fact %q%s", fd.key, nearest(fd.key, words))
		return l.atom(atom{key: "?" + fd.key, pred: &noPredicate})
	}
	if !p.standsIn(where) {
		f.errorf(fd.at, "%q cannot be asked of %s", fd.key, domainName(where))
	}
	a := l.argument(f, p, fd.value)
	return l.atom(atom{key: p.name + " " + a.key(), pred: p, arg: a})
}

// atom returns the index of an equal atom, adding it if it is new.
func (l *loader) atom(a atom) int {
	if i, ok := l.atomIndex[a.key]; ok {
		return i
	}
	l.atomIndex[a.key] = len(l.law.atoms)
	l.law.atoms = append(l.law.atoms, a)
	return len(l.law.atoms) - 1
}

// quantifier compiles exists and count. An absence is worth what absent says:
// presumed by the sections named, or witnessed by a source complete for the
// question; without it, the rows themselves answer.
func (l *loader) quantifier(f *yamlFile, fd field, outer domain) int {
	q := &quantifier{count: fd.key == "count", atLeast: 1}
	if outer != ofSubject {
		f.errorf(fd.at, "%s cannot stand inside another exists or count", fd.key)
	}
	for _, v := range f.fields(fd.value, "of", "where", "at_least", "by", "absent", "says") {
		switch v.key {
		case "of":
			d, ok := domainWords[f.text(v.value)]
			if !ok {
				f.errorf(v.value, "unknown domain %q%s", f.text(v.value), nearest(f.text(v.value), sortedKeys(domainWords)))
			}
			q.domain = d
		case "at_least":
			q.atLeast = f.int(v.value)
		case "by":
			if q.byCase = f.text(v.value) == "case"; !q.byCase {
				f.errorf(v.value, `by can only be "case"`)
			}
		case "absent":
			q.absent = l.absence(f, v.value)
		case "says":
			q.says = f.text(v.value)
		}
	}
	for _, v := range f.fields(fd.value) {
		if v.key == "where" && q.domain != ofSubject {
			q.where = l.clause(f, v.value, q.domain)
		}
	}
	if q.where == nil {
		f.errorf(fd.at, "%s needs of and where", fd.key)
		return l.atom(atom{key: "?" + fd.key, pred: &noPredicate})
	}
	key := fmt.Sprintf("%s %d %d %v %s %s (%s)", fd.key, q.domain, q.atLeast, q.byCase,
		joinCites(q.absent.presumed), q.absent.witness, l.key(q.where))
	return l.atom(atom{key: key, quant: q})
}

func (l *loader) absence(f *yamlFile, n ast.Node) absence {
	var a absence
	for _, v := range f.fields(n, "presumed", "witness") {
		switch v.key {
		case "presumed":
			a.presumed = l.cites(f, v.value)
			for _, c := range a.presumed {
				if !c.Verified {
					f.errorf(v.value, "an absence is presumed under %q, which is not verified", c.ID)
				}
			}
		case "witness":
			q := casefold.Question(f.text(v.value))
			known := []casefold.Question{casefold.AboutConvictions, casefold.AboutRelief, casefold.AboutListing, casefold.AboutSupervision}
			if !slices.Contains(known, q) {
				f.errorf(v.value, "unknown question %q", q)
			}
			a.witness = q
		}
	}
	return a
}

// key is a clause's content as text; equal content gives equal keys.
func (l *loader) key(c *clause) string {
	switch c.op {
	case opAtom:
		return strconv.Itoa(c.atom)
	case opUse:
		if len(c.kids) == 0 {
			return c.name
		}
		return l.key(c.kids[0])
	}
	parts := []string{strconv.Itoa(int(c.op)), c.to.String(), joinCites(c.cites), c.why}
	for _, k := range c.kids {
		parts = append(parts, l.key(k))
	}
	return "(" + strings.Join(parts, " ") + ")"
}

func (f *yamlFile) int(n ast.Node) int {
	v, err := strconv.Atoi(f.text(n))
	if err != nil {
		f.errorf(n, "a whole number is expected here")
	}
	return v
}

func domainName(d domain) string {
	if d == ofSubject {
		return "the conviction itself"
	}
	return domainSingulars[d]
}
