package relief

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/casefold/casefold"
)

// A caseConviction is one conviction line of a case while it is read.
type caseConviction struct {
	casefold.Conviction
	convicted, offense  casefold.Date
	offenseTold         bool
	offenseUntold       bool
	levels              []casefold.Level
	entered             casefold.Level
	group               string // cases of equal group are one case
	county              string
	source              casefold.TellerKind
	beside              casefold.TellerKind // a row of it belongs to the count and tells no outcome
	serving, endUntold  bool
	numberUntold        bool
	captionUntold, weak bool
	listing             casefold.Listing
	listingUntold       bool
	plants, grams       []string
	city                string
	same                int // conviction number that it may be the same as, 0 none
	arrest              int // number of the arrest it comes from, 0 one of its own
}

// conviction reads a line such as "HS 11359, felony, convicted 2010-05-01".
func (b *caseBuilder) conviction(words string) {
	c := &caseConviction{county: caseCounty, source: casefold.TellerCourt}
	c.Kind, c.Reversed = casefold.AdultConviction, casefold.False
	n := len(b.people)
	c.group = "case " + strconv.Itoa(n+1)
	for i, phrase := range splitPhrases(words) {
		if i == 0 {
			b.section(c, phrase)
			continue
		}
		b.phrase(c, phrase)
	}
	b.people = append(b.people, c)
}

// section reads the first phrase: a section in the contract's form, or
// "unread" where no row tells one.
func (b *caseBuilder) section(c *caseConviction, s string) {
	if s == "unread" {
		return
	}
	o := &c.Offense.Value
	o.Statute = b.statute(s)
	o.Parsed, o.Origin = true, casefold.FromText
	c.Offense.Status = casefold.FactKnown
}

func (b *caseBuilder) phrase(c *caseConviction, phrase string) {
	word, rest, _ := strings.Cut(phrase, " ")
	rest = strings.TrimSpace(rest)
	switch word {
	case "felony", "misdemeanor", "infraction":
		c.levels = append(c.levels, casefold.Level(word))
	case "entered":
		c.entered = casefold.Level(rest)
	case "convicted":
		c.convicted = b.date(rest)
	case "offense":
		if c.offenseUntold = rest == "untold"; !c.offenseUntold {
			c.offense, c.offenseTold = b.date(rest), true
		}
	case "arrested":
		c.ArrestDate = casefold.Fact[casefold.Date]{Value: b.date(rest), Status: casefold.FactKnown}
	case "charged":
		c.FiledDate = casefold.Fact[casefold.Date]{Value: b.date(rest), Status: casefold.FactKnown}
	case "sentenced":
		c.SentenceDate = casefold.Fact[casefold.Date]{Value: b.date(rest), Status: casefold.FactKnown}
	case "code":
		c.Offense.Value.CJIS, c.Offense.Value.Origin, c.Offense.Status = rest, casefold.FromCode, casefold.FactKnown
	case "qualifier":
		c.Offense.Value.Qualifiers = append(c.Offense.Value.Qualifiers, rest)
	case "reads":
		c.Offense.Value.Verbatim = strings.Trim(rest, `"`)
	case "also":
		c.Offense.Value.Also = append(c.Offense.Value.Also, b.statute(rest))
	case "or":
		o := casefold.Offense{Statute: b.statute(rest), Parsed: true, Origin: casefold.FromText}
		c.Offense.Status = casefold.FactConflicting
		c.Offense.Others = append(c.Offense.Others, casefold.Told[casefold.Offense]{Value: o})
	case "comment":
		c.Offense.Value.Origin = casefold.FromComment
	case "plants":
		c.plants = append(c.plants, rest)
	case "grams":
		c.grams = append(c.grams, rest)
	case "then":
		b.event(c, rest)
	default:
		b.rarePhrase(c, phrase, word, rest)
	}
}

// rarePhrase reads the phrases about court, kind, sentence, list and rows.
func (b *caseBuilder) rarePhrase(c *caseConviction, phrase, word, rest string) {
	switch word {
	case "juvenile", "federal", "other_state", "inferred":
		c.Kind = casefold.ConvictionKind(word)
	case "case":
		c.group = rest
	case "court":
		if c.county = rest; rest == "untold" {
			c.county = ""
		}
	case "city":
		c.city = rest
	case "prison", "county_prison", "jail", "probation", "life", "death", "fine":
		b.sentence(c, casefold.SentenceKind(word), rest)
	case "serving":
		c.serving = true
	case "told":
		c.source = casefold.TellerKind(strings.TrimPrefix(rest, "by "))
	case "beside":
		c.beside = casefold.TellerKind(rest)
	case "listed", "unchallenged", "challenged", "upheld", "not_listed":
		c.listing = casefold.Listing(word)
	case "listing":
		c.listingUntold = true
	case "standing":
		c.Reversed = casefold.Unknown // "standing untold"
	case "marker":
		c.Disposition.Value.Code = rest
	case "weak":
		c.weak = true
	case "same":
		c.same = b.int(strings.TrimPrefix(rest, "as "))
	case "elsewhere":
		k, day, _ := strings.Cut(rest, " ")
		c.Beside = append(c.Beside, casefold.Twin{Events: []casefold.LaterEvent{{Relief: casefold.Relief{Kind: casefold.ReliefKind(k), Date: b.date(day)}}}})
	case "arrest":
		c.arrest = b.int(rest)
	case "number":
		c.numberUntold = true
	case "caption":
		c.captionUntold = true
	case "end":
		c.endUntold = true
	default:
		b.r.errorf("the phrase %q is not understood; relief/laws/README.md lists them", phrase)
	}
}

func (b *caseBuilder) sentence(c *caseConviction, kind casefold.SentenceKind, rest string) {
	p := casefold.SentencePart{Kind: kind}
	if rest != "" {
		if n, _ := fmt.Sscanf(rest, "%d months", &p.Length); n != 1 {
			b.r.errorf("a sentence is written as %q", string(kind)+" 36 months")
		}
		p.Unit = "M"
	}
	c.Sentence = append(c.Sentence, p)
}

func (b *caseBuilder) int(s string) int {
	n, err := strconv.Atoi(s)
	if err != nil || n < 1 || n > 9 {
		b.r.errorf("%q is not the number of a conviction", s)
	}
	return n
}

// event reads "then KIND DATE", with "weak" behind it where only a row on a
// weak link tells it.
func (b *caseBuilder) event(c *caseConviction, rest string) {
	kind, day, _ := strings.Cut(rest, " ")
	day, weak := strings.CutSuffix(day, "weak")
	k := casefold.ReliefKind(kind)
	if !slices.Contains(reliefKinds, k) {
		b.r.errorf("no later event is of kind %q", kind)
	}
	e := casefold.LaterEvent{Relief: casefold.Relief{Kind: k, Date: b.date(day)}}
	if weak {
		e.Tellers = []casefold.Teller{{Source: "other", RowKey: strconv.Itoa(b.r.line)}}
		b.weak(e.Tellers[0])
	}
	c.Events = append(c.Events, e)
	if mayUndo(k) && c.Reversed == casefold.False {
		c.Reversed = casefold.Unknown
	}
	if k == casefold.Reversed {
		c.Reversed = casefold.True
	}
}

// finish turns what was read into a history and a context.
func (b *caseBuilder) finish() Case {
	h := &b.c.History
	h.PersonID = "P-" + b.c.ID
	groups := map[string]int{}
	for i, p := range b.people {
		k, ok := groups[p.group]
		if !ok {
			k = len(h.Cases)
			groups[p.group] = k
			h.Cases = append(h.Cases, casefold.Case{})
		}
		p.Case, p.Cycle = k, i
		if p.arrest > 0 {
			p.Cycle = p.arrest - 1
		}
		h.Cycles = append(h.Cycles, casefold.Cycle{Agency: casefold.Agency{Name: p.city, Kind: casefold.Police}})
		h.Convictions = append(h.Convictions, b.complete1(p, i))
		h.Cases[k].Counts = append(h.Cases[k].Counts, casefold.Count{Offense: &h.Convictions[i].Offense.Value, Conviction: i})
	}
	if len(b.people) == 0 {
		b.r.errorf("case %s holds no conviction", b.c.ID)
		return b.c
	}
	for _, s := range b.charges {
		h.Cases[0].Counts = append(h.Cases[0].Counts, casefold.Count{Offense: &casefold.Offense{Statute: s, Parsed: true}, Conviction: -1})
	}
	b.person(h)
	b.context()
	if len(b.c.Wants) == 0 {
		b.r.errorf("case %s expects nothing: write = outcome", b.c.ID)
	}
	return b.c
}

// complete1 fills what the line did not say with the defaults of Case.
func (b *caseBuilder) complete1(p *caseConviction, i int) casefold.Conviction {
	c := p.Conviction
	c.ID, c.PersonID = fmt.Sprintf("%s-%d", b.c.ID, i+1), b.c.History.PersonID
	teller := casefold.Teller{Source: string(p.source), RowKey: strconv.Itoa(i + 1)}
	c.Tellers = []casefold.Teller{teller}
	known := casefold.FactKnown
	if p.county != "" {
		kind := casefold.SuperiorCourt
		if c.Kind == casefold.Juvenile {
			kind = casefold.JuvenileCourt
		}
		c.Court = casefold.Fact[casefold.Agency]{Status: known, Tellers: c.Tellers,
			Value: casefold.Agency{Name: p.county + " SUPERIOR COURT", County: p.county, State: "CA", Kind: kind}}
	}
	if !p.numberUntold {
		c.CaseNumber = casefold.Fact[string]{Value: p.group, Status: known, Tellers: c.Tellers}
		c.Numbers = []casefold.CaseNumber{{Verbatim: p.group, Family: "CASC " + p.county, Key: p.group}}
	}
	if !p.captionUntold && (p.source == casefold.TellerCourt || p.source == casefold.TellerState) {
		c.Caption = casefold.Caption{From: p.source, Teller: teller, Name: "DOE, JOHN"}
	}
	if c.Kind != casefold.InferredByMarker {
		c.Disposition.Value.Status, c.Disposition.Status, c.Disposition.Tellers = casefold.Convicted, known, c.Tellers
	}
	if p.convicted.Known() {
		c.ConvictionDate = casefold.Fact[casefold.Date]{Value: p.convicted, Status: known, Tellers: c.Tellers}
	}
	switch {
	case p.offenseTold:
		c.OffenseDate = casefold.Fact[casefold.Date]{Value: p.offense, Status: known, Tellers: c.Tellers}
	case !p.offenseUntold && p.convicted.Known():
		d := casefold.Between(p.convicted.First.AddDays(-30), p.convicted.Last.AddDays(-30))
		c.OffenseDate = casefold.Fact[casefold.Date]{Value: d, Status: known, Tellers: c.Tellers}
	}
	c.Level = levelFact(p.levels, c.Tellers)
	c.LevelAtEntry = c.Level
	if p.entered != "" {
		c.LevelAtEntry = levelFact([]casefold.Level{p.entered}, c.Tellers)
	}
	c.Plants, c.Grams = quantityFact(p.plants, c.Tellers), quantityFact(p.grams, c.Tellers)
	if p.listing != "" {
		c.Listing = casefold.Fact[casefold.Listing]{Value: p.listing, Status: known}
	}
	if p.same > 0 {
		c.PossiblySame = []string{fmt.Sprintf("%s-%d", b.c.ID, p.same)}
	}
	b.sentenceEnd(p, &c)
	if p.beside != "" {
		c.Tellers = []casefold.Teller{teller, {Source: string(p.beside), RowKey: teller.RowKey + "b"}}
		slices.SortFunc(c.Tellers, casefold.CompareTellers)
	}
	if p.weak {
		b.weak(teller)
	}
	return c
}

func (b *caseBuilder) weak(t casefold.Teller) {
	if b.c.Context.Weak == nil {
		b.c.Context.Weak = map[casefold.Teller]bool{}
	}
	b.c.Context.Weak[t] = true
}

// sentenceEnd dates the end by the longest part; without a sentence it is a
// year after the conviction, unless the case says that it is not told.
func (b *caseBuilder) sentenceEnd(p *caseConviction, c *casefold.Conviction) {
	if p.serving {
		c.SentenceEnd = casefold.Fact[casefold.Date]{Value: casefold.On(b.c.Context.AsOf.AddYears(1)), Status: casefold.FactKnown}
		b.stays = append(b.stays, casefold.Stay{From: p.convicted, To: casefold.On(b.c.Context.AsOf.AddYears(1)), Tellers: c.Tellers})
		return
	}
	if p.endUntold || !p.convicted.Known() {
		return
	}
	months := 12
	for i, part := range c.Sentence {
		if i == 0 || part.Length > months {
			months = part.Length
		}
	}
	end := casefold.Between(p.convicted.First.AddMonths(months), p.convicted.Last.AddMonths(months))
	c.SentenceEnd = casefold.Fact[casefold.Date]{Value: end, Status: casefold.FactPresumed, Tellers: c.Tellers}
}

func levelFact(levels []casefold.Level, by []casefold.Teller) casefold.Fact[casefold.Level] {
	switch len(levels) {
	case 0:
		return casefold.Fact[casefold.Level]{}
	case 1:
		return casefold.Fact[casefold.Level]{Value: levels[0], Status: casefold.FactKnown, Tellers: by}
	}
	return casefold.Fact[casefold.Level]{Value: levels[0], Status: casefold.FactConflicting,
		Others: []casefold.Told[casefold.Level]{{Value: levels[1]}}}
}

func quantityFact(values []string, by []casefold.Teller) casefold.Fact[string] {
	switch len(values) {
	case 0:
		return casefold.Fact[string]{}
	case 1:
		return casefold.Fact[string]{Value: values[0], Status: casefold.FactKnown, Tellers: by}
	}
	return casefold.Fact[string]{Value: values[0], Status: casefold.FactConflicting,
		Others: []casefold.Told[string]{{Value: values[1]}}}
}

func (b *caseBuilder) person(h *casefold.History) {
	h.Registrations, h.Supervision = b.regs, b.stays
	if b.dead != nil {
		h.Deceased = casefold.Fact[casefold.Date]{Value: *b.dead, Status: casefold.FactKnown}
		h.Deaths = []casefold.Told[casefold.Date]{{Value: *b.dead}}
	}
	births := b.births
	if len(births) == 0 && !b.noBirth {
		first := h.Convictions[0].OffenseDate.Value.First
		if first == 0 {
			first = h.Convictions[0].ConvictionDate.Value.First
		}
		if first != 0 {
			births = []casefold.Date{casefold.On(first.AddYears(-30))}
		}
	}
	for i, d := range births {
		h.Births = append(h.Births, casefold.Told[casefold.Date]{Value: d})
		if i == 0 {
			h.Birth = casefold.Fact[casefold.Date]{Value: d, Status: casefold.FactKnown}
			continue
		}
		h.Birth.Status = casefold.FactConflicting
		h.Birth.Others = append(h.Birth.Others, casefold.Told[casefold.Date]{Value: d})
	}
}

// context declares the sources: one per kind of teller, the court complete for
// the questions of the case.
func (b *caseBuilder) context() {
	listing := slices.ContainsFunc(b.people, func(p *caseConviction) bool { return p.listingUntold })
	for _, kind := range []casefold.TellerKind{casefold.TellerState, casefold.TellerCourt, casefold.TellerDA,
		casefold.TellerPolice, casefold.TellerJail, casefold.TellerProbation, casefold.TellerOther} {
		s := casefold.Source{Name: string(kind), Teller: kind, ExtractDate: b.sourceDays[string(kind)]}
		if kind == casefold.TellerCourt {
			for _, q := range b.complete {
				if q != casefold.AboutListing || !listing {
					s.AuthoritativeFor = append(s.AuthoritativeFor, casefold.Coverage{Question: q})
				}
			}
		}
		b.c.Context.Sources = append(b.c.Context.Sources, s)
	}
	for _, f := range b.facts {
		if f.conviction >= len(b.people) {
			b.r.errorf("a fact speaks of conviction %d; there are %d", f.conviction+1, len(b.people))
			continue
		}
		if b.c.Context.Facts == nil {
			b.c.Context.Facts = map[string][]EnteredFact{}
		}
		id := b.c.History.Convictions[f.conviction].ID
		b.c.Context.Facts[id] = append(b.c.Context.Facts[id], EnteredFact{Name: f.name, Value: f.value, By: "clerk", Document: "file"})
	}
}
