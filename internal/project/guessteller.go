package project

import (
	"path"
	"slices"
	"strings"

	"github.com/casefold/casefold"
	"github.com/casefold/casefold/normalize/place"
)

// fileWords are words of file and folder names that tell who keeps a file.
var fileWords = map[casefold.TellerKind][]string{
	casefold.TellerState:     {"doj", "state", "cori", "achs"},
	casefold.TellerCourt:     {"court", "courts", "cms", "superior", "odyssey", "clerk", "docket", "minutes", "crt"},
	casefold.TellerJail:      {"jail", "booking", "bookings", "inmate", "inmates", "custody", "sheriff", "jms", "detention"},
	casefold.TellerPolice:    {"police", "pd", "rms", "incident", "incidents", "report", "reports", "arrest", "arrests", "citations"},
	casefold.TellerDA:        {"da", "dao", "prosecutor", "prosecution", "attorney", "filings", "damion", "karpel"},
	casefold.TellerProbation: {"probation", "prob", "supervision", "caseload"},
}

// fieldVotes are the fields that speak for who keeps a file.
var fieldVotes = map[casefold.TellerKind][]string{
	casefold.TellerCourt:     {"case_number", "plea", "disposition", "sentence", "sentence_date", "filed_date", "defendant", "convicted_charge", "disposition_code", "conviction_date", "relief"},
	casefold.TellerJail:      {"booking_number", "custody_from", "custody_to", "booking_number", "custody_to"},
	casefold.TellerPolice:    {"arrest_number", "arrest_charge", "offense_date", "arrest_number"},
	casefold.TellerDA:        {"filed_date", "case_number", "convicted_charge"},
	casefold.TellerProbation: {"probation_months", "probation_years"},
}

// tellerOrder decides between equal votes.
var tellerOrder = []casefold.TellerKind{casefold.TellerState, casefold.TellerCourt, casefold.TellerJail, casefold.TellerDA,
	casefold.TellerPolice, casefold.TellerProbation}

// teller is who keeps the files, by their names and by what they tell.
func (g *guesser) teller() casefold.TellerKind {
	votes := map[casefold.TellerKind]float64{}
	words := g.pathWords()
	for kind, list := range fileWords {
		for _, w := range list {
			if slices.Contains(words, w) {
				votes[kind] += 4
			}
		}
	}
	for kind, fields := range fieldVotes {
		for _, f := range fields {
			if g.tells(f) {
				votes[kind]++
			}
		}
	}
	if len(g.byTarget["key:person"]) > 0 && votes[casefold.TellerJail] >= 3 {
		votes[casefold.TellerJail]++
	}
	for _, c := range g.p.Columns {
		// The prosecutor's own number stands only in the prosecutor's files.
		if g.lex.hasWord(c.Name, "da", "prosecutor", "prosecuting") {
			votes[casefold.TellerDA] += 3
		}
	}
	best, most := casefold.TellerOther, 2.0
	for _, kind := range tellerOrder {
		if votes[kind] > most {
			best, most = kind, votes[kind]
		}
	}
	return best
}

// tells reports whether a field is mapped, also in a group.
func (g *guesser) tells(f string) bool {
	if len(g.byTarget[f]) > 0 {
		return true
	}
	for _, group := range g.groups {
		if len(group[casefold.Field(f)]) > 0 {
			return true
		}
	}
	return false
}

// pathWords are the words of the first file's name and its folder's.
func (g *guesser) pathWords() []string {
	if len(g.p.Files) == 0 {
		return nil
	}
	return pathWords(g.p.Files[0])
}

func pathWords(file string) []string {
	folder, base := path.Split(strings.ReplaceAll(file, "\\", "/"))
	return append(cutName(path.Base(folder)), cutName(strings.SplitN(base, ".", 2)[0])...)
}

// countyOfPath is a county that a file's name or folder names, "" if none.
func countyOfPath(file string) string {
	words := " " + strings.Join(pathWords(file), " ") + " "
	for _, c := range place.Counties() {
		if strings.Contains(words, " "+strings.ToLower(c)+" ") {
			return c
		}
	}
	return ""
}

// agency is what keeps the files, and the county they speak of most.
func (g *guesser) agency() {
	kinds := map[casefold.TellerKind]casefold.AgencyKind{
		casefold.TellerCourt: casefold.SuperiorCourt, casefold.TellerJail: casefold.Sheriff, casefold.TellerPolice: casefold.Police,
		casefold.TellerDA: casefold.Prosecutor, casefold.TellerProbation: casefold.Probation,
	}
	g.out.County = g.county()
	kind, ok := kinds[g.out.Source.Teller]
	if !ok {
		return
	}
	g.out.Source.Agency = casefold.Agency{Kind: kind, County: g.pathCounty()}
	if g.out.Source.Agency.County == "" {
		g.out.Source.Agency.County = g.out.County
	}
}

// pathCounty is a county that the files' names name.
func (g *guesser) pathCounty() string {
	if len(g.p.Files) == 0 {
		return ""
	}
	return countyOfPath(g.p.Files[0])
}

// county is the county that the rows name most: in columns of counties and
// courts first, else as that of the cities people live in.
func (g *guesser) county() string {
	if c := g.pathCounty(); c != "" {
		return c
	}
	tally := map[string]int{}
	for i := range g.p.Columns {
		c := &g.p.Columns[i]
		if !g.lex.hasWord(c.Name, "county", "court", "agency", "ori") || g.lex.hasWord(c.Name, "original", "prior", "birth") {
			continue
		}
		for k, v := range c.values {
			if county := countyIn(v); county != "" {
				tally[county] += c.weight[k]
			}
		}
	}
	if len(tally) == 0 {
		for _, i := range g.byTarget["city"] {
			c := &g.p.Columns[i]
			for k, v := range c.values {
				if county, ok := place.CountyOfCity(v); ok {
					tally[county] += c.weight[k]
				}
			}
		}
	}
	best, most, total := "", 0, 0
	for _, c := range place.Counties() {
		total += tally[c]
		if tally[c] > most {
			best, most = c, tally[c]
		}
	}
	if most*3 < total {
		return ""
	}
	return best
}

// countyIn is the county that a value is, or names among other words.
func countyIn(v string) string {
	if atoi(v) != 0 {
		return "" // a number may be any code
	}
	if c, ok := place.County(v); ok {
		return c
	}
	upper := strings.ToUpper(v)
	for _, c := range place.Counties() {
		if strings.Contains(upper, c) {
			return c
		}
	}
	return ""
}
