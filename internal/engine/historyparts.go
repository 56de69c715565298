package engine

import "github.com/casefold/casefold"

// The parts of a history, field by field. The rows come first, so that each has
// its number in their order; what a person is found by comes before the rest.

func (c *coder) history(h *casefold.History) {
	word(c, &h.PersonID)
	c.rows(&h.Tellers)
	several(c, &h.Names, c.p.names, toldName)
	several(c, &h.Births, c.p.dates, toldDate)
	several(c, &h.Identifiers, c.p.identifiers, func(c *coder, t *casefold.Told[casefold.Identifier]) { told(c, t, (*coder).identifier) })
	fact(c, &h.Birth, (*coder).date)
	fact(c, &h.Sex, word)
	fact(c, &h.Race, word)
	fact(c, &h.Deceased, (*coder).date)
	several(c, &h.Cycles, c.p.cycles, (*coder).cycle)
	several(c, &h.Cases, c.p.cases, (*coder).file)
	several(c, &h.Convictions, c.p.convictions, (*coder).conviction)
	several(c, &h.Registrations, nil, (*coder).registration)
	several(c, &h.Custody, c.p.stays, (*coder).stay)
	several(c, &h.Supervision, c.p.stays, (*coder).stay)
	several(c, &h.Deaths, nil, toldDate)
	several(c, &h.Gaps, c.p.gaps, (*coder).gap)
	several(c, &h.Findings, c.p.findings, (*coder).finding)
}

func toldName(c *coder, t *casefold.Told[casefold.Name]) { told(c, t, (*coder).name) }
func toldDate(c *coder, t *casefold.Told[casefold.Date]) { told(c, t, (*coder).date) }

func (c *coder) name(n *casefold.Name) {
	word(c, &n.Verbatim)
	word(c, &n.Last)
	word(c, &n.First)
	word(c, &n.Middle)
	word(c, &n.Suffix)
	word(c, &n.Kind)
}

func (c *coder) identifier(id *casefold.Identifier) {
	word(c, &id.Kind)
	word(c, &id.Issuer)
	word(c, &id.How)
	word(c, &id.Value)
	word(c, &id.Verbatim)
}

func (c *coder) cycle(y *casefold.Cycle) {
	c.date(&y.Date)
	c.agency(&y.Agency)
	several(c, &y.Arrests, c.p.counts, (*coder).count)
	several(c, &y.Cases, c.p.numbers, (*coder).integer)
	c.rows(&y.Tellers)
}

func (c *coder) file(f *casefold.Case) {
	fact(c, &f.Court, (*coder).agency)
	several(c, &f.Numbers, c.p.caseNumbers, (*coder).caseNumber)
	fact(c, &f.Filed, (*coder).date)
	several(c, &f.Counts, c.p.counts, (*coder).count)
	c.rows(&f.Tellers)
}

func (c *coder) count(n *casefold.Count) {
	word(c, &n.Number)
	there := n.Offense != nil
	if c.flag(&there); there {
		if n.Offense == nil {
			n.Offense = &c.p.offenses.take(1)[0]
		}
		c.offense(n.Offense)
	}
	fact(c, &n.Disposition, (*coder).disposition)
	c.date(&n.Date)
	c.integer(&n.Conviction)
	c.rows(&n.Tellers)
}

func (c *coder) conviction(v *casefold.Conviction) {
	word(c, &v.ID)
	word(c, &v.PersonID)
	word(c, &v.Kind)
	fact(c, &v.Court, (*coder).agency)
	fact(c, &v.CaseNumber, word)
	several(c, &v.Numbers, c.p.caseNumbers, (*coder).caseNumber)
	several(c, &v.Related, c.p.caseNumbers, (*coder).caseNumber)
	fact(c, &v.Count, word)
	fact(c, &v.Offense, (*coder).offense)
	fact(c, &v.Filed, (*coder).offense)
	fact(c, &v.Arrested, (*coder).offense)
	fact(c, &v.Level, word)
	fact(c, &v.LevelAtEntry, word)
	fact(c, &v.ArrestDate, (*coder).date)
	fact(c, &v.OffenseDate, (*coder).date)
	fact(c, &v.FiledDate, (*coder).date)
	fact(c, &v.PleaDate, (*coder).date)
	fact(c, &v.ConvictionDate, (*coder).date)
	fact(c, &v.SentenceDate, (*coder).date)
	fact(c, &v.Disposition, (*coder).disposition)
	several(c, &v.Sentence, c.p.sentences, (*coder).sentence)
	fact(c, &v.SentenceEnd, (*coder).date)
	several(c, &v.Events, c.p.later, (*coder).later)
	fact(c, &v.Listing, word)
	fact(c, &v.Grams, word)
	fact(c, &v.Plants, word)
	c.truth(&v.Reversed)
	c.integer(&v.Cycle)
	c.integer(&v.Case)
	several(c, &v.PossiblySame, c.p.words, word)
	several(c, &v.Beside, nil, (*coder).twin)
	c.rows(&v.Tellers)
	c.caption(&v.Caption)
}

func (c *coder) agency(a *casefold.Agency) {
	word(c, &a.ORI)
	word(c, &a.Name)
	word(c, &a.Verbatim)
	word(c, &a.County)
	word(c, &a.State)
	word(c, &a.Kind)
}

func (c *coder) caseNumber(n *casefold.CaseNumber) {
	word(c, &n.Verbatim)
	word(c, &n.Family)
	word(c, &n.Key)
	word(c, &n.Defendant)
}

func (c *coder) statute(s *casefold.Statute) {
	word(c, &s.Code)
	word(c, &s.Section)
	word(c, &s.Path)
	word(c, &s.Inchoate)
}

func (c *coder) offense(o *casefold.Offense) {
	c.statute(&o.Statute)
	several(c, &o.Also, c.p.statutes, (*coder).statute)
	word(c, &o.Verbatim)
	word(c, &o.CJIS)
	word(c, &o.Level)
	several(c, &o.Qualifiers, c.p.qualifiers, word)
	word(c, &o.Origin)
	c.flag(&o.Parsed)
	c.date(&o.InForce)
}

func (c *coder) disposition(d *casefold.Disposition) {
	word(c, &d.Status)
	word(c, &d.Verbatim)
	word(c, &d.Code)
}

func (c *coder) sentence(s *casefold.SentencePart) {
	word(c, &s.Kind)
	c.integer(&s.Length)
	word(c, &s.Unit)
	word(c, &s.Verbatim)
}

func (c *coder) twin(t *casefold.Twin) {
	word(c, &t.ID)
	fact(c, &t.Listing, word)
	several(c, &t.Events, c.p.later, (*coder).later)
}

func (c *coder) later(e *casefold.LaterEvent) {
	word(c, &e.Kind)
	c.date(&e.Date)
	word(c, &e.ToLevel)
	word(c, &e.Law)
	word(c, &e.Verbatim)
	c.rows(&e.Tellers)
}

func (c *coder) caption(p *casefold.Caption) {
	there := *p != (casefold.Caption{})
	if c.flag(&there); !there {
		return
	}
	word(c, &p.From)
	word(c, &p.Teller.Source)
	c.rowKey(&p.Teller.RowKey)
	word(c, &p.Name)
	word(c, &p.BirthDate)
	word(c, &p.CaseNumber)
}

func (c *coder) registration(r *casefold.Registration) {
	c.statute(&r.Statute)
	c.date(&r.Date)
	c.rows(&r.Tellers)
}

func (c *coder) stay(s *casefold.Stay) {
	c.date(&s.From)
	c.date(&s.To)
	c.agency(&s.Agency)
	c.rows(&s.Tellers)
}

func (c *coder) gap(g *casefold.Gap) {
	word(c, &g.Code)
	c.date(&g.Date)
	word(c, &g.Text)
	c.rows(&g.Tellers)
}

func (c *coder) finding(f *casefold.Finding) {
	word(c, &f.Code)
	word(c, &f.Field)
	word(c, &f.Teller.Source)
	c.rowKey(&f.Teller.RowKey)
	word(c, &f.Detail)
}
