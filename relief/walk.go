package relief

import (
	"slices"

	"github.com/casefold/casefold"
)

// An environment answers atoms: from the facts of a conviction, from what a
// trie has recorded, or from facts with proof.
type environment interface {
	atom(i int, proof *Node) verdict
	asOf() casefold.Day
	stopped() bool // an answer is lacking: whatever follows is void
}

// eval evaluates a clause. Without proof it stops as soon as the answer is
// certain; with proof it evaluates everything and fills the node. Both take
// the verdict from the same joins, so they cannot disagree.
func (l *Law) eval(c *clause, env environment, proof *Node) verdict {
	var v verdict
	switch c.op {
	case opAll, opAny:
		v = l.evalJoin(c, env, proof)
	case opNot:
		v = l.kid(c, env, proof).not()
	case opPresume:
		v = l.kid(c, env, proof)
		if v == unknown(missing) {
			v = mk(c.to, presumed)
		}
	case opTreat:
		v = l.kid(c, env, proof)
		if v.truth() == casefold.Unknown {
			v = mk(c.to, presumed)
		}
	case opUntold:
		v = vOf(l.kid(c, env, proof) == unknown(missing))
	case opUnsettled:
		v = l.kid(c, env, proof)
		if v.truth() != casefold.False {
			v = unknown(unsettled)
		}
	case opUse:
		v = l.kid(c, env, proof)
	case opAtom:
		v = env.atom(c.atom, proof)
	}
	if proof != nil {
		l.describe(c, v, proof)
	}
	return v
}

func (l *Law) kid(c *clause, env environment, proof *Node) verdict {
	if proof == nil {
		return l.eval(c.kids[0], env, nil)
	}
	return l.eval(c.kids[0], env, proof.child())
}

func (l *Law) evalJoin(c *clause, env environment, proof *Node) verdict {
	join, stop := verdict.and, casefold.False
	if c.op == opAny {
		join, stop = verdict.or, casefold.True
	}
	var v verdict
	for i, k := range c.kids {
		var w verdict
		if proof == nil {
			w = l.eval(k, env, nil)
		} else {
			w = l.eval(k, env, proof.child())
		}
		if i == 0 {
			v = w
		} else {
			v = join(v, w)
		}
		if proof == nil && v.truth() == stop {
			return v
		}
	}
	return v
}

// A reached set is what a walk can end in: leaves in order of the rules, and
// the atoms whose answer would decide among them.
type reached struct {
	leaves []*leaf
	lacks  []int     // atoms, in order of asking
	whens  []*clause // conditions evaluated on the way that hold or fail for sure
	open   []*clause // unsettled clauses among those that lack
}

// walk runs an ordered list. A rule whose condition is unknown makes its leaf
// possible; it counts as a lack only if its leaf and the rest differ.
func (l *Law) walk(list []*rule, env environment) reached {
	for i, r := range list {
		if r.when == nil {
			return l.branch(r, env)
		}
		v := l.eval(r.when, env, nil)
		if env.stopped() {
			return reached{}
		}
		switch v.truth() {
		case casefold.True:
			out := l.branch(r, env)
			out.whens = append(out.whens, r.when)
			return out
		case casefold.False:
			rest := l.walk(list[i+1:], env)
			rest.whens = append(rest.whens, r.when)
			return rest
		}
		yes, no := l.branch(r, env), l.walk(list[i+1:], env)
		if env.stopped() {
			return reached{}
		}
		return l.unite(r.when, yes, no, env)
	}
	return reached{}
}

func (l *Law) branch(r *rule, env environment) reached {
	switch {
	case r.leaf != nil:
		return reached{leaves: []*leaf{r.leaf}}
	case r.eras != nil:
		for _, e := range r.eras {
			if env.asOf() >= e.from && (e.until == 0 || env.asOf() <= e.until) {
				return l.walk(e.list, env)
			}
		}
	}
	return l.walk(r.list, env)
}

// unite joins what is possible if an unknown condition holds and if it fails.
func (l *Law) unite(when *clause, yes, no reached, env environment) reached {
	out := reached{whens: append(yes.whens, no.whens...)}
	for _, lf := range slices.Concat(yes.leaves, no.leaves) {
		if !slices.Contains(out.leaves, lf) {
			out.leaves = append(out.leaves, lf)
		}
	}
	if _, one := oneAnswer(out.leaves); one {
		return out
	}
	l.lacking(when, env, &out)
	for _, side := range []reached{yes, no} {
		for _, a := range side.lacks {
			if !slices.Contains(out.lacks, a) {
				out.lacks = append(out.lacks, a)
			}
		}
		out.open = append(out.open, side.open...)
	}
	return out
}

// oneAnswer reports whether all leaves give the same word, and the leaf that
// speaks for them: the last, which holds if what is unknown fails.
func oneAnswer(leaves []*leaf) (*leaf, bool) {
	if len(leaves) == 0 {
		return nil, false
	}
	for _, lf := range leaves[1:] {
		if lf.outcome != leaves[0].outcome || lf.route != leaves[0].route {
			return nil, false
		}
	}
	return leaves[len(leaves)-1], true
}

// lacking collects the unknown atoms beneath an unknown clause.
func (l *Law) lacking(c *clause, env environment, out *reached) {
	if l.eval(c, env, nil).truth() != casefold.Unknown {
		return
	}
	switch c.op {
	case opAtom:
		if !slices.Contains(out.lacks, c.atom) {
			out.lacks = append(out.lacks, c.atom)
		}
	case opUnsettled:
		if !slices.Contains(out.open, c) {
			out.open = append(out.open, c)
		}
		l.lacking(c.kids[0], env, out)
	default:
		for _, k := range c.kids {
			l.lacking(k, env, out)
		}
	}
}

// presumptions lists the presumptions that settled conditions on the way.
func (l *Law) presumptions(c *clause, env environment, out *[]*clause) {
	v := l.eval(c, env, nil)
	if v.cause() != presumed {
		return
	}
	switch c.op {
	case opPresume, opTreat:
		if l.eval(c.kids[0], env, nil).truth() == casefold.Unknown {
			*out = append(*out, c)
			return
		}
	case opAtom:
		if q := l.atoms[c.atom].quant; q != nil && len(q.absent.presumed) > 0 && v.truth() == casefold.False {
			*out = append(*out, c)
		}
		return
	}
	for _, k := range c.kids {
		l.presumptions(k, env, out)
	}
}
