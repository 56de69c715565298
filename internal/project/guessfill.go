package project

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"github.com/casefold/casefold"
	"github.com/casefold/casefold/normalize/date"
)

// fill makes the source of what was decided.
func (g *guesser) fill() {
	src := &g.out.Source
	m := &src.Mapping
	g.rowKey()
	g.personKey()
	m.Fields = map[casefold.Field][]string{}
	for _, info := range casefold.Fields {
		columns := g.byTarget[string(info.Field)]
		slices.SortStableFunc(columns, func(a, b int) int {
			if info.Field == "birth_date" {
				return 0 // year, month, day as found
			}
			return cmp.Or(cmp.Compare(g.continues(info.Field, a), g.continues(info.Field, b)), cmp.Compare(a, b))
		})
		for _, i := range columns {
			m.Fields[info.Field] = append(m.Fields[info.Field], g.columnName(i))
		}
	}
	m.Counts, m.CountsEach = g.groups, g.each
	for i := range g.p.Columns {
		switch t := g.taken[i]; {
		case strings.HasPrefix(t, "id:"):
			m.Identifiers = append(m.Identifiers, g.identifier(i, casefold.IdentifierKind(t[3:])))
		case strings.HasPrefix(t, "attr:"):
			m.Attributes = append(m.Attributes, casefold.AttributeColumn{Name: t[5:], Column: g.columnName(i)})
		case t == "key:source":
			g.out.SourceColumn = g.columnName(i)
		}
	}
	m.DateOrder, m.NameOrder = g.dateOrder(), g.nameOrder()
	src.Teller = g.teller()
	g.agency()
	src.ExtractDate = g.extractDate()
	g.readOptions()
	for i := range g.p.Columns {
		if g.unmapped(i) {
			g.out.Left = append(g.out.Left, LeftOut{g.columnName(i), g.why(i)})
		}
	}
}

// continues is 1 for a column that goes on with a name begun in another.
func (g *guesser) continues(f casefold.Field, column int) int {
	if (f == "last_name" || f == "middle_name") && g.lex.hasWord(g.columnName(column), secondary...) {
		return 1
	}
	return 0
}

// unmapped reports whether a column ended up in no part of the mapping.
func (g *guesser) unmapped(i int) bool {
	t := g.taken[i]
	src := &g.out.Source
	name := g.columnName(i)
	return (t == "" || strings.HasPrefix(t, "skip") || strings.HasPrefix(t, "key:person")) && name != src.RowKey && name != src.PersonKey &&
		!slices.ContainsFunc(src.Mapping.Identifiers, func(id casefold.IdentifierColumn) bool { return id.Column == name })
}

// identifier settles kind, issuer and how of a column that identifies.
func (g *guesser) identifier(i int, kind casefold.IdentifierKind) casefold.IdentifierColumn {
	id := casefold.IdentifierColumn{Column: g.columnName(i), Kind: kind, How: casefold.LookUp}
	id.Issuer = issuerOf(kind, issuerWord(id.Column))
	switch kind {
	case casefold.SSN:
		id.How = casefold.SelfReport
	case casefold.License, casefold.IDCard:
		id.How = casefold.Document
		g.licenseIssuer(i, &id)
	case casefold.Passport:
		id.How = casefold.Document
	case casefold.Other:
		id.How = casefold.SelfReport
	case casefold.CII, casefold.FBI, casefold.Local, casefold.Inmate:
		g.out.Notes[id.Column] = "how: print, if this agency takes the fingerprints itself"
	}
	return id
}

// issuerWord makes an issuer of a column's name: UGANDA-NIN.
func issuerWord(column string) string {
	if dot := strings.LastIndexByte(column, '.'); dot >= 0 {
		column = column[dot+1:]
	}
	words := cutName(column)
	for len(words) > 1 && slices.Contains([]string{"number", "no", "num", "nbr", "id"}, words[len(words)-1]) {
		words = words[:len(words)-1]
	}
	return strings.ToUpper(strings.Join(words, "-"))
}

// rowKey finds the column that names the row: named like one, nearly always
// filled, its values nearly all different.
func (g *guesser) rowKey() {
	best, bestScore := -1, 0.0
	for i := range g.p.Columns {
		c := &g.p.Columns[i]
		if c.Filled < 0.99 || c.Once < 0.98 || c.empty() || c.looks.share[aDate] > 0.5 || c.MaxLength > 64 {
			continue
		}
		if score := g.keyName(i); score > bestScore {
			best, bestScore = i, score
		}
	}
	if best >= 0 {
		g.out.Source.RowKey = g.columnName(best)
		if strings.HasPrefix(g.taken[best], "skip") {
			delete(g.taken, best)
		}
	}
}

// keyName is how much a column's name speaks for a row key, 0 if it does not.
func (g *guesser) keyName(i int) float64 {
	name := g.columnName(i)
	words := g.lex.tokens(name)
	if g.lex.foreignTo(name) {
		return 0
	}
	has := func(list ...string) bool {
		return slices.ContainsFunc(words, func(w string) bool { return slices.Contains(list, w) })
	}
	t := g.taken[i]
	switch {
	case strings.HasPrefix(t, "id:"), strings.HasPrefix(t, "attr:"), strings.HasPrefix(t, "key:source"):
		return 0
	case has("record", "row", "unique", "guid", "uuid"):
		return 1
	case has("key") || has("id") && has("charge", "event", "count", "transaction", "line", "report", "sequence", "filing", "arrest"):
		return 0.9
	case t == "key:person":
		return 0.7
	case has("id"):
		return 0.8
	case t == "arrest_number" && has("report", "incident"):
		return 0.5
	case t == "" && len(g.lex.match(name)) == 0 && g.p.Columns[i].numbersRows():
		return 0.3
	case i == 0 && (has("number") || name == "column_1" && g.p.Columns[i].looks.share[hasDigit] > 0.9):
		return 0.4
	}
	return 0
}

// numbersRows reports whether values, whatever they are called, look given out
// to rows: every one different, with digits, most of one shape.
func (c *Column) numbersRows() bool {
	return c.Distinct >= 50 && c.Once == 1 && c.looks.share[hasDigit] == 1 && len(c.Shapes) > 0 && c.Shapes[0].Share > 0.5
}

// sharedNumbers are person numbers that agencies of a county share, so that
// they compare across sources.
var sharedNumbers = wordSet("xref pfn sfno sf mni jacket cen cdi so permanent local mug main")

// personKey settles what becomes of columns that name a person: the key of
// this source, a number that other sources share, or neither.
func (g *guesser) personKey() {
	for _, i := range g.byTarget["key:person"] {
		c, name := &g.p.Columns[i], g.columnName(i)
		if name == g.out.Source.RowKey || c.empty() {
			continue
		}
		words := g.lex.tokens(name)
		shared := slices.ContainsFunc(words, func(w string) bool { return sharedNumbers[w] }) ||
			slices.Contains(words, "inmate") || slices.Contains(words, "jail") && slices.Contains(words, "id")
		repeats := c.Once < 0.97
		if g.out.Source.PersonKey == "" && repeats && g.keepsTogether(i) && (!shared || g.keepsPersons()) {
			g.out.Source.PersonKey = name
		}
		if shared {
			g.out.Source.Mapping.Identifiers = append(g.out.Source.Mapping.Identifiers, g.identifier(i, casefold.Local))
		}
	}
}

// keepsPersons reports whether this agency gives person numbers out itself.
func (g *guesser) keepsPersons() bool {
	switch g.teller() {
	case casefold.TellerJail, casefold.TellerPolice, casefold.TellerState, casefold.TellerProbation:
		return true
	}
	return false
}

// keepsTogether reports whether rows that share a key mostly share the name or
// the birth date. Without such rows in the sample it is believed.
func (g *guesser) keepsTogether(key int) bool {
	columns := slices.Concat(g.byTarget["last_name"], g.byTarget["name"], g.byTarget["birth_date"])
	if len(columns) == 0 {
		return true
	}
	first := map[string][]string{}
	same, n := 0, 0
	for _, row := range g.p.sample {
		if row[key] == "" {
			continue
		}
		before, ok := first[row[key]]
		if !ok {
			first[row[key]] = row
			continue
		}
		n++
		if slices.ContainsFunc(columns, func(c int) bool { return row[c] != "" && strings.EqualFold(row[c], before[c]) }) {
			same++
		}
	}
	return n == 0 || same*10 >= n*7
}

// dateOrder is the order that the columns of dates speak for together; "" where
// nothing tells or they need no order.
func (g *guesser) dateOrder() string {
	var tally date.Tally
	for i := range g.p.Columns {
		t := g.taken[i]
		if !isDateField(t) && t != "deceased" {
			continue
		}
		for _, v := range g.p.Columns[i].values[:min(len(g.p.Columns[i].values), valuesLooked)] {
			tally.Add(v)
		}
	}
	if tally.MonthFirst+tally.DayFirst+tally.YearFirst == 0 {
		return ""
	}
	if order := tally.Order(); order == date.MDY || order == date.DMY || order == date.YMD {
		return order
	}
	return ""
}

// nameOrder is needed for whole names without a comma.
func (g *guesser) nameOrder() string {
	columns := slices.Concat(g.byTarget["name"], g.byTarget["alias"])
	if len(columns) == 0 {
		return ""
	}
	c := &g.p.Columns[columns[0]]
	s := c.looks.share
	switch {
	case s[withComma] >= 0.5:
		return c.orderBesideCommas()
	case s[aGiven] > 1.3*s[aSurname] && s[aGiven] > 0.3:
		return "first_last"
	case s[aSurname] > 1.3*s[aGiven] && s[aSurname] > 0.3:
		return "last_first"
	}
	return ""
}

// orderBesideCommas is the order of the names without a comma in a column where
// most have one: several tellers may write into one column. Names with a comma
// show which words are surnames here and which are given names.
func (c *Column) orderBesideCommas() string {
	surname, given := map[string]int{}, map[string]int{}
	var plain [][]string
	var weights []int
	for i, v := range c.values {
		last, first, divided := strings.Cut(strings.ToUpper(v), ",")
		ls, fs := strings.Fields(last), strings.Fields(first)
		switch {
		case divided && len(ls) > 0 && len(fs) > 0:
			surname[ls[0]] += c.weight[i]
			given[fs[0]] += c.weight[i]
		case !divided && len(ls) > 1:
			plain, weights = append(plain, ls), append(weights, c.weight[i])
		}
	}
	firstLast, lastFirst := 0, 0
	for i, ws := range plain {
		front, back := ws[0], ws[len(ws)-1]
		switch straight, crossed := min(given[front], surname[back]), min(surname[front], given[back]); {
		case straight > crossed:
			firstLast += weights[i]
		case crossed > straight:
			lastFirst += weights[i]
		}
	}
	if firstLast > 5 && firstLast > 2*lastFirst {
		return "first_last"
	}
	return "last_first"
}

// extractDate is the last day that the rows tell of: the files cannot be older.
func (g *guesser) extractDate() casefold.Day {
	var last casefold.Day
	for i := range g.p.Columns {
		t := g.taken[i]
		if !isDateField(t) || strings.Contains(t, "birth") || t == "custody_to" {
			continue
		}
		if c := &g.p.Columns[i]; c.latest > last && c.latest.Year() < 2100 {
			last = c.latest
		}
	}
	return last
}

// readOptions are written down where the file's look decided them.
func (g *guesser) readOptions() {
	o := &g.out.Source.Read
	p := g.p
	if p.Format != "delimited" {
		return
	}
	if p.Encoding == "windows-1252" {
		o.Encoding = p.Encoding
	}
	if p.Delimiter != "," {
		o.Delimiter = p.Delimiter
	}
	if p.Quote != `"` {
		o.Quote = p.Quote
	}
	o.Escape = p.Escape
	o.Header = p.Header
	if p.Header == "no" && len(o.Columns) == 0 {
		for _, c := range p.Columns {
			o.Columns = append(o.Columns, casefold.FixedColumn{Name: c.Name})
		}
	}
}

func atoi(s string) int {
	n, _ := strconv.Atoi(strings.TrimSpace(s))
	return n
}

// birthYear is the year of a date, or a year that stands alone.
func birthYear(v, order string) int {
	if y := atoi(v); y >= 1800 && y <= 2100 {
		return y
	}
	d, verdict := date.Parse(v, date.Options{Order: order})
	if verdict != date.OK {
		return 0
	}
	return d.First.Year()
}
