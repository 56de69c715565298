package relief

import (
	"fmt"
	"slices"

	"github.com/casefold/casefold"
)

// An EnteredFact is what a person took from a file about a conviction: the
// number of plants, the victim's age, the elements of a foreign prior.
type EnteredFact struct {
	Name, Value string
	By          string
	Document    string
	Page        string
}

func (f EnteredFact) source() string {
	if f.Page != "" {
		return fmt.Sprintf("%s, page %s, entered by %s", f.Document, f.Page, f.By)
	}
	return fmt.Sprintf("%s, entered by %s", f.Document, f.By)
}

// An EnteredKind documents a fact that may be entered.
type EnteredKind struct {
	Name string
	Type string // yes/no, date, number, whole number, section, level, listing
	Doc  string
}

// EnteredKinds lists the facts that may be entered from a file, in the order
// in which they are documented.
var EnteredKinds = []EnteredKind{
	{"offense_date", "date", "date of the offence"},
	{"conviction_date", "date", "date of plea or verdict"},
	{"birth_date", "date", "birth date of the person"},
	{"section", "section", "section of conviction, as HS 11357(a) or PC 664/HS 11359"},
	{"level", "level", "level as it now stands"},
	{"plants", "number", "number of plants"},
	{"grams", "number", "amount in grams"},
	{"value", "number", "value in dollars of what was taken"},
	{"serving", "yes/no", "the sentence is still being served"},
	{"listing", "listing", "how the conviction stood on the state's list under HS 11361.9"},
	{"undone", "yes/no", "the conviction was reversed or vacated"},
	{"relief_prop64", "yes/no", "relief under Proposition 64 (HS 11361.8, 11361.9) was granted, as the court's docket shows"},
	{"relief_prop47", "yes/no", "relief under Proposition 47 (PC 1170.18) was granted, as the court's docket shows"},
	{"concentrated", "yes/no", "the cannabis was concentrated"},
	{"own_use", "yes/no", "it was transported only, for the person's own use"},
	{"recipient_18_to_20", "yes/no", "it was given to a person of 18 to 20"},
	{"sale_to_minor", "yes/no", "a knowing sale, or attempt or offer to sell, to a person under 18"},
	{"used_person_under_21", "yes/no", "a person of 20 or under was used or employed in it"},
	{"import_over_limit", "yes/no", "import, or transport out of the state for sale, above the amount of HS 11360(a)(3)(D)"},
	{"environmental_harm", "yes/no", "an environmental violation of HS 11358(d)(3) in the cultivation"},
	{"unreasonable_risk", "yes/no", "the court found, or the office proves, an unreasonable risk (PC 1170.18(b), (c))"},
	{"on_list_super_strike", "yes/no", "the conviction is one of PC 667(e)(2)(C)(iv)"},
	{"on_list_pc290c", "yes/no", "the conviction requires registration under PC 290(c)"},
	{"on_list_environmental", "yes/no", "the conviction is an environmental violation of HS 11358(d)(3)"},
	{"shoplifting", "yes/no", "the burglary was of a shop in business hours with intent to steal (PC 459.5)"},
	{"instrument_473b", "yes/no", "the forged paper is a check, bond, note or other instrument of PC 473(b)"},
	{"identity_theft", "yes/no", "the person was also convicted of identity theft in that case (PC 473)"},
}

func enteredNames() []string {
	var out []string
	for _, k := range EnteredKinds {
		out = append(out, k.Name)
	}
	return out
}

func enteredDoc(name string) string {
	for _, k := range EnteredKinds {
		if k.Name == name {
			if k.Type == "yes/no" {
				return "whether " + k.Doc
			}
			return "the " + k.Doc
		}
	}
	return name
}

// CheckFact reports what is wrong with a fact that a person wants to enter:
// the name, or the value for its type.
func CheckFact(name, value string) error {
	i := slices.IndexFunc(EnteredKinds, func(k EnteredKind) bool { return k.Name == name })
	if i < 0 {
		return fmt.Errorf("no fact is named %q%s", name, nearest(name, enteredNames()))
	}
	kind := EnteredKinds[i].Type
	ok := true
	switch kind {
	case "yes/no":
		ok = value == "yes" || value == "no"
	case "date":
		d, err := casefold.ParseDate(value)
		ok = err == nil && d.Known()
	case "number":
		_, ok = parseMilli(value)
	case "level":
		ok = slices.Contains([]string{"felony", "misdemeanor", "infraction"}, value)
	case "listing":
		ok = slices.Contains([]casefold.Listing{casefold.Listed, casefold.ListedUnchallenged, casefold.Challenged,
			casefold.ChallengeUpheld, casefold.NotListed}, casefold.Listing(value))
	case "section":
		_, err := ParseStatute(value)
		ok = err == nil
	}
	if !ok {
		return fmt.Errorf("%s asks for %s; %q is none", name, kind, value)
	}
	return nil
}
