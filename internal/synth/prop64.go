package synth

import (
	"github.com/casefold/casefold"
)

// Outcome words of the contract.
const (
	dismissAndSeal         = "dismiss_and_seal"
	redesignateMisdemeanor = "redesignate_misdemeanor"
	redesignateInfraction  = "redesignate_infraction"
	noLesser               = "no_lesser"
	felonyStays            = "felony_stays"
	notEligible            = "not_eligible"
	notCovered             = "not_covered"
	alreadyRelieved        = "already_relieved"
	review                 = "review"
)

// outcome decides the conviction under Proposition 64 from the facts that some
// row tells truly, by the blueprint of docs/laws (HS 11361.8, 11361.9): "" for
// a conviction whose reversal is told, which has no determination.
func (v *conviction) outcome(asOf casefold.Day) string {
	for _, e := range v.count.later {
		if e.told && e.kind == casefold.Reversed {
			return ""
		}
	}
	c := v.count.convicted
	switch {
	case !v.told.has(toldSection):
		return review
	case v.file.venue == federalCourt || v.file.venue == otherState:
		return notCovered
	case c.section == "11530" || c.section == "11530.5" || c.section == "11531" || c.section == "11362.77" || c.section == "23222" || c.section == "653f" && c.path == "(d)":
		return v.reviewUnlessRelieved()
	case !c.isCannabis():
		return notCovered
	}
	if v.doubtful() { // dismissed after the conviction: reversed, or a count of a plea
		return review
	}
	switch v.underOldLaw() {
	case casefold.False:
		return notEligible
	case casefold.Unknown:
		return review
	}
	for _, e := range v.count.later {
		if !e.told {
			continue
		}
		switch e.kind {
		case casefold.ReliefProp64, casefold.SealedInnocent:
			return alreadyRelieved
		case casefold.ReliefReduced:
			return review
		}
	}
	serving := v.serving(asOf)
	switch c.inchoate {
	case "182(a)(1)":
		if serving {
			return review
		}
		return notEligible
	case "664":
		if !serving {
			return review
		}
	case "32":
		return review
	}
	if !v.told.has(toldByRecord) { // nobody would show whether relief was granted
		return review
	}
	return v.byAge(asOf)
}

// reviewUnlessRelieved is for sections whose standing under the Act is open.
func (v *conviction) reviewUnlessRelieved() string {
	for _, e := range v.count.later {
		if e.told && e.kind == casefold.ReliefProp64 {
			return alreadyRelieved
		}
	}
	return review
}

// underOldLaw tells whether the offence was committed before the initiative. A
// told arrest on its first day or later says no, and so does a subdivision that
// came with it.
func (v *conviction) underOldLaw() casefold.Truth {
	first, last := v.offenseBounds()
	old := v.count.convicted.class == "cannabis"
	switch {
	case last != 0 && last < newLaw:
		return casefold.True
	case v.told.has(toldOldCode):
		return casefold.Of(old)
	case first >= newLaw, !v.told.has(toldOffenseDate) && v.file.arrest.told && v.file.arrest.day >= newLaw, v.newWording():
		return casefold.False
	}
	return casefold.Unknown
}

// newWording reports a subdivision that the sections did not have before.
func (v *conviction) newWording() bool {
	switch c := v.count.convicted; c.section + c.path {
	case "11358(c)", "11358(d)", "11359(b)", "11359(c)", "11359(d)", "11360(a)(1)", "11360(a)(2)", "11360(a)(3)":
		return true
	}
	return false
}

// offenseBounds is what the rows tell of the offence date; where none tells it,
// the presumption: within 30 days before the arrest, else within two years
// before the conviction. Zero bounds: nothing is told.
func (v *conviction) offenseBounds() (first, last casefold.Day) {
	a := v.file.arrest
	switch {
	case v.told.has(toldOffenseDate):
		return v.count.offense, v.count.offense
	case a.told:
		return a.day.AddDays(-30), a.day
	case v.told.has(toldConvictionDate):
		return v.file.plea.AddYears(-2), v.file.plea
	}
	return 0, 0
}

// serving reports whether the sentence, as imposed, still runs.
func (v *conviction) serving(asOf casefold.Day) bool {
	end, _ := v.count.sentenceEnd(v.file.sentenced)
	return end > asOf
}

// An ageBand is the law's three groups at the offence.
type ageBand int

const (
	under18 ageBand = iota
	from18to20
	from21
)

// byAge decides by every age band that the told dates allow; where they
// disagree, only the birth date or the offence date can decide.
func (v *conviction) byAge(asOf casefold.Day) string {
	first, last := v.offenseBounds()
	lo, hi := under18, from21
	if v.who.birthTold && first != 0 {
		lo, hi = band(v.who.birth, first), band(v.who.birth, last)
	}
	if v.file.venue == juvenileCourt { // which has jurisdiction over minors only
		lo, hi = under18, under18
	}
	out := v.inBand(lo, asOf)
	for b := lo + 1; b <= hi; b++ {
		if v.inBand(b, asOf) != out {
			return review
		}
	}
	return out
}

func band(birth, day casefold.Day) ageBand {
	switch {
	case day < birth.AddYears(18):
		return under18
	case day < birth.AddYears(21):
		return from18to20
	}
	return from21
}

// inBand is the outcome row of the section for an age band.
func (v *conviction) inBand(b ageBand, asOf casefold.Day) string {
	c := v.count.convicted
	if b == under18 {
		return redesignateInfraction
	}
	byBand := redesignateInfraction
	if b == from21 {
		byBand = dismissAndSeal
	}
	level := v.levelTold()
	measured := v.told.has(toldQuantity)
	switch c.section + c.path {
	case "11357(b)":
		switch {
		case b == from21:
			return dismissAndSeal
		case level == casefold.Infraction:
			return noLesser
		case level == "":
			return review
		}
		return redesignateInfraction
	case "11357(c)", "11357(d)":
		return noLesser
	case "11357(a)", "11357":
		limit := 8.0
		if c.path == "" || c.class == "cannabis" && c.to == 19751231 {
			limit = 28.5
		}
		if !measured || v.count.quantity <= limit {
			return byBand
		}
		if level == casefold.Misdemeanor || level == casefold.Infraction {
			return noLesser
		}
		return redesignateMisdemeanor
	case "11357(e)":
		return redesignateInfraction
	case "11360(b)":
		return byBand
	}
	if c.section == "11358" {
		return v.cultivation(byBand, measured, level, asOf)
	}
	return v.felonyOr(redesignateMisdemeanor, level, asOf)
}

// cultivation decides HS 11358, where six plants are the line.
func (v *conviction) cultivation(byBand string, measured bool, level casefold.Level, asOf casefold.Day) string {
	if measured && v.count.quantity <= 6 {
		return byBand
	}
	if measured {
		return v.felonyOr(redesignateMisdemeanor, level, asOf)
	}
	if level == casefold.Misdemeanor || v.unchallenged() {
		return byBand
	}
	switch bar, _ := v.bars(); bar {
	case casefold.False:
		return byBand
	}
	return review
}

// felonyOr is the outcome owed unless a disqualifier lets the felony stand.
func (v *conviction) felonyOr(owed string, level casefold.Level, asOf casefold.Day) string {
	if level == casefold.Misdemeanor || level == casefold.Infraction || v.unchallenged() {
		return owed
	}
	bar, priors := v.bars()
	switch {
	case bar == casefold.True && v.notOnList():
		return felonyStays
	case bar != casefold.False || priors:
		return review
	case v.minorInCase():
		return review
	}
	return owed
}

// unchallenged reports whether the conviction is known to be on the list and
// was not challenged in time: disqualifiers no longer bar relief.
func (v *conviction) unchallenged() bool { return v.listing == casefold.ListedUnchallenged }

// notOnList reports whether the conviction is known not to be on the list, or
// its challenge upheld. The list is complete for the office's county alone.
func (v *conviction) notOnList() bool {
	return v.listing == casefold.ChallengeUpheld || v.listing == casefold.ListingNotTold && v.file.county == office
}

// minorInCase reports a companion conviction under HS 11361.
func (v *conviction) minorInCase() bool {
	for _, k := range v.file.counts {
		if k.truth != nil && k.truth.tellers > 0 && k.convicted.section == "11361" {
			return true
		}
	}
	return false
}

// levelTold is the level as it now stands, as far as rows tell it.
func (v *conviction) levelTold() casefold.Level {
	var l casefold.Level
	if v.told.has(toldLevel) {
		l = v.count.convicted.level
	}
	for _, e := range v.count.later {
		if e.told && e.level != "" {
			l = e.level
		}
	}
	return l
}

// bars tells whether a prior conviction bars relief (DQ1, DQ2), and whether
// there are two or more earlier cases of the same section (DQ3).
func (v *conviction) bars() (bar casefold.Truth, repeated bool) {
	bar = casefold.False
	first, last := v.offenseBounds()
	same := map[*courtCase]bool{}
	for _, p := range v.who.convictions {
		if p == v || p.file == v.file || p.tellers == 0 || !p.told.has(toldSection) || p.undone() {
			continue
		}
		before := p.before(first, last, v)
		if before == casefold.False {
			continue
		}
		c := p.count.convicted
		if c.section == v.count.convicted.section && c.path == v.count.convicted.path && p.file.venue == adultCourt {
			same[p.file] = true
		}
		grave := c.superStrike || c.registers || c.maybeBar
		if !grave {
			continue
		}
		switch {
		case before == casefold.Unknown, c.maybeBar, p.file.venue != adultCourt, p.doubtful():
			if p.file.venue == juvenileCourt && !c.superStrike {
				continue
			}
			bar = bar.Or(casefold.Unknown)
		default:
			bar = casefold.True
		}
	}
	return bar.Or(v.registeredBefore(first)), len(same) > 1
}

// registeredBefore is unknown where the person registered under PC 290 before
// the offence and no row shows the conviction that asked for it; no otherwise.
func (v *conviction) registeredBefore(first casefold.Day) casefold.Truth {
	if v.who.registered == 0 || first != 0 && v.who.registered >= first {
		return casefold.False
	}
	for _, p := range v.who.convictions {
		if p.count.convicted.registers && p.tellers > 0 && p.told.has(toldSection) {
			return casefold.False
		}
	}
	return casefold.Unknown
}

func (v *conviction) undone() bool {
	for _, e := range v.count.later {
		if e.told && e.kind == casefold.Reversed {
			return true
		}
	}
	return false
}

// doubtful reports a later event that may have undone the conviction.
func (v *conviction) doubtful() bool {
	for _, e := range v.count.later {
		if e.told && (e.kind == casefold.Dismissed1385 || e.kind == casefold.Vacated) {
			return true
		}
	}
	return false
}

// before tells whether the prior existed when v's offence was committed; no if
// it came after the charge, unknown between.
func (p *conviction) before(first, last casefold.Day, v *conviction) casefold.Truth {
	if !p.told.has(toldConvictionDate) || first == 0 {
		return casefold.Unknown
	}
	switch day := p.file.plea; {
	case day < first:
		return casefold.True
	case !v.told.has(toldConvictionDate):
		return casefold.Unknown
	case day > last && day > v.file.plea:
		return casefold.False
	}
	return casefold.Unknown
}
