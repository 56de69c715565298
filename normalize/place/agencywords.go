package place

import (
	"strings"
	"sync"

	"github.com/casefold/casefold"
)

// mnemonicKinds are the two letters behind the state's in the mnemonics of the
// state DOJ (CAPDSACRAMENTO, CASO LOS ANGELES), as seen in the extract and on
// printed rap sheets.
var mnemonicKinds = map[string]casefold.AgencyKind{
	"PD": casefold.Police, "SO": casefold.Sheriff, "SC": casefold.SuperiorCourt, "MC": casefold.MunicipalCourt, "JC": casefold.JusticeCourt,
	"JV": casefold.JuvenileCourt, "DA": casefold.Prosecutor, "PO": casefold.Probation, "PB": casefold.Probation, "DC": casefold.Prison, "CD": casefold.Prison,
	"HP": casefold.Police, "CA": casefold.CityAttorney,
}

// mnemonic reads a state's letters and a kind, joined with the place or apart:
// CASC SAN FRANCISCO, CASC MC RIVERSIDE (a municipal court that is now part of the
// superior court). Joined, the rest must be a known place, so that CASCADE is
// no court of ADE.
func (r *reading) mnemonic(ws []string) (rest []string, ok bool) {
	if len(ws) == 0 || len(ws[0]) < 4 || !stateCodes[ws[0][:2]] {
		return nil, false
	}
	kind, ok := mnemonicKinds[ws[0][2:4]]
	if !ok {
		return nil, false
	}
	rest = ws[1:]
	switch joined := ws[0][4:]; {
	case joined == "" && len(rest) == 0:
		return nil, false
	case joined != "":
		branch, isMC := strings.CutPrefix(joined, "MC")
		whole := append([]string{joined}, rest...)
		if isMC && kind == casefold.SuperiorCourt && branch != "" && knownPlace(append([]string{branch}, rest...)) {
			whole[0] = branch
		} else if !knownPlace(whole) && (len(rest) > 0 || len(ws[0]) < 8) {
			return nil, false
		}
		rest = whole
	}
	if kind == casefold.SuperiorCourt && len(rest) > 1 && (rest[0] == "MC" || rest[0] == "SC") {
		rest = rest[1:]
	}
	r.kind, r.state = kind, ws[0][:2]
	return rest, true
}

func knownPlace(ws []string) bool {
	place, _ := findPlace(ws)
	return place != ""
}

// kindWords lists the ways to write a kind of agency, most telling kind first
// where a name holds two (SHERIFFS DEPARTMENT CIVIL COURT BUREAU is rare enough).
var kindWords = []struct {
	kind    casefold.AgencyKind
	phrases string
}{
	{casefold.FederalCourt, "US DISTRICT COURT|UNITED STATES DISTRICT COURT|USDC|US DIST CT|US DIST COURT|FEDERAL COURT|FEDERAL DISTRICT COURT|US MAGISTRATE COURT"},
	{casefold.SuperiorCourt, "SUPERIOR COURT|SUPERIOR CT|SUPERIOR CRT|SUPR COURT|SUPR CT|SUP COURT|SUP CT|SUP CRT|SUPER COURT|SUPER CT|SUPERIOR CRTS|SUPERIOR COURTS|SUPERIOR|COUNTY COURT|CASC"},
	{casefold.MunicipalCourt, "MUNICIPAL COURT|MUNICIPAL CT|MUNICIPAL CRT|MUNI COURT|MUNI CT|MUN COURT|MUN CT|MUNICIPAL|MUNI|CAMC"},
	{casefold.JusticeCourt, "JUSTICE COURT|JUSTICE CT|JUST COURT|JUST CT|CAJC"},
	{casefold.JuvenileCourt, "JUVENILE COURT|JUVENILE CT|JUV COURT|JUV CT|JUVENILE DEPENDENCY COURT|CAJV"},
	{casefold.CityAttorney, "CITY ATTORNEYS OFFICE|CITY ATTORNEY|CITY ATTY|CITY ATTYS OFFICE|CITY PROSECUTOR"},
	{casefold.Prosecutor, "DISTRICT ATTORNEYS OFFICE|DISTRICT ATTORNEYS|DISTRICT ATTORNEY|DIST ATTORNEY|DIST ATTY|DISTRICT ATTY|DA OFFICE|DAS OFFICE|DAO|PROSECUTORS OFFICE|PROSECUTOR|CADA"},
	{casefold.Probation, "PROBATION DEPARTMENT|PROBATION DEPT|PROBATION OFFICE|PROBATION|PROB DEPT|PROB|JUVENILE HALL"},
	{casefold.Prison, "DEPARTMENT OF CORRECTIONS AND REHABILITATION|DEPARTMENT OF CORRECTIONS|DEPT OF CORRECTIONS|DEPT OF CORR|CDCR|CDC|STATE PRISON|YOUTH AUTHORITY|CYA|DJJ|CORRECTIONS"},
	{casefold.Police, "POLICE DEPARTMENT|POLICE DEPT|POLICE|HIGHWAY PATROL|CHP|CAHP|CAPD"},
	{casefold.Sheriff, "SHERIFFS OFFICE|SHERIFF OFFICE|SHERIFFS DEPARTMENT|SHERIFF DEPARTMENT|SHERIFFS DEPT|SHERIFF DEPT|SHERIFF CORONER|SHERIFFS|SHERIFF|SHERIF|COUNTY JAIL|MAIN JAIL|CO JAIL|JAIL|CASO"},
	{casefold.StateBureau, "DEPARTMENT OF JUSTICE|DEPT OF JUSTICE|CADOJ|DOJ|BCII|BCIA|BUREAU OF CRIMINAL IDENTIFICATION"},
	{casefold.OtherCourt, "TRIBAL COURT|COURT MARTIAL|COURTS MARTIAL|MILITARY COURT|TEEN COURT"},
	{casefold.OtherAgency, "FBI|DEA|USMS|US MARSHAL|US MARSHALS|INS|ICE|ATF|BOP|US PROBATION|STATE HOSPITAL|PAROLE|FISH AND GAME|FISH AND WILDLIFE"},
}

// endWords are short forms that mean a kind only at an end of the name.
var endWords = map[string]casefold.AgencyKind{
	"PD": casefold.Police, "SO": casefold.Sheriff, "SD": casefold.Sheriff, "SC": casefold.SuperiorCourt, "SUP": casefold.SuperiorCourt, "MC": casefold.MunicipalCourt, "JC": casefold.JusticeCourt,
	"JV": casefold.JuvenileCourt, "JUV": casefold.JuvenileCourt, "JUVENILE": casefold.JuvenileCourt, "DA": casefold.Prosecutor, "CSO": casefold.Sheriff, "LASD": casefold.Sheriff, "LAPD": casefold.Police, "SFPD": casefold.Police, "SJPD": casefold.Police, "SDPD": casefold.Police, "SFSD": casefold.Sheriff, "SFSO": casefold.Sheriff,
	"COURT": casefold.SuperiorCourt, "CT": casefold.SuperiorCourt, "CRT": casefold.SuperiorCourt, "COURTS": casefold.SuperiorCourt, "COURTHOUSE": casefold.SuperiorCourt,
}

// placeOfWord is where a short form acts that names its place too.
var placeOfWord = map[string]string{"LASD": "LOS ANGELES", "LAPD": "LOS ANGELES", "SFPD": "SAN FRANCISCO", "SJPD": "SAN JOSE", "SDPD": "SAN DIEGO", "SFSD": "SAN FRANCISCO", "SFSO": "SAN FRANCISCO"}

type kindPhrase struct {
	kind casefold.AgencyKind
	rank int
}

var kindIndex = sync.OnceValue(func() map[string]kindPhrase {
	m := map[string]kindPhrase{}
	for rank, k := range kindWords {
		for p := range strings.SplitSeq(k.phrases, "|") {
			m[p] = kindPhrase{k.kind, rank}
		}
	}
	return m
})

// words finds the kind in a written-out name and returns the words that are
// left; ofCounty reports that the name calls its place a county.
func (r *reading) words(ws []string) (rest []string, ofCounty bool) {
	drop := make([]bool, len(ws))
	best := kindPhrase{rank: len(kindWords)}
	index := kindIndex()
	whole, start := strings.Join(ws, " "), 0
	for i := range ws {
		end := start
		for _, w := range ws[i:min(len(ws), i+6)] {
			end += len(w) + 1
		}
		for n := min(6, len(ws)-i); n > 0 && !drop[i]; n-- {
			p, ok := index[whole[start:end-1]]
			end -= len(ws[i+n-1]) + 1
			if !ok {
				continue
			}
			for j := i; j < i+n; j++ {
				drop[j] = true
				ofCounty = ofCounty || ws[j] == "COUNTY" || ws[j] == "CO" // COUNTY JAIL, COUNTY COURT
			}
			if p.rank < best.rank {
				best = p
			}
		}
		start += len(ws[i]) + 1
	}
	r.kind = best.kind
	if r.kind == "" {
		r.endWord(ws, drop)
	}
	for i, w := range ws {
		if drop[i] {
			continue
		}
		switch w {
		case "COUNTY", "CO", "CNTY", "CTY", "COUNTYWIDE":
			ofCounty = true
		case "OF", "THE", "CITY", "FOR", "AND", "CALIFORNIA", "CALIF", "CA", "STATE", "OFFICE", "DEPT", "DEPARTMENT", "DIVISION", "DIV", "BRANCH", "DISTRICT", "DIST", "JUDICIAL", "COURT", "CT", "CRT", "CRIMINAL", "CRIM", "TRAFFIC", "MAIN":
			if w == "CITY" && i > 0 && !drop[i-1] { // CULVER CITY
				rest = append(rest, w)
			}
		default:
			rest = append(rest, w)
		}
	}
	if r.kind != "" {
		r.trace.Add("kind in words", string(r.kind))
	}
	return rest, ofCounty
}

func (r *reading) endWord(ws []string, drop []bool) {
	if len(ws) == 0 {
		return
	}
	for _, i := range [2]int{len(ws) - 1, 0} {
		if drop[i] {
			continue
		}
		if kind, ok := endWords[ws[i]]; ok {
			r.kind, drop[i] = kind, true
			if p := placeOfWord[ws[i]]; p != "" {
				r.place = p
			}
			return
		}
	}
}

// locate finds the place among the words that are left.
func (r *reading) locate(ws []string, ofCounty bool) {
	if r.place == "" {
		place, county := findPlace(ws)
		if ofCounty || countyLevel(r.kind) {
			if c, ok := County(strings.Join(ws, " ")); ok {
				place, county = c, c
			}
		}
		r.place, r.county = place, county
	} else {
		_, r.county = findPlace(strings.Fields(r.place))
	}
	if r.state != "" && r.state != "CA" {
		r.place, r.county = strings.Join(ws, " "), ""
	}
	if r.place != "" {
		r.trace.Add("place", r.place)
	}
}

// countyLevel reports kinds of which a county has one, so that a name that is
// both a city and a county means the county.
func countyLevel(k casefold.AgencyKind) bool {
	switch k {
	case casefold.SuperiorCourt, casefold.JuvenileCourt, casefold.Sheriff, casefold.Prosecutor, casefold.Probation:
		return true
	}
	return false
}

// findPlace finds the longest run of words that is a city or county of
// California, joined writing included (SANFRANCISCO), and its county.
func findPlace(ws []string) (place, county string) {
	for n := min(len(ws), 5); n > 0; n-- {
		for i := 0; i+n <= len(ws); i++ {
			s := cityOf(strings.Join(ws[i:i+n], " "))
			if c, ok := cityCounty()[s]; ok {
				return s, c
			}
			if n == len(ws) || n > 1 || len(s) > 6 {
				if c, ok := County(s); ok {
					return c, c
				}
			}
			if s, ok := joinedCities()[strings.ReplaceAll(s, " ", "")]; ok && n <= 2 {
				return s, cityCounty()[s]
			}
		}
	}
	return "", ""
}

// joinedCities maps cities of two words or more, written without blanks.
var joinedCities = sync.OnceValue(func() map[string]string {
	m := map[string]string{}
	for _, rest := range lines(cityTable) {
		for city := range strings.SplitSeq(rest, "|") {
			if strings.IndexByte(city, ' ') > 0 {
				m[strings.ReplaceAll(city, " ", "")] = city
			}
		}
	}
	return m
})
