package normalize

import (
	"fmt"
	"slices"
	"strings"

	"github.com/casefold/casefold"
	"github.com/casefold/casefold/normalize/caseno"
	"github.com/casefold/casefold/normalize/date"
	"github.com/casefold/casefold/normalize/ident"
	"github.com/casefold/casefold/normalize/name"
	"github.com/casefold/casefold/normalize/outcome"
	"github.com/casefold/casefold/normalize/place"
	"github.com/casefold/casefold/normalize/statute"
	"github.com/casefold/casefold/normalize/text"
)

// An explainer normalizes one kind of value and writes the result on a line.
// It calls the very function that rows go through.
type explainer struct {
	kind    string
	explain func(value string, t *text.Trace) string
}

// explainers are all kinds that Explain knows, in the order of Kinds.
var explainers = []explainer{
	{"name", explainName},
	{"date", func(s string, t *text.Trace) string {
		d, v := date.ParseTraced(s, date.Options{}, t)
		return either(d.String(), string(v))
	}},
	{"sex", func(s string, t *text.Trace) string { return string(sexOf(s)) }},
	{"race", func(s string, t *text.Trace) string { return raceOf(s) }},
	{"address", explainAddress},
	{"city", func(s string, t *text.Trace) string { return place.City(s) }},
	{"county", func(s string, t *text.Trace) string { c, _ := place.County(s); return c }},
	{"state", func(s string, t *text.Trace) string { return place.State(s) }},
	{"postal", func(s string, t *text.Trace) string { return place.Postal(s) }},
	{"phone", func(s string, t *text.Trace) string { p, v := ident.PhoneTraced(s, t); return either(p, string(v)) }},
	{"email", func(s string, t *text.Trace) string { e, v := ident.EmailTraced(s, t); return either(e, string(v)) }},
	{"cii", explainNumber(casefold.CII)},
	{"fbi", explainNumber(casefold.FBI)},
	{"ssn", explainNumber(casefold.SSN)},
	{"license", explainNumber(casefold.License)},
	{"id_card", explainNumber(casefold.IDCard)},
	{"inmate", explainNumber(casefold.Inmate)},
	{"passport", explainNumber(casefold.Passport)},
	{"number", explainNumber(casefold.Local)},
	{"agency", explainAgency},
	{"court", func(s string, t *text.Trace) string { return agencyLine(place.Court(s, "")) }},
	{"statute", explainStatute},
	{"level", func(s string, t *text.Trace) string { return outcome.Level(s).String() }},
	{"case-number", explainCaseNumber},
	{"booking", func(s string, t *text.Trace) string { return strings.Join(caseno.Booking(s), "; ") }},
	{"event-type", func(s string, t *text.Trace) string { return string(outcome.EventKind(s)) }},
	{"disposition", explainDisposition},
	{"plea", func(s string, t *text.Trace) string { return outcome.Plea(s) }},
	{"sentence", explainSentence},
	{"relief", explainRelief},
	{"listing", func(s string, t *text.Trace) string { return string(outcome.Listing(s)) }},
	{"comment", explainComment},
	{"place", explainPlace},
}

// otherWords are other words for a kind: those of the mapping's fields and of the
// packages.
var otherWords = map[string]string{
	"caseno": "case-number", "case_number": "case-number", "related_case": "case-number", "booking_number": "booking", "arrest_number": "booking",
	"charge": "statute", "offense": "statute", "convicted_charge": "statute", "birth_date": "date", "ori": "agency", "event_type": "event-type",
	"zip": "postal", "outcome": "disposition",
}

// Kinds are the kinds of value that Explain knows.
func Kinds() []string {
	out := make([]string, len(explainers))
	for i, e := range explainers {
		out[i] = e.kind
	}
	return out
}

// Explain normalizes one value of a kind and tells the rules that fired. A
// value that is missing or not understood gives "" or the word for why; only an
// unknown kind is an error.
func Explain(kind, value string) (normalized string, steps []text.Step, err error) {
	if k, ok := otherWords[kind]; ok {
		kind = k
	}
	i := slices.IndexFunc(explainers, func(e explainer) bool { return e.kind == kind })
	if i < 0 {
		return "", nil, fmt.Errorf("no kind of value %q; known are %s", kind, strings.Join(Kinds(), ", "))
	}
	var t text.Trace
	normalized = explainers[i].explain(value, &t)
	if len(t.Steps) == 0 {
		t.Add(kind+" by its table", normalized)
	}
	return normalized, t.Steps, nil
}

// either is the value, or in parentheses why there is none.
func either(value, why string) string {
	switch {
	case value == "" && why != "":
		return "(" + why + ")"
	case why != "":
		return value + " (" + why + ")"
	}
	return value
}

func explainName(s string, t *text.Trace) string {
	list, v := name.ParseTraced(s, "", t)
	if v == name.Missing || v == name.Placeholder {
		return "(" + string(v) + ")"
	}
	var out []string
	for _, n := range list {
		line := strings.Join([]string{n.Last, n.First, n.Middle, n.Suffix}, "; ")
		if n.Kind != casefold.PrimaryName {
			line = string(n.Kind) + " " + line
		}
		out = append(out, line)
	}
	return either(strings.Join(out, " + "), string(v))
}

func explainAddress(s string, t *text.Trace) string {
	a, v := place.AddressTraced(place.AddressInput{Whole: s}, t)
	line := strings.Join([]string{a.Number, a.Street, a.Unit, a.City, a.State, a.Postal}, "; ")
	if a == (casefold.Address{}) {
		line = ""
	}
	return either(line, string(v))
}

func explainNumber(kind casefold.IdentifierKind) func(string, *text.Trace) string {
	return func(s string, t *text.Trace) string {
		value, _, v := ident.NormalizeTraced(kind, s, t)
		return either(value, string(v))
	}
}

func explainAgency(s string, t *text.Trace) string {
	return agencyLine(agencyOf(s, t))
}

// agencyOf reads a text as an agency's name, or as its nine-character ORI.
func agencyOf(s string, t *text.Trace) casefold.Agency {
	if u := text.Upper(s); len(u) == 9 && u[0] >= 'A' && u[1] >= 'A' && u[2] >= '0' && u[2] <= '9' {
		return place.AgencyTraced("", u, "", t)
	}
	return place.AgencyTraced(s, "", "", t)
}

// explainPlace reads a text as an agency or court, else as a county, a city or a
// state, whichever its table knows.
func explainPlace(s string, t *text.Trace) string {
	if a := agencyOf(s, t); a.Kind != "" && a.Kind != casefold.OtherAgency {
		return agencyLine(a)
	}
	county, ok := place.County(s)
	if ok {
		t.Add("county", county)
		return "county " + county
	}
	if city := place.City(s); city != "" {
		t.Add("city", city)
		return "city " + city
	}
	return place.State(s)
}

func agencyLine(a casefold.Agency) string {
	if a == (casefold.Agency{}) {
		return ""
	}
	return strings.Join([]string{a.Name, string(a.Kind), a.County, a.State}, "; ")
}

func explainStatute(s string, t *text.Trace) string {
	o, steps := statute.Explain(statute.Input{Text: s})
	t.Steps = append(t.Steps, steps...)
	switch {
	case o == nil:
		return "(missing)"
	case !o.Parsed:
		return "(unread_statute)"
	}
	out := o.Statute.String()
	for _, also := range o.Also {
		out += "; " + also.String()
	}
	if o.Level != "" {
		out += " " + string(o.Level)
	}
	return out
}

func explainCaseNumber(s string, t *text.Trace) string {
	numbers, steps := caseno.Explain(s, casefold.Agency{}, "")
	t.Steps = append(t.Steps, steps...)
	var out []string
	for _, n := range numbers {
		out = append(out, strings.TrimSpace(n.Key+" "+n.Defendant))
	}
	return strings.Join(out, "; ")
}

func explainDisposition(s string, t *text.Trace) string {
	d, relief, steps := outcome.ExplainDisposition(s, "")
	t.Steps = append(t.Steps, steps...)
	return strings.Trim(string(d.Status)+"; "+reliefLine(relief), "; ")
}

func explainSentence(s string, t *text.Trace) string {
	parts, steps := outcome.ExplainSentence(s)
	t.Steps = append(t.Steps, steps...)
	return sentenceLine(parts)
}

func sentenceLine(parts []casefold.SentencePart) string {
	var out []string
	for _, p := range parts {
		line := string(p.Kind)
		if p.Length > 0 {
			line += fmt.Sprintf(" %d%s", p.Length, p.Unit)
		}
		out = append(out, line)
	}
	return strings.Join(out, "; ")
}

func explainRelief(s string, t *text.Trace) string {
	relief, steps := outcome.ExplainRelief(s, casefold.Date{})
	t.Steps = append(t.Steps, steps...)
	return reliefLine(relief)
}

func reliefLine(relief []casefold.Relief) string {
	var out []string
	for _, r := range relief {
		out = append(out, strings.TrimSpace(strings.Join([]string{string(r.Kind), r.Date.String(), string(r.ToLevel)}, " ")))
	}
	return strings.Join(out, "; ")
}

func explainComment(s string, t *text.Trace) string {
	f, steps := outcome.ExplainComment(s)
	t.Steps = append(t.Steps, steps...)
	var out []string
	for _, c := range f.Charges {
		out = append(out, strings.TrimSpace("charge "+c.Statute.String()+" "+c.Count))
	}
	if line := reliefLine(f.Relief); line != "" {
		out = append(out, "relief "+line)
	}
	if line := sentenceLine(f.Sentence); line != "" {
		out = append(out, "sentence "+line)
	}
	return strings.Join(out, "; ")
}
