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
	a := o.AdditionalRelief
	if a.Age < 0 || a.Years < 0 || a.CrimeFree < 0 {
		return nil, errors.New("a threshold of the options is negative")
	}
	var b strings.Builder
	fmt.Fprintf(&b, "# County options of the reference program as an overlay; made by relief.ReferencePolicy.\npolicy: %s\n", name)
	b.WriteString(`title: county options in the reference program's flow
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
`)
	rule := func(id, when, outcome, reason string) {
		fmt.Fprintf(&b, "  - {id: options-%s, when: %s, outcome: %s, reason: \"%s\"}\n", id, when, outcome, reason)
	}
	sections := func(list []string) string {
		quoted := make([]string, len(list))
		for i, s := range list {
			quoted[i] = `"HS ` + s + `"`
		}
		return "{section: [" + strings.Join(quoted, ", ") + "]}"
	}
	if s := o.BaselineEligibility.Dismiss; len(s) > 0 {
		rule("dismiss", sections(s), "policy_dismiss", "dismiss all convictions of the section")
	}
	if a.Under21 {
		rule("young", "{age_at_conviction_under: 21}", "policy_dismiss", "younger than 21 at the conviction")
	}
	if a.Age > 0 {
		rule("age", fmt.Sprintf("{age_now_at_least: %d}", a.Age), "policy_dismiss", fmt.Sprintf("%d years or older", a.Age))
	}
	if a.Years > 0 {
		rule("old", fmt.Sprintf("{not: {entered_within_years: %d}}", a.Years), "policy_dismiss", fmt.Sprintf("the conviction is %d or more years old", a.Years))
	}
	if a.CrimeFree > 0 {
		within := fmt.Sprintf("entered_within_years: %d", a.CrimeFree)
		when := fmt.Sprintf("{not: {any: [{%s}, {exists: {of: conviction, where: {all: [{%s}, {past_destruction_limit: no}]}, absent: {witness: convictions}}}]}}", within, within)
		rule("crime-free", when, "policy_dismiss", fmt.Sprintf("no convictions in the past %d years", a.CrimeFree))
	}
	if a.OnlyProp64 {
		rule("only-cannabis", "only-cannabis", "policy_dismiss", "only cannabis convictions")
	}
	if a.IsDeceased {
		rule("deceased", "{deceased: yes}", "policy_dismiss", "deceased")
	}
	if s := o.BaselineEligibility.Reduce; len(s) > 0 {
		rule("reduce", sections(s), "policy_reduce", "reduce all convictions of the section")
	}
	b.WriteString("  - {id: options-nothing, outcome: no_grant, reason: no option fits}\n")
	return []byte(b.String()), nil
}
