package history

import (
	"slices"
	"strings"
)

// describe writes beside each contribution what the two sides tell.
func describe(list []Contribution, a, b *account) {
	for i := range list {
		c := &list[i]
		c.A, c.B = aspect(c.Question, c.Comparison, a), aspect(c.Question, c.Comparison, b)
	}
}

// aspect is what an account tells in one comparison, for people to read.
func aspect(question, comparison string, a *account) string {
	var words []string
	switch question + " " + comparison {
	case "file number":
		for _, n := range a.numbers {
			words = append(words, strings.TrimSpace(n.Verbatim+" "+n.Defendant))
		}
	case "file court":
		words = append(words, a.families...)
	case "file arrest":
		words = append(words, a.bookings...)
		for _, d := range a.arrested {
			words = append(words, d.String())
		}
	case "file heard":
		for _, h := range a.heard {
			words = append(words, roleWords[h.role]+" "+h.date.String())
		}
	case "file filed":
		for _, d := range a.filed {
			words = append(words, d.String())
		}
	case "file charges", "count charge":
		for _, c := range a.charges {
			words = append(words, stageWords[c.stage]+" "+c.offense.String())
		}
	case "count number":
		words = append(words, a.counts...)
	case "count outcome":
		words = append(words, outcomeWords[a.outcome])
	case "count level":
		words = append(words, a.level.String())
	case "count sentence":
		for _, s := range a.sentence {
			words = append(words, strings.TrimSpace(string(s.Kind)+" "+s.Verbatim))
		}
	}
	slices.Sort(words)
	return strings.Join(slices.Compact(words), "; ")
}

var roleWords = [...]string{
	rolePlea: "plea", roleConviction: "conviction", roleDisposition: "disposition",
	roleSentence: "sentence", roleStep: "step",
}

var stageWords = [...]string{
	stageArrested: "arrested", stageFiled: "filed", stageDisposed: "disposed", stageConvicted: "convicted",
}

var outcomeWords = [...]string{
	outcomeUnknown: "unknown", outcomeOpen: "open", outcomeEnded: "ended without conviction", outcomeConvicted: "convicted",
}
