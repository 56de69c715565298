package project

import (
	"slices"
	"strings"

	"github.com/casefold/casefold"
	"github.com/casefold/casefold/normalize/date"
)

// settle moves columns between neighboring fields by what stands beside them
// and by who keeps the files.
func (g *guesser) settle() {
	g.streetOrAddress()
	g.reliefDate()
	g.offenseBeforeArrest()
	switch teller := g.teller(); teller {
	case casefold.TellerPolice, casefold.TellerJail:
		// What police and jails tell is what people were arrested for.
		for _, t := range []string{"charge", "charge_code", "charge_level"} {
			g.rename(t, "arrest_"+t)
		}
	case casefold.TellerCourt, casefold.TellerDA:
		g.notTheReporter()
	}
}

// streetOrAddress: where city or ZIP stand apart, an address is the street.
func (g *guesser) streetOrAddress() {
	columns := g.byTarget["address"]
	if len(columns) != 1 || len(g.byTarget["street"]) > 0 {
		return
	}
	apart := slices.ContainsFunc(g.p.Columns, func(c Column) bool {
		return !slices.Contains(g.byTarget["address"], g.index(c.Name)) && g.lex.hasWord(c.Name, "city", "zip", "postal")
	})
	c := &g.p.Columns[columns[0]]
	whole := 0
	for i, v := range c.values {
		if last := v[strings.LastIndexByte(v, ' ')+1:]; len(last) == 5 && strings.Trim(last, "0123456789") == "" {
			whole += c.weight[i]
		}
	}
	total := 0
	for _, w := range c.weight {
		total += w
	}
	if apart && 4*whole <= total {
		i := columns[0]
		g.drop(i)
		g.take(i, "street")
	}
}

func (g *guesser) index(column string) int {
	return slices.IndexFunc(g.p.Columns, func(c Column) bool { return c.Name == column })
}

// reliefDate: the date that goes by the same name as the relief is its date.
func (g *guesser) reliefDate() {
	relief, event := g.byTarget["relief"], g.byTarget["event_date"]
	if len(relief) != 1 || len(event) != 1 || len(g.byTarget["relief_date"]) > 0 {
		return
	}
	what := g.lex.tokens(g.columnName(relief[0]))
	date := slices.DeleteFunc(g.lex.tokens(g.columnName(event[0])), func(w string) bool { return w == "date" })
	if slices.Equal(unique(what), unique(date)) {
		i := event[0]
		g.drop(i)
		g.take(i, "relief_date")
	}
}

// offenseBeforeArrest takes a date for that of the offense only where it is not
// after the arrest, nor the day of filing: a law asks for the day of the offense,
// and a date of charging read as one denies what is owed.
func (g *guesser) offenseBeforeArrest() {
	for _, i := range slices.Clone(g.byTarget["offense_date"]) {
		for _, other := range slices.Concat(g.byTarget["arrest_date"], g.byTarget["custody_from"]) {
			if n, after, _ := g.compareDates(i, other); n >= 20 && 10*after > n {
				g.drop(i)
				g.leave(i, "its days come after those of "+g.columnName(other)+": not the day of the offense")
				return
			}
		}
		for _, other := range g.byTarget["filed_date"] {
			if n, _, same := g.compareDates(i, other); n >= 20 && 2*same > n {
				g.drop(i)
				g.leave(i, "its days are those of "+g.columnName(other)+": not the day of the offense")
				return
			}
		}
	}
}

// compareDates counts the rows of the sample that tell two dates, those in which
// the first comes after the second, and those in which they are one.
func (g *guesser) compareDates(a, b int) (n, after, same int) {
	for _, row := range g.p.sample {
		x, ok := date.Parse(row[a], date.Options{Order: g.p.Columns[a].DateOrder})
		y, also := date.Parse(row[b], date.Options{Order: g.p.Columns[b].DateOrder})
		if ok != date.OK || also != date.OK || !x.Exact() || !y.Exact() {
			continue
		}
		n++
		switch {
		case x.First > y.First:
			after++
		case x.First == y.First:
			same++
		}
	}
	return n, after, same
}

// rename moves all columns of a field to another that is free, in groups too.
func (g *guesser) rename(from, to string) {
	if g.tells(to) {
		return
	}
	for _, i := range slices.Clone(g.byTarget[from]) {
		g.drop(i)
		g.take(i, to)
	}
	for _, group := range g.groups {
		if columns, ok := group[casefold.Field(from)]; ok {
			delete(group, casefold.Field(from))
			group[casefold.Field(to)] = columns
		}
	}
}

// notTheReporter: in the files of courts and prosecutors the agency that
// arrested is not the one that reports.
func (g *guesser) notTheReporter() {
	for _, t := range []string{"agency", "agency_ori"} {
		for _, i := range slices.Clone(g.byTarget[t]) {
			if g.lex.hasWord(g.columnName(i), "arrest", "booking", "report", "incident", "law") {
				g.drop(i)
				g.leave(i, "it names the agency that arrested, not the one that reports")
			}
		}
	}
}
