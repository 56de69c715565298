package relief

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
	"strings"
)

// referenceOptions is the eligibility-options file of the reference program
// (gogen 0.2): sections to dismiss or reduce, and what else is granted.
type referenceOptions struct {
	BaselineEligibility struct {
		Dismiss []string `json:"dismiss"`
		Reduce  []string `json:"reduce"`
	} `json:"baselineEligibility"`
	AdditionalRelief struct {
		Under21    bool `json:"subjectUnder21AtConviction"`
		Age        int  `json:"subjectAgeThreshold"`
		Years      int  `json:"yearsSinceConvictionThreshold"`
		CrimeFree  int  `json:"yearsCrimeFreeThreshold"`
		OnlyProp64 bool `json:"subjectHasOnlyProp64Charges"`
		IsDeceased bool `json:"subjectIsDeceased"`
	} `json:"additionalRelief"`
}

var sectionNumber = regexp.MustCompile(`^113(57|58|59|60)(\([a-z]\))*$`)

// optionsHead begins the policy; its flow's first test is the program's first.
const optionsHead = `title: county options in the reference program's flow
version: "0.2.13"
law: prop64
source: codeforamerica/gogen (MIT), configurable flow
define:
  only-cannabis:
    says: every conviction of the person is under HS 11357 to 11360
    that: {not: {exists: {of: conviction, where: {not: {section: [HS 11357, HS 11358, HS 11359, HS 11360]}}, absent: {witness: convictions}}}}
rules:
  - {id: options-uncovered, when: {law_outcome: not_covered}, outcome: no_grant, reason: the options speak of cannabis convictions}
  - {id: options-misdemeanor, when: {level: [misdemeanor, infraction]}, outcome: policy_dismiss, reason: misdemeanor or infraction}
`

// ReferencePolicy turns an options file of the reference program into the text
// of a policy of the given name. The flow is the program's; its facts are not:
// what is unknown stays unknown, and the law comes first.
func ReferencePolicy(name string, options []byte) ([]byte, error) {
	var o referenceOptions
	d := json.NewDecoder(bytes.NewReader(options))
	d.DisallowUnknownFields()
	if err := d.Decode(&o); err != nil {
		return nil, fmt.Errorf("reading the options: %w", err)
	}
	for _, s := range append(o.BaselineEligibility.Dismiss, o.BaselineEligibility.Reduce...) {
		if !sectionNumber.MatchString(s) {
			return nil, fmt.Errorf("the options name the section %q; only 11357 to 11360 can be granted", s)
		}
	}
	if a := o.AdditionalRelief; a.Age < 0 || a.Years < 0 || a.CrimeFree < 0 {
		return nil, errors.New("a threshold of the options is negative")
	}
	var b strings.Builder
	fmt.Fprintf(&b, "# County options of the reference program as an overlay; made by relief.ReferencePolicy.\npolicy: %s\n", name)
	b.WriteString(optionsHead)
	o.writeRules(&b)
	b.WriteString("  - {id: options-nothing, outcome: no_grant, reason: no option fits}\n")
	return []byte(b.String()), nil
}

// writeRules writes the options as rules, in the order of the program's tests.
func (o *referenceOptions) writeRules(b *strings.Builder) {
	rule := func(on bool, id, when, outcome, reason string) {
		if on {
			fmt.Fprintf(b, "  - {id: options-%s, when: %s, outcome: %s, reason: \"%s\"}\n", id, when, outcome, reason)
		}
	}
	sections := func(list []string) string {
		quoted := make([]string, len(list))
		for i, s := range list {
			quoted[i] = `"HS ` + s + `"`
		}
		return "{section: [" + strings.Join(quoted, ", ") + "]}"
	}
	base, a := o.BaselineEligibility, o.AdditionalRelief
	within := fmt.Sprintf("entered_within_years: %d", a.CrimeFree)
	crimeFree := "{not: {any: [{" + within + "}, {exists: {of: conviction, where: {all: [{" + within +
		"}, {past_destruction_limit: no}]}, absent: {witness: convictions}}}]}}"
	rule(len(base.Dismiss) > 0, "dismiss", sections(base.Dismiss), "policy_dismiss", "dismiss all convictions of the section")
	rule(a.Under21, "young", "{age_at_conviction_under: 21}", "policy_dismiss", "younger than 21 at the conviction")
	rule(a.Age > 0, "age", fmt.Sprintf("{age_now_at_least: %d}", a.Age), "policy_dismiss", fmt.Sprintf("%d years or older", a.Age))
	rule(a.Years > 0, "old", fmt.Sprintf("{not: {entered_within_years: %d}}", a.Years), "policy_dismiss",
		fmt.Sprintf("the conviction is %d or more years old", a.Years))
	rule(a.CrimeFree > 0, "crime-free", crimeFree, "policy_dismiss", fmt.Sprintf("no convictions in the past %d years", a.CrimeFree))
	rule(a.OnlyProp64, "only-cannabis", "only-cannabis", "policy_dismiss", "only cannabis convictions")
	rule(a.IsDeceased, "deceased", "{deceased: yes}", "policy_dismiss", "deceased")
	rule(len(base.Reduce) > 0, "reduce", sections(base.Reduce), "policy_reduce", "reduce all convictions of the section")
}
