package project

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/casefold/casefold"
	"github.com/casefold/casefold/internal/source"
)

// A Guessed is a source as guessed from a profile, with the reasons.
type Guessed struct {
	Profile *Profile
	Source  casefold.Source
	// Notes say how a mapped column was found, where that is not plain.
	Notes map[string]string
	// Left are the columns that are not mapped, in file order, with why.
	Left []LeftOut
	// SourceColumn tells the file or system that each row came from, "" none:
	// rows are matched within and across its values.
	SourceColumn string
	// County is the county that the files speak of most, "" not seen.
	County string
}

// TellsOfNobody reports whether no column was found that tells who a person is:
// the files are no source.
func (g *Guessed) TellsOfNobody() bool {
	return g.Source.Format != source.CADOJ && !namesPersons(&g.Source.Mapping)
}

// A LeftOut is a column that is not mapped.
type LeftOut struct{ Column, Why string }

// guessRows is how many rows of a file a guess rests on: with a hundred thousand,
// one more changes nothing.
const guessRows = 100_000

// GuessFile profiles one file, told by name from dir, and maps its columns.
func GuessFile(ctx context.Context, file, dir string) (*Guessed, error) {
	profiles, err := profileFiles(ctx, []string{file}, dir, guessRows)
	if err != nil {
		return nil, err
	}
	return Guess(profiles[0]), nil
}

// Guess maps a profile's columns as well as names and values tell.
func Guess(p *Profile) *Guessed {
	g := &guesser{p: p, lex: readLexicon(), taken: map[int]string{}, out: &Guessed{Profile: p, Notes: map[string]string{}}}
	g.out.Source = casefold.Source{Name: p.Name, Format: p.Format, Files: slices.Clone(p.Files), Read: p.read}
	if p.Format == source.CADOJ {
		g.doj()
		return g.out
	}
	g.byTarget = map[string][]int{}
	g.birthParts()
	g.numbered()
	g.arrays()
	g.byName()
	g.byValue()
	g.besidePostal()
	g.behindFirstName()
	g.redundant()
	g.settle()
	g.fill()
	return g.out
}

// A guesser holds what is decided so far.
type guesser struct {
	p        *Profile
	lex      *lexicon
	out      *Guessed
	taken    map[int]string   // column -> what became of it
	byTarget map[string][]int // target -> its columns
	skips    map[int]string   // column -> why it is left out
	groups   []map[casefold.Field][]string
	each     string
}

// A candidate is a column that may be a target.
type candidate struct {
	column int
	target string
	name   float64 // how well its name fits
	total  float64 // with its values
}

const (
	// nameWeight is what a name counts against the values of a column; chosen
	// on the corpora of the shared data and the files of testdata/guess.
	nameWeight = 0.75
	// leastFit is the share of values below which a name is not believed.
	leastFit = 0.25
	// leastTotal is what a column needs to be mapped.
	leastTotal = 0.62
)

// most is how many columns a target may have; 1 if it is not here.
var most = map[string]int{"phone": 5, "email": 3, "alias": 6, "last_name": 3, "comment": 4, "arrest_number": 4, "related_case": 4,
	"booking_number": 2, "postal": 2, "id:other": 8, "id:license": 2, "id:ssn": 2, "id:cii": 2, "key:person": 3, "middle_name": 2}

// candidates are all that a column may be by its name.
func (g *guesser) candidates(i int, name string) []candidate {
	c := &g.p.Columns[i]
	var out []candidate
	for _, n := range g.lex.matchPath(name) {
		t := c.adjust(n.target)
		if isField(t) && !isDateField(t) && t != "deceased" && g.lex.hasWord(name, "date") {
			continue // the day of something, whatever its values look like
		}
		fit := 0.6
		if strings.HasPrefix(t, "skip") {
			fit = 1 // a name known to tell nothing needs no values to believe it
		}
		if !c.empty() && !strings.HasPrefix(t, "skip") && t != "key:source" {
			fit = c.fit(t)
		}
		if fit < leastFit {
			continue
		}
		total := nameWeight*n.score + (1-nameWeight)*fit
		if (t == "last_name" || t == "middle_name") && g.lex.hasWord(name, secondary...) {
			total -= 0.15 // behind the first of them
		}
		total += g.nearCharge(t, name)
		if total >= leastTotal {
			out = append(out, candidate{i, t, n.score, total})
		}
	}
	return out
}

// nearCharge prefers, where a table tells of a case and of its charges, what is
// told of the charge.
func (g *guesser) nearCharge(t, name string) float64 {
	if t != "disposition" && t != "disposition_date" && t != "disposition_code" && t != "charge_level" {
		return 0
	}
	switch {
	case g.lex.hasWord(name, "charge", "count"):
		return 0.02
	case g.lex.hasWord(name, "case"):
		return -0.02
	}
	return 0
}

// matchPath is match for a name that may be a JSON path: its last key counts
// nearly as much as all of them, unless the others tell of somebody else.
func (l *lexicon) matchPath(name string) []naming {
	out := l.match(name)
	dot := strings.LastIndexByte(name, '.')
	if dot < 0 {
		return out
	}
	for _, t := range l.tokens(name[:dot]) {
		if foreign[t] {
			return out
		}
	}
	for _, n := range l.match(name[dot+1:]) {
		n.score *= 0.93
		at := slices.IndexFunc(out, func(o naming) bool { return o.target == n.target })
		switch {
		case at < 0:
			out = append(out, n)
		case out[at].score < n.score:
			out[at].score = n.score
		}
	}
	return out
}

// byName gives columns to targets, best fit first.
func (g *guesser) byName() {
	var all []candidate
	for i := range g.p.Columns {
		if _, ok := g.taken[i]; !ok {
			all = append(all, g.candidates(i, g.p.Columns[i].Name)...)
		}
	}
	slices.SortStableFunc(all, func(a, b candidate) int { return -sign(a.total - b.total) })
	for _, c := range all {
		if _, ok := g.taken[c.column]; ok || !g.room(c.target, c.column) {
			continue
		}
		g.take(c.column, c.target)
		if c.name < 0.7 {
			g.out.Notes[g.p.Columns[c.column].Name] = "by a part of its name and its values: check"
		}
	}
}

// secondary are words of columns that go on with a name.
var secondary = []string{"maternal", "hyph", "hyphen", "second", "2", "other"}

// room reports whether a target has room for another column.
func (g *guesser) room(t string, column int) bool {
	n := len(g.byTarget[t])
	if strings.HasPrefix(t, "skip") || strings.HasPrefix(t, "key:source") || n == 0 {
		return true
	}
	if (t == "last_name" || t == "middle_name") && !g.lex.hasWord(g.p.Columns[column].Name, secondary...) {
		return false
	}
	if t == "name" {
		return n < 2 && g.lex.hasWord(g.p.Columns[column].Name, "org", "organization", "company", "business")
	}
	return n < max(1, most[t])
}

func (g *guesser) take(column int, t string) {
	g.taken[column] = t
	g.byTarget[t] = append(g.byTarget[t], column)
}

// byValue gives columns whose names say nothing to targets still open.
func (g *guesser) byValue() {
	var all []candidate
	for i := range g.p.Columns {
		if _, ok := g.taken[i]; ok {
			continue
		}
		for _, n := range g.p.Columns[i].byValues() {
			all = append(all, candidate{column: i, target: n.target, total: n.score})
		}
	}
	slices.SortStableFunc(all, func(a, b candidate) int { return -sign(a.total - b.total) })
	for _, c := range all {
		if _, ok := g.taken[c.column]; ok || len(g.byTarget[c.target]) > 0 || g.covered(c.target) {
			continue
		}
		name := g.columnName(c.column)
		if g.lex.foreignTo(name) || c.target == "case_number" && len(g.lex.match(name)) > 0 {
			continue
		}
		g.take(c.column, c.target)
		g.out.Notes[name] = "by its values only: check"
	}
	g.onlyDate()
}

// onlyDate takes the one column of dates that is left, if its name says
// nothing, for the event's date.
func (g *guesser) onlyDate() {
	found := -1
	for i := range g.p.Columns {
		c := &g.p.Columns[i]
		if _, ok := g.taken[i]; ok || c.looks.share[aDate] < 0.85 {
			continue
		}
		if found >= 0 || len(g.lex.match(c.Name)) > 0 {
			return
		}
		found = i
	}
	if found >= 0 && len(g.byTarget["event_date"]) == 0 && len(g.byTarget["birth_date"]) > 0 {
		g.take(found, "event_date")
		g.out.Notes[g.columnName(found)] = "by its values only: check"
	}
}

// besidePostal takes the two columns before a ZIP for city and state, where
// names say nothing and the values do not contradict: the order of an address.
func (g *guesser) besidePostal() {
	if len(g.byTarget["postal"]) == 0 {
		return
	}
	at := g.byTarget["postal"][0]
	for _, t := range []string{"state", "city"} {
		at--
		if at < 0 {
			return
		}
		if g.taken[at] == t {
			continue
		}
		c := &g.p.Columns[at]
		if _, ok := g.taken[at]; ok || c.empty() || len(g.byTarget[t]) > 0 || len(g.lex.match(c.Name)) > 0 || c.fit(t) < 0.95 {
			return
		}
		g.take(at, t)
		g.out.Notes[c.Name] = "by its place before the ZIP: check"
	}
}

// behindFirstName takes the words behind a first name for the middle name, where
// a column's name says nothing.
func (g *guesser) behindFirstName() {
	if len(g.byTarget["first_name"]) != 1 || len(g.byTarget["middle_name"]) > 0 {
		return
	}
	at := g.byTarget["first_name"][0] + 1
	if at >= len(g.p.Columns) || g.taken[at] != "" {
		return
	}
	c := &g.p.Columns[at]
	if c.empty() || len(g.lex.match(c.Name)) > 0 || c.looks.share[onlyLetters] < 0.95 || c.looks.share[aSex] > 0.9 || c.MeanLength > 10 || c.Distinct < 5 {
		return
	}
	g.take(at, "middle_name")
	g.out.Notes[c.Name] = "by its place behind the first name: check"
}

// covered reports whether what a target tells is told already in another form.
func (g *guesser) covered(t string) bool {
	switch t {
	case "name":
		return len(g.byTarget["last_name"]) > 0
	case "last_name", "first_name":
		return len(g.byTarget["name"]) > 0
	case "street":
		return len(g.byTarget["address"]) > 0
	case "charge_level": // M and F may be men and women, and mean nothing without a charge
		return len(g.byTarget["sex"]) == 0 || len(g.byTarget["charge"])+len(g.byTarget["charge_code"])+len(g.byTarget["arrest_charge"]) == 0
	}
	return false
}

// foreignTo reports whether a name tells of somebody else.
func (l *lexicon) foreignTo(name string) bool {
	return slices.ContainsFunc(l.tokens(name), func(t string) bool { return foreign[t] })
}

// leave notes why a column is not mapped.
func (g *guesser) leave(column int, why string) {
	g.taken[column] = "skip " + why
}

// redundant takes out columns that only repeat others, and finds out whether an
// age goes with the birth date.
func (g *guesser) redundant() {
	for i := range g.p.Columns {
		c := &g.p.Columns[i]
		if t := g.taken[i]; t != "" && t != "alias" || c.empty() {
			continue
		}
		if of := g.repeats(i); of != "" {
			g.drop(i)
			g.leave(i, "it repeats "+of)
		}
	}
	if ages, births := g.byTarget["age"], g.byTarget["birth_date"]; len(ages) > 0 && len(births) > 0 {
		if age := ages[0]; !g.agesWith(age, births[0]) {
			g.drop(age)
			g.take(age, "attr:age_told")
			g.out.Notes[g.columnName(age)] = "does not go with the birth date, so no age: a fact of its own"
		}
	}
}

// drop takes a column from its target.
func (g *guesser) drop(column int) {
	t := g.taken[column]
	delete(g.taken, column)
	g.byTarget[t] = slices.DeleteFunc(g.byTarget[t], func(i int) bool { return i == column })
}

// repeats names the columns whose values a column's are put together from:
// one, or two joined by a blank.
func (g *guesser) repeats(column int) string {
	parts := func(a, b int) bool {
		same, n := 0, 0
		for _, row := range g.p.sample {
			if row[column] == "" {
				continue
			}
			n++
			joined := row[a]
			if b >= 0 {
				joined = strings.TrimSpace(row[a] + " " + row[b])
			}
			if strings.EqualFold(joined, row[column]) {
				same++
			}
		}
		return n >= 20 && same*100 >= n*97
	}
	names := slices.Concat(g.byTarget["first_name"], g.byTarget["last_name"], g.byTarget["middle_name"], g.byTarget["name"],
		g.byTarget["birth_date"], g.byTarget["street"])
	for _, a := range names {
		if a != column && parts(a, -1) {
			return g.p.Columns[a].Name
		}
	}
	for _, a := range names {
		for _, b := range names {
			if a != b && a != column && b != column && parts(a, b) {
				return g.p.Columns[a].Name + " and " + g.p.Columns[b].Name
			}
		}
	}
	return ""
}

// agesWith reports whether ages fall as birth years rise, as they do even when
// the day of telling varies over decades. Too few rows decide nothing.
func (g *guesser) agesWith(age, birth int) bool {
	var n, sx, sy, sxx, syy, sxy float64
	for _, row := range g.p.sample {
		a, b := float64(atoi(row[age])), float64(birthYear(row[birth], g.p.Columns[birth].DateOrder))
		if a <= 0 || b <= 0 {
			continue
		}
		n++
		sx, sy, sxx, syy, sxy = sx+a, sy+b, sxx+a*a, syy+b*b, sxy+a*b
	}
	if n < 30 {
		return true
	}
	cov, vx, vy := sxy-sx*sy/n, sxx-sx*sx/n, syy-sy*sy/n
	if vx <= 0 || vy <= 0 {
		return true
	}
	return cov < 0 && cov*cov >= 0.1*vx*vy
}

func (g *guesser) columnName(i int) string { return g.p.Columns[i].Name }

// why explains why a column is not mapped.
func (g *guesser) why(i int) string {
	c := &g.p.Columns[i]
	if reason, ok := strings.CutPrefix(g.taken[i], "skip "); ok {
		return reason
	}
	switch {
	case c.empty() && c.Filled == 0:
		return "it is empty"
	case c.empty():
		return "it holds fillers only"
	case c.Distinct == 1:
		return "it is the same in every row"
	}
	if names := g.lex.matchPath(c.Name); len(names) > 0 && isField(names[0].target) {
		t := names[0].target
		if len(g.byTarget[t]) > 0 {
			return fmt.Sprintf("%s fits %s better", g.columnName(g.byTarget[t][0]), t)
		}
		return fmt.Sprintf("named like %s, but its values do not look it", t)
	}
	return "no field is known for it"
}
