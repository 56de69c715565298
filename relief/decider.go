package relief

import (
	"strings"

	"github.com/casefold/casefold"
)

// A Context is what a determination depends on beside the history.
type Context struct {
	AsOf    casefold.Day
	Office  casefold.Office
	Sources []casefold.Source
	Policy  *Policy // nil: the law alone
	// Facts are what people took from files, by conviction ID.
	Facts map[string][]EnteredFact
	// Weak are rows that belong to the person only by a link below the strict
	// margin or by a name look-up: what rests on them alone proves nothing
	// against the person.
	Weak map[casefold.Teller]bool
}

// A Decider decides histories under one law and context. It remembers the
// conclusions of fact vectors, so it is not safe for several goroutines: each
// worker has its own. Its answers do not depend on what it decided before.
type Decider struct {
	law     *Law
	ctx     Context
	sources map[string]*casefold.Source
	facts   map[string]map[string]EnteredFact
	classes map[classKey]*offenseClass
	trie    *trie
	policy  *Decider // the policy's rules under the same context
	asked   bool     // of a policy's decider: it was asked about the last conviction
	x       scope
}

// Decider prepares a context for deciding many histories.
func (l *Law) Decider(ctx Context) *Decider {
	d := &Decider{law: l, ctx: ctx, sources: map[string]*casefold.Source{}, classes: map[classKey]*offenseClass{}}
	for i := range ctx.Sources {
		d.sources[ctx.Sources[i].Name] = &ctx.Sources[i]
	}
	if len(ctx.Facts) > 0 {
		d.facts = map[string]map[string]EnteredFact{}
		for id, facts := range ctx.Facts {
			d.facts[id] = map[string]EnteredFact{}
			for _, f := range facts {
				d.facts[id][f.Name] = f
			}
		}
	}
	d.x = scope{d: d, day: ctx.AsOf, cache: make([]verdict, len(l.atoms))}
	d.trie = newTrie(len(l.atoms), ctx.AsOf, l.concludeLaw)
	if p := ctx.Policy; p != nil && p.Law == l.Name {
		over := *d
		over.law = p.law
		over.x = scope{d: &over, day: ctx.AsOf, cache: make([]verdict, len(p.law.atoms))}
		over.trie = newTrie(len(p.law.atoms), ctx.AsOf, p.law.concludePolicy)
		d.policy = &over
	}
	return d
}

// entered looks up a fact that a person took from the file of a conviction.
func (d *Decider) entered(conviction, name string) (EnteredFact, bool) {
	if d.facts == nil {
		return EnteredFact{}, false
	}
	f, ok := d.facts[conviction][name]
	return f, ok
}

// classKey is what of an offence decides its class.
type classKey struct {
	casefold.Statute
	cjis, also, qualifiers string
	parsed                 bool
}

// An offenseClass is what a law's tables say of an offence. It is computed once
// per distinct offence.
type offenseClass struct {
	read        bool // the statute is known
	rows        []*familyRow
	older       []*familyRow // in place of rows, where the offence lies before all of them
	codeMissing bool
	layer       inchoate
	marks       []*qualifier
	hits        [][]listHit // by list: of the main statute
	alsoHits    [][]listHit // by list: of further sections of the charge
	also        []*familyRow
}

func (d *Decider) classOf(c *casefold.Conviction) *offenseClass {
	o := &c.Offense.Value
	if v, ok := d.entered(c.ID, "section"); ok {
		if s, err := ParseStatute(v.Value); err == nil {
			o = &casefold.Offense{Statute: s, Parsed: true}
		}
	}
	return d.class(o)
}

func (d *Decider) class(o *casefold.Offense) *offenseClass {
	key := classKey{Statute: o.Statute, cjis: o.CJIS, parsed: o.Parsed}
	if len(o.Also) > 0 {
		var b strings.Builder
		for _, s := range o.Also {
			b.WriteString(s.String() + ";")
		}
		key.also = b.String()
	}
	switch len(o.Qualifiers) {
	case 0:
	case 1:
		key.qualifiers = o.Qualifiers[0]
	default:
		key.qualifiers = strings.Join(o.Qualifiers, "")
	}
	if c := d.classes[key]; c != nil {
		return c
	}
	c := d.law.classify(o)
	d.classes[key] = c
	return c
}

func (l *Law) classify(o *casefold.Offense) *offenseClass {
	c := &offenseClass{layer: l.layerOf(o)}
	c.rows, c.codeMissing = l.families.candidates(o)
	c.older = l.families.older(o.Statute)
	c.read = o.Section != "" || len(c.rows) > 0
	for _, s := range o.Also {
		rows, _ := l.families.candidates(&casefold.Offense{Statute: s})
		c.also = append(c.also, rows...)
	}
	for _, code := range o.Qualifiers {
		if q := l.qualifiers[code]; q != nil {
			c.marks = append(c.marks, q)
		}
	}
	for _, list := range l.lists {
		c.hits = append(c.hits, list.match(o.Statute, c.layer))
		var also []listHit
		for _, s := range o.Also {
			also = append(also, list.match(s, c.layer)...)
		}
		c.alsoHits = append(c.alsoHits, also)
	}
	return c
}
