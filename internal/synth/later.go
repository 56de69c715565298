package synth

import (
	"sort"

	"github.com/casefold/casefold"
)

// convict records that a count ended in a conviction and draws what happened
// to it later.
func (w *world) convict(r *stream, c *courtCase, k *count) {
	k.truth = &conviction{file: c, count: k}
	if c.venue == federalCourt || c.venue == otherState || c.venue == juvenileCourt {
		return
	}
	rates := w.opts.Rates
	end, _ := k.sentenceEnd(c.sentenced)
	event := func(kind casefold.ReliefKind, rate float64, possible bool, earliest casefold.Day, span int, level casefold.Level) {
		hit, day := r.chance(rate), earliest.AddDays(1+r.below(span))
		if hit && possible && day < w.end && day > c.sentenced {
			k.later = append(k.later, later{kind: kind, day: day, level: level})
		}
	}
	probation := k.hasSentence(casefold.ProbationTerm)
	half := c.sentenced.AddDays(60)
	event(casefold.Revoked, rates.Revoked, probation, half, 500, "")
	event(casefold.Resentenced, .01, k.convicted.level == casefold.Felony, half, 900, "")
	event(casefold.SupervisionEnded, .02, probation, half, 700, "")
	wobbler := k.convicted.wobble != ""
	event(casefold.Relief17b, rates.Relief17b, wobbler || k.convicted.section == "11358" || k.convicted.section == "11359", end, 1500, casefold.Misdemeanor)
	kind12034 := casefold.Relief12034
	if !probation {
		kind12034 = casefold.Relief12034a
	}
	event(kind12034, rates.Relief12034, k.convicted.level == casefold.Misdemeanor || probation, end, 3000, "")
	event(casefold.ReliefProp47, rates.Prop47Granted, c.filed < 20141105 && k.convicted.level == casefold.Felony && (k.convicted.prop47 || k.convicted.section == "11357"), max(20141105, c.sentenced), 1400, casefold.Misdemeanor)
	granted, level := prop64Grant(k)
	event(casefold.ReliefProp64, rates.Prop64Granted, granted && k.offense < newLaw, max(20170101, c.sentenced), 2300, level)
	event(casefold.ReliefReduced, .002, k.convicted.level == casefold.Felony, max(20170101, c.sentenced), 1500, casefold.Misdemeanor)
	event(casefold.Reversed, rates.Reversed, true, c.sentenced.AddDays(120), 700, "")
	event(casefold.Dismissed1385, rates.Dismissed1385, true, c.sentenced.AddDays(90), 2000, "")
	sort.SliceStable(k.later, func(i, j int) bool { return k.later[i].day < k.later[j].day })
}

func (k *count) hasSentence(kind casefold.SentenceKind) bool {
	for _, s := range k.sentence {
		if s.kind == kind {
			return true
		}
	}
	return false
}

// prop64Grant tells whether courts granted relief under HS 11361.8 or 11361.9
// for such a conviction, and the level after it ("" for a dismissal).
func prop64Grant(k *count) (bool, casefold.Level) {
	if !k.convicted.isCannabis() || k.convicted.inchoate != "" {
		return false, ""
	}
	switch k.convicted.section {
	case "11357":
		return k.convicted.path != "(c)" && k.convicted.path != "(d)", ""
	case "11360":
		if k.convicted.path == "(b)" {
			return true, ""
		}
	}
	return true, casefold.Misdemeanor
}
