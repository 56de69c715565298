package relief

import (
	"slices"
	"strings"

	"github.com/casefold/casefold"
)

// A conclusion is what equal fact vectors share: everything of a determination
// that does not name a particular conviction.
type conclusion struct {
	outcome  Outcome
	leaf     *leaf // the leaf that speaks; nil where possible outcomes differ
	possible []*leaf
	lacks    []int // atoms to ask for the missing facts
	route    string
	reason   string
	citation string
	needs    []string  // static: what review leaves and unsettled clauses name
	missing  []Missing // of a conviction whose offence may be of several families
}

// A question is a node of the trie: either it asks an atom and has a branch for
// each verdict seen so far, or it is done.
type question struct {
	ask      int
	branches []branch
	done     *conclusion
}

type branch struct {
	v    verdict
	next *question
}

// A recorded environment answers from a path of the trie. The first atom that
// the path does not hold is what the next question asks.
type recorded struct {
	day   casefold.Day
	have  []verdict // by atom; noAnswer where not asked
	asked int       // -1: the path was enough
}

const noAnswer = verdict(0xff)

func (r *recorded) asOf() casefold.Day { return r.day }
func (r *recorded) stopped() bool      { return r.asked >= 0 }

func (r *recorded) atom(i int, _ *Node) verdict {
	if v := r.have[i]; v != noAnswer {
		return v
	}
	if r.asked < 0 {
		r.asked = i
	}
	return unknown(missing)
}

// A trie remembers the conclusion of every fact vector met. It belongs to one
// Decider. grow is called where a path was never walked before.
type trie struct {
	root  *question
	atoms int
	grow  func(r *recorded) *conclusion // nil where r lacked an atom
}

func newTrie(atoms int, day casefold.Day, grow func(*recorded) *conclusion) *trie {
	t := &trie{atoms: atoms, grow: grow}
	t.root = t.question(&recorded{day: day, have: noAnswers(atoms)})
	return t
}

func noAnswers(n int) []verdict {
	out := make([]verdict, n)
	for i := range out {
		out[i] = noAnswer
	}
	return out
}

func (t *trie) question(r *recorded) *question {
	r.asked = -1
	done := t.grow(r)
	if r.asked >= 0 {
		return &question{ask: r.asked}
	}
	return &question{done: done}
}

// conclude follows the facts of x to a conclusion.
func (t *trie) conclude(x *scope) *conclusion {
	q := t.root
next:
	for q.done == nil {
		v := x.atom(q.ask, nil)
		for i := range q.branches {
			if q.branches[i].v == v {
				q = q.branches[i].next
				continue next
			}
		}
		q = t.extend(x, q, v)
	}
	return q.done
}

// extend adds the branch for a verdict not met before on this path. The path's
// atoms are all answered in x, so they are read from there.
func (t *trie) extend(x *scope, q *question, v verdict) *question {
	r := &recorded{day: x.asOf(), have: noAnswers(t.atoms)}
	for p := t.root; p.done == nil; {
		w := x.atom(p.ask, nil)
		r.have[p.ask] = w
		if p == q {
			break
		}
		for i := range p.branches {
			if p.branches[i].v == w {
				p = p.branches[i].next
				break
			}
		}
	}
	child := t.question(r)
	q.branches = append(q.branches, branch{v, child})
	return child
}

// concludeLaw walks rules, routes and notes over a recorded path.
func (l *Law) concludeLaw(r *recorded) *conclusion {
	end := l.walk(l.rules, r)
	if r.asked >= 0 {
		return nil
	}
	c := l.verdictOf(end)
	var presumptions []*clause
	for _, w := range end.whens {
		l.presumptions(w, r, &presumptions)
	}
	c.route = l.routeOf(c, r)
	l.write(c, presumptions, r)
	if r.asked >= 0 {
		return nil
	}
	return c
}

// verdictOf turns what a walk reached into an outcome: one word, or review.
func (l *Law) verdictOf(end reached) *conclusion {
	c := &conclusion{possible: end.leaves, lacks: end.lacks}
	if lf, one := oneAnswer(end.leaves); one {
		c.leaf, c.outcome, c.lacks = lf, lf.outcome, nil
		c.needs = slices.Clone(lf.needs)
		return c
	}
	c.outcome = Review
	for _, o := range end.open {
		if !slices.Contains(c.needs, o.why) {
			c.needs = append(c.needs, o.why)
		}
	}
	for _, lf := range end.leaves {
		for _, need := range lf.needs {
			if !slices.Contains(c.needs, need) {
				c.needs = append(c.needs, need)
			}
		}
	}
	return c
}

const (
	RouteNone     = "none"
	RouteJuvenile = "juvenile"
	RouteOwn      = "own_motion"
)

// routeOf is the path on which the office files: none where nothing is owed,
// except that a juvenile adjudication keeps its route.
func (l *Law) routeOf(c *conclusion, r *recorded) string {
	end := l.walk(l.routes, r)
	if len(end.leaves) == 0 {
		return RouteNone
	}
	route := end.leaves[len(end.leaves)-1].route
	if lf, one := oneAnswer(end.leaves); one {
		route = lf.route
	}
	if !c.outcome.Owed() && route != RouteJuvenile {
		return RouteNone
	}
	return route
}

// write makes the reason and the citation that equal facts share.
func (l *Law) write(c *conclusion, presumptions []*clause, r *recorded) {
	var cites []*Citation
	var b strings.Builder
	switch {
	case c.leaf != nil:
		cites = append(cites, c.leaf.cites...)
		b.WriteString(c.leaf.reason)
		if c.leaf.newLaw != "" {
			b.WriteString(" (" + c.leaf.newLaw + ")")
		}
	default:
		for _, lf := range c.possible {
			cites = append(cites, lf.cites...)
		}
		b.WriteString(openWords(c.possible))
	}
	if c.outcome.Owed() {
		var said []string
		for _, p := range presumptions {
			from := p.cites
			if p.op == opAtom {
				from = l.atoms[p.atom].quant.absent.presumed
			}
			cites = append(cites, from...)
			if l.ofFile(p) {
				continue // what no file was read for goes without saying
			}
			if text := l.presumedText(p) + " (presumed, " + joinCites(from) + ")"; !slices.Contains(said, text) {
				said = append(said, text)
				b.WriteString("; " + text)
			}
		}
		for _, m := range l.notes {
			t := l.eval(m.when, r, nil).truth()
			if t == casefold.True && !m.unknown || t == casefold.Unknown && m.unknown {
				b.WriteString("; " + m.say)
				cites = append(cites, m.cites...)
			}
		}
	}
	c.reason, c.citation = b.String(), joinCites(cites)
}

// ofFile reports whether a presumption is only about what a file might show.
func (l *Law) ofFile(c *clause) bool {
	switch c.op {
	case opAtom:
		p := l.atoms[c.atom].pred
		return p != nil && p.name == "file_shows"
	case opTreat:
		return true // a reading of the law, cited, and no fact
	}
	for _, k := range c.kids {
		if !l.ofFile(k) {
			return false
		}
	}
	return true
}

// openWords says what the facts leave open.
func openWords(leaves []*leaf) string {
	var words []string
	for _, lf := range leaves {
		word := string(lf.outcome)
		if lf.outcome == NoConviction {
			word = "no conviction left"
		}
		words = addWord(words, word)
	}
	return "the facts leave open: " + strings.Join(words, " or ")
}
