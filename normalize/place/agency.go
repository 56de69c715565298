package place

import (
	_ "embed"
	"strings"
	"sync"

	"github.com/casefold/casefold"
	"github.com/casefold/casefold/normalize/text"
)

//go:embed agencies.txt
var agencyTable string

type listed struct {
	kind         casefold.AgencyKind
	county, name string
}

// agencies maps a nine-character ORI to what the table knows of it.
var agencies = sync.OnceValue(func() map[string]listed {
	m := make(map[string]listed, 1000)
	for ori, rest := range lines(agencyTable) {
		p := strings.SplitN(rest, "|", 3)
		m[ori] = listed{casefold.AgencyKind(p[0]), p[1], p[2]}
	}
	return m
})

// Agency reads who acts: the name or mnemonic of an agency, its ORI, the county
// told beside it; any may be "". The told county prevails over the ORI's, that
// over the city's in the name. State is CA unless the ORI or mnemonic tells
// another. The zero Agency means that nothing was told.
func Agency(name, ori, county string) casefold.Agency { return AgencyTraced(name, ori, county, nil) }

// AgencyTraced is Agency with its steps.
func AgencyTraced(name, ori, county string, t *text.Trace) casefold.Agency {
	a := casefold.Agency{ORI: normalORI(ori)}
	r := reading{trace: t}
	if !text.IsFiller(name) {
		a.Verbatim = text.Trim(name)
		r.read(text.Upper(a.Verbatim))
	}
	told := a.ORI != "" || a.Verbatim != ""
	known, inTable := agencies()[a.ORI]
	a.County = firstOf(toldCounty(county), known.county, countyOfORI(a.ORI), r.county)
	if !told && a.County == "" {
		return casefold.Agency{}
	}
	a.State = firstOf(r.state, stateOfORI(a.ORI), "CA")
	if r.kind == "" && inTable {
		r.kind, r.name = known.kind, known.name
		t.Add("ORI in the table", r.name)
	}
	a.Kind = casefold.AgencyKind(firstOf(string(r.kind), string(kindOfORI(a.ORI))))
	if a.Kind.IsCourt() && a.State != "CA" && a.Kind != casefold.FederalCourt {
		a.Kind = casefold.OtherCourt
	}
	if told {
		a.Name = r.fullName(a.Kind, a.County)
	}
	if t != nil {
		t.Add("agency", strings.Join([]string{a.Name, string(a.Kind), a.County, a.State}, " | "))
	}
	return a
}

func firstOf(ss ...string) string {
	for _, s := range ss {
		if s != "" {
			return s
		}
	}
	return ""
}

// toldCounty is the county of a column: a county of California, or the folded
// text for one of another state.
func toldCounty(s string) string {
	if c, ok := County(s); ok {
		return c
	}
	u := text.Upper(s)
	switch {
	case text.IsFiller(u), strings.HasPrefix(u, "OUT OF"), strings.HasPrefix(u, "OUT-OF"), u == "OOS", u == "OTHER", u == "STATE", u == "STATEWIDE", text.Digits(u) != "":
		return ""
	}
	other := strings.TrimSuffix(strings.Join(tokens(u, nil), " "), " COUNTY")
	if text.IsFiller(other) {
		return ""
	}
	return other
}

// normalORI folds an ORI to nine letters and digits; what stands for none is
// "". Seven characters lack the last two, which are 00 for the head office.
func normalORI(ori string) string {
	if text.IsFiller(ori) {
		return ""
	}
	u := text.Upper(ori)
	out := make([]byte, 0, 9)
	for i := 0; i < len(u); i++ {
		if c := u[i]; c >= '0' && c <= '9' || c >= 'A' && c <= 'Z' {
			out = append(out, c)
		}
	}
	s := string(out)
	if len(s) == 7 && stateCodes[s[:2]] {
		s += "00"
	}
	if text.IsFiller(s) || text.SameDigit(s) {
		return ""
	}
	return s
}

// countyOfORI reads the county's number in a California ORI: CA, three digits.
func countyOfORI(ori string) string {
	if len(ori) == 9 && ori[:2] == "CA" {
		if n := countyNumber(ori[2:5]); n > 0 {
			return counties[n-1]
		}
	}
	return ""
}

func stateOfORI(ori string) string {
	if len(ori) == 9 && stateCodes[ori[:2]] {
		return ori[:2]
	}
	return ""
}

// kindOfORI reads the ending that NCIC gives to agencies that are not police:
// A prosecutors, J courts, G probation and parole, C institutions.
func kindOfORI(ori string) casefold.AgencyKind {
	if len(ori) != 9 {
		return ""
	}
	switch ori[8] {
	case 'A':
		return casefold.Prosecutor
	case 'J':
		return casefold.SuperiorCourt
	case 'G':
		return casefold.Probation
	case 'C':
		return casefold.Prison
	}
	return ""
}

// A reading is what the text of an agency's name tells.
type reading struct {
	trace  *text.Trace
	kind   casefold.AgencyKind
	place  string // city or county that the name holds, "" if none is known
	county string // county of that place
	state  string // "" unless told
	name   string // the whole name folded, without its kind's spelling made equal
}

func (r *reading) read(u string) {
	ws := tokens(u, nil)
	r.name = strings.Join(ws, " ")
	if rest, ok := r.mnemonic(ws); ok {
		r.trace.Add("mnemonic", string(r.kind)+" "+strings.Join(rest, " "))
		r.locate(rest, false)
		return
	}
	rest, ofCounty := r.words(ws)
	r.locate(rest, ofCounty)
}

// fullName writes the name in one form for each kind.
func (r *reading) fullName(kind casefold.AgencyKind, county string) string {
	whole := firstOf(county, r.place)
	local := firstOf(r.place, county)
	suffix := ""
	switch kind {
	case casefold.SuperiorCourt:
		local, suffix = whole, " SUPERIOR COURT"
	case casefold.JuvenileCourt:
		local, suffix = whole, " JUVENILE COURT"
	case casefold.MunicipalCourt:
		suffix = " MUNICIPAL COURT"
	case casefold.JusticeCourt:
		suffix = " JUSTICE COURT"
	case casefold.Sheriff:
		local, suffix = whole, " COUNTY SHERIFF"
	case casefold.Prosecutor:
		local, suffix = whole, " COUNTY DISTRICT ATTORNEY"
	case casefold.Probation:
		local, suffix = whole, " COUNTY PROBATION"
	case casefold.CityAttorney:
		suffix = " CITY ATTORNEY"
	case casefold.Police:
		if r.place != "" {
			return r.place + " POLICE DEPARTMENT"
		}
		return r.name
	default:
		return r.name
	}
	if local == "" {
		return r.name
	}
	return local + suffix
}

// Court reads a column that names courts: what it says is a court even where
// its words do not say so ("SACRAMENTO", "DEPT 12"); county may be "".
func Court(name, county string) casefold.Agency {
	a := Agency(name, "", county)
	if a == (casefold.Agency{}) || a.Kind.IsCourt() {
		return a
	}
	switch {
	case a.State != "CA":
		a.Kind = casefold.OtherCourt
	case a.County != "":
		a.Kind, a.Name = casefold.SuperiorCourt, a.County+" SUPERIOR COURT"
	default:
		a.Kind = casefold.SuperiorCourt
	}
	return a
}
