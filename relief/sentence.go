package relief

import (
	"fmt"
	"io"
	"strings"

	"github.com/casefold/casefold"
)

// describe gives a proof node its words and its answer.
func (l *Law) describe(c *clause, v verdict, n *Node) {
	n.Text, n.Truth, n.Cause, n.clause = c.text, v.truth(), v.cause().String(), c
	n.negates = c.op == opNot
	n.quantifies = c.op == opAtom && l.atoms[c.atom].quant != nil
	for _, cite := range c.cites {
		n.Cites = append(n.Cites, cite.String())
	}
	if c.op == opUnsettled && v.truth() == casefold.Unknown {
		n.Found = append(n.Found, "not settled: "+c.why)
	}
}

// phraseClauses writes every clause as an English phrase, from the same tree
// that decides.
func (l *Law) phraseClauses() {
	for _, c := range l.clauses {
		c.text = l.phrase(c, true)
	}
}

func (l *Law) phrase(c *clause, yes bool) string {
	switch c.op {
	case opAll, opAny:
		word := " and "
		if (c.op == opAny) == yes {
			word = " or "
		}
		parts := make([]string, len(c.kids))
		for i, k := range c.kids {
			parts[i] = l.phrase(k, yes)
			if k.op == opAll || k.op == opAny {
				parts[i] = "(" + parts[i] + ")"
			}
		}
		return strings.Join(parts, word)
	case opNot:
		return l.phrase(c.kids[0], !yes)
	case opPresume:
		return fmt.Sprintf("%s [where not told, presumed %s under %s]", l.phrase(c.kids[0], yes), c.to, joinCites(c.cites))
	case opTreat:
		return fmt.Sprintf("%s [where unknown, taken as %s under %s]", l.phrase(c.kids[0], yes), c.to, joinCites(c.cites))
	case opUntold:
		if yes {
			return "it is not told whether " + l.phrase(c.kids[0], true)
		}
		return "it is told whether " + l.phrase(c.kids[0], true)
	case opUnsettled:
		return fmt.Sprintf("%s [not settled: %s]", l.phrase(c.kids[0], yes), c.why)
	case opUse:
		if yes {
			return c.why
		}
		return "it is not so that " + c.why
	}
	return l.atomPhrase(&l.atoms[c.atom], yes)
}

func (l *Law) atomPhrase(a *atom, yes bool) string {
	if a.quant != nil {
		return l.quantPhrase(a.quant, yes)
	}
	says := a.pred.says
	if a.arg.kind == argYes && !a.arg.yes {
		yes = !yes
	}
	if !yes {
		says = a.pred.deny
	}
	if !strings.Contains(says, "%") {
		return says
	}
	return fmt.Sprintf(says, l.argPhrase(a.pred, &a.arg))
}

// argPhrase is the argument as it stands in a sentence.
func (l *Law) argPhrase(p *predicate, a *arg) string {
	switch a.kind {
	case argDay:
		return a.day.String()
	case argInt:
		return fmt.Sprint(a.n)
	case argDecimal:
		return a.decimal()
	}
	words := make([]string, len(a.words))
	for i, w := range a.words {
		words[i] = strings.ReplaceAll(w, "_", " ")
		switch p.name {
		case "file_shows":
			words[i] = "that " + strings.TrimPrefix(enteredDoc(w), "whether ")
		case "family", "charge_family":
			words[i] = l.families.says[w]
		case "on_list", "registers_for":
			words[i] = l.listTitle(w)
		case "event":
			words[i] = "an event of kind " + w
		}
	}
	switch {
	case len(words) == 1:
		return words[0]
	case len(words) > 12:
		return fmt.Sprintf("one of %d kinds (%s and so on)", len(words), strings.Join(words[:2], ", "))
	}
	return strings.Join(words[:len(words)-1], ", ") + " or " + words[len(words)-1]
}

var domainPlurals = map[domain]string{ofConviction: "other conviction", ofEvent: "later event",
	ofRegistration: "registration", ofCharge: "charge of the same case"}

var domainSingulars = map[domain]string{ofConviction: "another conviction", ofEvent: "a later event",
	ofRegistration: "a registration", ofCharge: "a charge of the same case"}

func (l *Law) quantPhrase(q *quantifier, yes bool) string {
	what, where := domainPlurals[q.domain], l.phrase(q.where, true)
	var s string
	switch {
	case !q.count && yes:
		s = fmt.Sprintf("there is %s of which holds: %s", domainSingulars[q.domain], where)
	case !q.count:
		s = fmt.Sprintf("there is no %s of which holds: %s", what, where)
	default:
		unit := what + "s"
		if q.byCase {
			unit = "cases with " + domainSingulars[q.domain]
		}
		word := "at least"
		n := q.atLeast
		if !yes {
			word, n = "fewer than", q.atLeast
		}
		s = fmt.Sprintf("there are %s %d %s of which holds: %s", word, n, unit, where)
	}
	switch {
	case len(q.absent.presumed) > 0:
		s += fmt.Sprintf(" [none shown: presumed none under %s]", joinCites(q.absent.presumed))
	case q.absent.witness != "":
		s += fmt.Sprintf(" [none shown: believed only with a witness for %s]", q.absent.witness)
	}
	return s
}

// presumedText says in few words what a presumption settled.
func (l *Law) presumedText(c *clause) string {
	if c.op == opAtom {
		if q := l.atoms[c.atom].quant; q.says != "" {
			return "no " + q.says
		}
		return "no such " + domainPlurals[l.atoms[c.atom].quant.domain]
	}
	return l.phrase(c.kids[0], c.to == casefold.True)
}

// Explain prints the policy as English: its rules in order, beside the law.
func (p *Policy) Explain(w io.Writer) error {
	var b strings.Builder
	fmt.Fprintf(&b, "%s\n%s, version %s, over %s\nsource: %s\n", p.Title, p.Name, p.Version, p.Law, p.Source)
	if len(p.law.defOrder) > 0 {
		b.WriteString("\nTerms of the policy\n")
		p.law.writeTerms(&b)
	}
	b.WriteString("\nRules, in order, after the law has answered; the first that holds decides, and none gives less than the law\n")
	p.law.writeRules(&b, p.law.rules, 1)
	_, err := io.WriteString(w, b.String())
	return err
}

// ExplainLaw prints the law as English: what it rests on, its defined terms, its
// rules in order, its routes.
func (l *Law) ExplainLaw(w io.Writer) error {
	var b strings.Builder
	fmt.Fprintf(&b, "%s\n%s, %s, version %s, in force from %s\n", l.Title, l.Name, l.Jurisdiction, l.Version, l.From)
	b.WriteString("\nTerms\n")
	l.writeTerms(&b)
	b.WriteString("\nRules, in order; the first that holds decides\n")
	l.writeRules(&b, l.rules, 1)
	b.WriteString("\nRoutes\n")
	l.writeRules(&b, l.routes, 1)
	if len(l.notes) > 0 {
		b.WriteString("\nNotes on what is owed\n")
		for _, m := range l.notes {
			word := "where"
			if m.unknown {
				word = "while it is unknown whether"
			}
			fmt.Fprintf(&b, "  - %s %s, it is said: %s.\n", word, m.when.text, m.say)
		}
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// writeTerms prints what the defined terms mean.
func (l *Law) writeTerms(b *strings.Builder) {
	for _, name := range l.defOrder {
		d := l.defs[name]
		for where := ofSubject; where <= ofCharge; where++ {
			if c := d.compiled[where]; c != nil {
				if c.text != d.says {
					fmt.Fprintf(b, "  %q means: %s.\n", d.says, c.text)
				}
				break
			}
		}
	}
}

func (l *Law) writeRules(b *strings.Builder, list []*rule, depth int) {
	indent := strings.Repeat("  ", depth)
	for _, r := range list {
		when := "otherwise"
		if r.when != nil {
			when = "if " + r.when.text
		}
		switch {
		case r.leaf != nil:
			fmt.Fprintf(b, "%s- [%s] %s: %s.\n", indent, r.id, when, r.leaf.phrase())
		case r.eras != nil:
			fmt.Fprintf(b, "%s- [%s] %s, by the day in question:\n", indent, r.id, when)
			for _, e := range r.eras {
				until := "on"
				if e.until != 0 {
					until = "to " + e.until.String()
				}
				fmt.Fprintf(b, "%s  from %s %s:\n", indent, e.from, until)
				l.writeRules(b, e.list, depth+2)
			}
		default:
			fmt.Fprintf(b, "%s- [%s] %s:\n", indent, r.id, when)
			l.writeRules(b, r.list, depth+1)
		}
	}
}

func (lf *leaf) phrase() string {
	if lf.outcome == "" {
		return "route " + lf.route
	}
	s := string(lf.outcome) + ", because " + lf.reason
	if lf.newLaw != "" {
		s += " (" + lf.newLaw + ")"
	}
	if len(lf.needs) > 0 {
		s += "; needs " + strings.Join(lf.needs, "; ")
	}
	if len(lf.cites) > 0 {
		s += " [" + joinCites(lf.cites) + "]"
	}
	return s
}

func (l *Law) listTitle(name string) string {
	for _, s := range l.lists {
		if s.Name == name {
			return s.Title
		}
	}
	return name
}
