package main

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/casefold/casefold"
)

// writeFacts prints what is known of a conviction beside its first line: the
// days, the charges before the judgment, the sentence, what came later, and every
// fact that tellers tell otherwise.
func writeFacts(b *strings.Builder, c *casefold.Conviction) {
	line := func(format string, args ...any) { fmt.Fprintf(b, "      "+format+"\n", args...) }
	if c.Kind != casefold.AdultConviction {
		line("%s", kindWords[c.Kind])
	}
	if days := daysOf(c); days != "" {
		line("%s", days)
	}
	if charges := chargesOf(c); charges != "" {
		line("%s", charges)
	}
	if len(c.Sentence) > 0 {
		line("sentence: %s%s", sentenceText(c.Sentence), endText(c.SentenceEnd))
	}
	if c.LevelAtEntry.Usable() && c.LevelAtEntry.Value != c.Level.Value {
		line("level at the judgment: %s", c.LevelAtEntry.Value)
	}
	for _, text := range toldOtherwise(c) {
		line("%s", text)
	}
	for _, e := range c.Events {
		line("later: %s %s  (%s)", eventText(&e), dated(e.Date), rows(e.Tellers))
	}
	if c.Reversed != casefold.False {
		line("undone: %s", c.Reversed)
	}
}

var kindWords = map[casefold.ConvictionKind]string{
	casefold.Juvenile: "a juvenile adjudication", casefold.FederalConvict: "a federal conviction",
	casefold.OtherState: "a conviction of another state", casefold.InferredByMarker: "known from the marker of a later conviction only; no row shows it",
}

// daysOf are the days of a conviction that are known, in order of a prosecution.
func daysOf(c *casefold.Conviction) string {
	var out []string
	add := func(word string, f casefold.Fact[casefold.Date]) {
		switch {
		case f.Status == casefold.FactUnknown || !f.Value.Known():
		case f.Status == casefold.FactKnown:
			out = append(out, word+" "+f.Value.String())
		default:
			out = append(out, word+" "+f.Value.String()+" ("+string(f.Status)+")")
		}
	}
	add("offense", c.OffenseDate)
	add("arrest", c.ArrestDate)
	add("filed", c.FiledDate)
	add("plea", c.PleaDate)
	if c.SentenceDate.Value != c.ConvictionDate.Value {
		add("sentence", c.SentenceDate)
	}
	return strings.Join(out, ", ")
}

// chargesOf are the charges before the judgment, where they are others.
func chargesOf(c *casefold.Conviction) string {
	var out []string
	for _, f := range []struct {
		word string
		fact casefold.Fact[casefold.Offense]
	}{{"arrested for", c.Arrested}, {"filed as", c.Filed}} {
		if s := f.fact.Value.Statute.String(); f.fact.Status != casefold.FactUnknown && s != "" && s != c.Offense.Value.Statute.String() {
			out = append(out, f.word+" "+s)
		}
	}
	return strings.Join(out, ", ")
}

var sentenceWords = map[casefold.SentenceKind]string{
	casefold.PrisonTerm: "prison", casefold.CountyPrison: "county prison (PC 1170(h))", casefold.ProbationTerm: "probation", casefold.MandatorySup: "mandatory supervision",
	casefold.YouthAuthority: "youth authority", casefold.Suspended: "suspended", casefold.TimeServed: "time served", casefold.OtherSentence: "",
}

// sentenceText is a sentence in words: 3 years probation, 90 days jail, fine $300.
func sentenceText(parts []casefold.SentencePart) string {
	var out []string
	for _, p := range parts {
		word, ok := sentenceWords[p.Kind]
		if !ok {
			word = string(p.Kind)
		}
		unit := map[string]string{"D": "day", "M": "month", "Y": "year"}[p.Unit]
		switch {
		case word == "":
			word = strings.ToLower(p.Verbatim)
		case p.Kind == casefold.Fine && p.Length > 0:
			word = fmt.Sprintf("fine $%d", p.Length)
		case p.Length > 0 && unit != "":
			word = fmt.Sprintf("%d %s%s %s", p.Length, unit, map[bool]string{true: "", false: "s"}[p.Length == 1], word)
		}
		out = append(out, word)
	}
	return strings.Join(out, ", ")
}

func endText(f casefold.Fact[casefold.Date]) string {
	if f.Status == casefold.FactUnknown || !f.Value.Known() {
		return ""
	}
	return "; ends " + f.Value.String() + " (estimate)"
}

func eventText(e *casefold.LaterEvent) string {
	out := string(e.Kind)
	if e.Law != "" && e.Law != out {
		out += " (" + e.Law + ")"
	}
	if e.ToLevel != casefold.LevelUnknown {
		out += " to " + string(e.ToLevel)
	}
	return out
}

// toldOtherwise are the facts of which tellers tell another value than the one
// that prevails.
func toldOtherwise(c *casefold.Conviction) (out []string) {
	note := func(word string, status casefold.FactStatus, others []string) {
		if len(others) == 0 {
			return
		}
		if status == casefold.FactConflicting {
			word += " in conflict"
		}
		out = append(out, word+": also told as "+strings.Join(others, "; "))
	}
	day := func(d casefold.Date) string {
		if d.Known() && d == c.SentenceDate.Value {
			return d.String() + " (the day of sentence)"
		}
		return d.String()
	}
	word := func(s string) string { return s }
	note("court", c.Court.Status, others(c.Court, agency))
	note("case number", c.CaseNumber.Status, others(c.CaseNumber, word))
	note("count", c.Count.Status, others(c.Count, word))
	note("section", c.Offense.Status, others(c.Offense, func(o casefold.Offense) string { return offense(&o) }))
	note("level", c.Level.Status, others(c.Level, func(l casefold.Level) string { return string(l) }))
	note("day of conviction", c.ConvictionDate.Status, others(c.ConvictionDate, day))
	note("day of offense", c.OffenseDate.Status, others(c.OffenseDate, day))
	note("outcome", c.Disposition.Status, others(c.Disposition, func(d casefold.Disposition) string { return string(d.Status) }))
	return out
}

func others[T any](f casefold.Fact[T], text func(T) string) (out []string) {
	for _, o := range f.Others {
		out = append(out, cmp.Or(text(o.Value), "not told")+" by "+rows(o.Tellers))
	}
	return out
}

// An entry is one thing of a person's life with its day.
type entry struct {
	date casefold.Date
	text string
	more []string // further lines
}

// chronology is everything of a history in order of time; what has no day comes
// last.
func chronology(h *casefold.History) (out []entry) {
	add := func(d casefold.Date, text string, more []string) { out = append(out, entry{d, text, more}) }
	for i := range h.Cycles {
		c := &h.Cycles[i]
		add(c.Date, fmt.Sprintf("arrest  %s  (%s)", agency(c.Agency), rows(c.Tellers)), arrestLines(c))
	}
	for i := range h.Cases {
		c := &h.Cases[i]
		add(firstDay(c), caseText(c), countLines(c))
	}
	for i := range h.Convictions {
		c := &h.Convictions[i]
		for k := range c.Events {
			e := &c.Events[k]
			add(e.Date, fmt.Sprintf("%s: %s, case %s  (%s)", eventText(e), offense(&c.Offense.Value), cmp.Or(c.CaseNumber.Value, "without a number"), rows(e.Tellers)), nil)
		}
	}
	for _, list := range []struct {
		word  string
		stays []casefold.Stay
	}{{"custody", h.Custody}, {"supervision", h.Supervision}} {
		for _, s := range list.stays {
			add(s.From, fmt.Sprintf("%s until %s  %s  (%s)", list.word, dated(s.To), agency(s.Agency), rows(s.Tellers)), nil)
		}
	}
	for _, r := range h.Registrations {
		add(r.Date, fmt.Sprintf("registration %s  (%s)", r.Statute, rows(r.Tellers)), nil)
	}
	for _, d := range h.Deaths {
		add(d.Value, fmt.Sprintf("death  (%s)", rows(d.Tellers)), nil)
	}
	slices.SortStableFunc(out, func(a, b entry) int {
		if a.date.Known() != b.date.Known() {
			return map[bool]int{true: -1, false: 1}[a.date.Known()]
		}
		return cmp.Compare(a.date.First, b.date.First)
	})
	return out
}

func arrestLines(c *casefold.Cycle) (out []string) {
	for i := range c.Arrests {
		n := &c.Arrests[i]
		line := fmt.Sprintf("%26s for %s", "", offense(n.Offense))
		if s := n.Disposition.Value.Status; s != casefold.NoDisposition {
			line += ": " + string(s)
		}
		out = append(out, line)
	}
	return out
}

func caseText(c *casefold.Case) string {
	var numbers []string
	for _, n := range c.Numbers {
		if !slices.Contains(numbers, n.Verbatim) {
			numbers = append(numbers, n.Verbatim)
		}
	}
	return fmt.Sprintf("case %s  %s  (%s)", cmp.Or(strings.Join(numbers, " = "), "without a number"), agency(c.Court.Value), rows(c.Tellers))
}

func countLines(c *casefold.Case) (out []string) {
	for _, n := range c.Counts {
		how := string(n.Disposition.Value.Status)
		if n.Conviction >= 0 {
			how = "convicted"
		}
		out = append(out, fmt.Sprintf("%26s count %-4s %s: %s", dated(n.Date), cmp.Or(n.Number, "?"), offense(n.Offense), cmp.Or(how, "no disposition")))
	}
	return out
}

// firstDay is the day on which a case was filed, else the first of its counts'.
func firstDay(c *casefold.Case) casefold.Date {
	if c.Filed.Value.Known() {
		return c.Filed.Value
	}
	var first casefold.Date
	for i := range c.Counts {
		if d := c.Counts[i].Date; d.Known() && (!first.Known() || d.Compare(first) < 0) {
			first = d
		}
	}
	return first
}
