package history

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/casefold/casefold"
	"github.com/casefold/casefold/normalize/caseno"
	"github.com/casefold/casefold/normalize/date"
	words "github.com/casefold/casefold/normalize/outcome"
	"github.com/casefold/casefold/normalize/statute"
	"github.com/rogpeppe/go-internal/txtar"
)

// A case file is a txtar archive: a comment that says what happened, a section
// per source with its rows as a table, and the history that is expected.
//
//	-- court SACRAMENTO --
//	row | number   | count | charge   | convicted   | disposition | day
//	c1  | 98F04711 | 1     | 11359 HS | 11357(B) HS | CONVICTED   | 1998-06-14
//	-- history --
//	...
//
// The header of a source names its teller and county, and its own name after #
// if two are of one teller. A cell " (ditto) repeats the cell above it.
type caseFile struct {
	title   string
	sources []casefold.Source
	records []casefold.Record
	want    string
}

var kindWords = map[string]casefold.EventKind{
	"ARREST": casefold.ArrestEvent, "COURT": casefold.CourtEvent, "CUSTODY": casefold.CustodyEvent,
	"PROBATION": casefold.SupervisionEvent, "REGISTRATION": casefold.RegistrationEvent,
	"DECEASED": casefold.DeceasedEvent, "APPLICANT": casefold.ApplicantEvent, "RELIEF": casefold.ReliefEvent,
	"LIST": casefold.ListingEvent, "FILING": casefold.FilingEvent,
}

func parseCase(t testing.TB, data []byte) *caseFile {
	t.Helper()
	a := txtar.Parse(data)
	c := &caseFile{title: strings.TrimSpace(string(a.Comment))}
	for _, f := range a.Files {
		if f.Name == "history" {
			c.want = string(f.Data)
			continue
		}
		c.addSource(t, f.Name, string(f.Data))
	}
	return c
}

func (c *caseFile) addSource(t testing.TB, header, table string) {
	head, name, named := strings.Cut(header, " #")
	teller, county, _ := strings.Cut(head, " ")
	s := casefold.Source{Name: teller, Teller: casefold.TellerKind(teller)}
	if named {
		s.Name = name
	}
	county, complete, _ := strings.Cut(county, ", complete ")
	kinds := map[casefold.TellerKind]casefold.AgencyKind{
		casefold.TellerCourt: casefold.SuperiorCourt, casefold.TellerDA: casefold.Prosecutor, casefold.TellerPolice: casefold.Police,
		casefold.TellerJail: casefold.Sheriff, casefold.TellerProbation: casefold.Probation, casefold.TellerState: casefold.StateBureau,
	}
	if county != "" {
		s.Agency = casefold.Agency{Name: county + " " + strings.ToUpper(strings.ReplaceAll(string(kinds[s.Teller]), "_", " ")), County: county, State: "CA", Kind: kinds[s.Teller]}
	}
	if complete != "" {
		from, to, _ := strings.Cut(complete, "-")
		y1, err1 := strconv.Atoi(from)
		y2, err2 := strconv.Atoi(to)
		if err1 != nil || err2 != nil {
			t.Fatalf("%s: complete FROM-TO, in years", header)
		}
		s.AuthoritativeFor = []casefold.Coverage{{Question: casefold.AboutConvictions, From: casefold.MakeDay(y1, 1, 1), To: casefold.MakeDay(y2, 12, 31)}}
	}
	c.sources = append(c.sources, s)
	at := &c.sources[len(c.sources)-1]
	var columns, above []string
	for n, line := range strings.Split(strings.TrimRight(table, "\n"), "\n") {
		cells := strings.Split(line, "|")
		for i := range cells {
			cells[i] = strings.TrimSpace(cells[i])
			if cells[i] == `"` {
				cells[i] = above[i]
			}
		}
		if n == 0 {
			columns = cells
			if slices.Contains(columns, "disposition") {
				at.Mapping.Fields = map[casefold.Field][]string{"disposition": {"disposition"}}
			}
			continue
		}
		if len(cells) > len(columns) {
			t.Fatalf("%s, row %d: %d cells under %d columns", header, n, len(cells), len(columns))
		}
		above = cells
		row := map[string]string{}
		for i, v := range cells {
			row[columns[i]] = v
		}
		c.addRow(t, s, row)
	}
}

// addRow makes a record of a row, or a further count of the record whose key
// stands in the row above.
func (c *caseFile) addRow(t testing.TB, s casefold.Source, row map[string]string) {
	r := casefold.Record{Teller: casefold.Teller{Source: s.Name, RowKey: row["row"]}}
	r.Person.PersonKey = row["person"]
	if n := row["name"]; n != "" {
		last, first, _ := strings.Cut(n, ",")
		r.Person.Names = []casefold.Name{{Verbatim: n, Last: strings.TrimSpace(last), First: strings.TrimSpace(first)}}
	}
	if b := row["birth"]; b != "" {
		r.Person.Births, r.Person.BirthVerbatim = []casefold.Date{mustDate(t, b)}, b
	}
	e := eventOf(t, s, row)
	if n := len(c.records) - 1; n >= 0 && c.records[n].Teller == r.Teller {
		c.records[n].Events = append(c.records[n].Events, e)
		return
	}
	r.Events = []casefold.Event{e}
	c.records = append(c.records, r)
}

var charges = statute.New()

func eventOf(t testing.TB, s casefold.Source, row map[string]string) casefold.Event {
	used := map[string]bool{"row": true, "person": true, "name": true, "birth": true}
	get := func(col string) string { used[col] = true; return row[col] }
	day := func(col string) casefold.Date { return mustDate(t, get(col)) }
	offense := func(col string) *casefold.Offense {
		v := get(col)
		if v == "" {
			return nil
		}
		text, code, _ := strings.Cut(v, " =")
		return charges.Offense(statute.Input{Text: text, CJIS: code, Qualifiers: get("qualifiers"), Level: get(col + " level"), Comment: row["comment"]})
	}
	e := casefold.Event{
		Kind: kindWords[get("kind")], Agency: agencyOf(s, get("agency")), Court: courtNamed(get("court")), Date: day("day"),
		Cycle: get("cycle"), Step: get("step"), Count: get("count"), Comment: get("comment"),
		ArrestDate: day("arrested on"), OffenseDate: day("offense on"), FiledDate: day("filed on"), PleaDate: day("plea on"),
		ConvictionDate: day("convicted on"), DispositionDate: day("disposed on"), SentenceDate: day("sentenced on"),
		CustodyFrom: day("from"), CustodyTo: day("to"),
		Arrested: offense("arrested"), Filed: offense("charge"), Disposed: offense("disposed"), Convicted: offense("convicted"),
		ConvictedLevel: statute.Level(get("level")), Plea: get("plea"), Listing: casefold.Listing(get("listing")),
		Grams: get("grams"), Plants: get("plants"),
	}
	if get("kind") == "" {
		e.Kind = map[casefold.TellerKind]casefold.EventKind{
			casefold.TellerCourt: casefold.CourtEvent, casefold.TellerDA: casefold.FilingEvent, casefold.TellerPolice: casefold.ArrestEvent,
			casefold.TellerJail: casefold.CustodyEvent, casefold.TellerState: casefold.CourtEvent, casefold.TellerProbation: casefold.SupervisionEvent,
		}[s.Teller]
	}
	court := e.Court
	if !court.Kind.IsCourt() {
		court = e.Agency
	}
	if !court.Kind.IsCourt() && court.County != "" {
		court.Kind = casefold.SuperiorCourt
	}
	e.Cases = caseno.Parse(get("number"), court, get("defendant"))
	e.Related = caseno.Parse(get("related"), court, "")
	e.Bookings = caseno.Booking(get("booking"))
	e.Arrests = caseno.Booking(get("report"))
	e.Sentence = sentenceOf(t, get("sentence"))
	var later []casefold.Relief
	e.Disposition, later = words.Disposition(get("disposition"), "")
	for i := range later {
		later[i].Date = day("relief on")
	}
	if e.Disposition.Status == casefold.Unrecognized {
		t.Fatalf("no words of a disposition: %q", row["disposition"])
	}
	e.Relief = append(later, words.Relief(get("relief"), day("relief on"))...)
	for col := range row {
		if !used[col] && !strings.HasSuffix(col, " level") && col != "relief on" {
			t.Fatalf("no such column: %q", col)
		}
	}
	return e
}

func agencyOf(s casefold.Source, text string) casefold.Agency {
	if text == "" {
		return s.Agency
	}
	return courtNamed(text)
}

// courtNamed reads "SACRAMENTO", "SACRAMENTO MC", "SACRAMENTO JV", "US EASTERN",
// "SACRAMENTO PD", "NV WASHOE".
func courtNamed(text string) casefold.Agency {
	if text == "" {
		return casefold.Agency{}
	}
	a := casefold.Agency{Verbatim: text, County: text, State: "CA", Kind: casefold.SuperiorCourt}
	for suffix, kind := range map[string]casefold.AgencyKind{
		" MC": casefold.MunicipalCourt, " JV": casefold.JuvenileCourt, " PD": casefold.Police, " SO": casefold.Sheriff,
	} {
		if c, ok := strings.CutSuffix(text, suffix); ok {
			a.County, a.Kind = c, kind
		}
	}
	if name, ok := strings.CutPrefix(text, "US "); ok {
		a.Kind, a.County, a.Name = casefold.FederalCourt, "", name
	}
	if name, ok := strings.CutPrefix(text, "NV "); ok {
		a.Kind, a.County, a.State, a.Name = casefold.OtherCourt, "", "NV", name
	}
	if a.Name == "" {
		a.Name = a.County + " " + strings.ToUpper(strings.ReplaceAll(string(a.Kind), "_", " "))
	}
	return a
}

// sentenceOf reads "90D jail, 3Y probation".
func sentenceOf(t testing.TB, text string) (out []casefold.SentencePart) {
	for _, part := range strings.Split(text, ",") {
		part = strings.TrimSpace(part)
		if part == "" {
			continue
		}
		length, kind, _ := strings.Cut(part, " ")
		p := casefold.SentencePart{Kind: casefold.SentenceKind(kind), Verbatim: part, Unit: length[len(length)-1:]}
		n, err := strconv.Atoi(strings.TrimRight(length, "DMY"))
		if err != nil {
			t.Fatalf("no sentence: %q", part)
		}
		p.Length = n
		out = append(out, p)
	}
	return out
}

func mustDate(t testing.TB, s string) casefold.Date {
	t.Helper()
	d, v := date.Parse(s, date.Options{Order: date.MDY})
	if v != date.OK && v != date.Missing {
		t.Fatalf("%q is not a date: %s", s, v)
	}
	return d
}

// render prints a history as a clerk would note it.
func render(h *casefold.History) string {
	var b strings.Builder
	line := func(format string, args ...any) { fmt.Fprintf(&b, format+"\n", args...) }
	if h.Birth.Status == casefold.FactConflicting {
		line("born %s, told by %s", factText(h.Birth, casefold.Date.String), tellersText(h.Birth.Tellers))
		for _, o := range h.Birth.Others {
			line("  also told as %s by %s", o.Value, tellersText(o.Tellers))
		}
	}
	names := map[string]string{}
	for i := range h.Convictions {
		names[h.Convictions[i].ID] = label(&h.Convictions[i])
	}
	for i := range h.Convictions {
		c := &h.Convictions[i]
		line("%s", label(c))
		renderConviction(line, c, names)
	}
	for i := range h.Cases {
		for _, n := range h.Cases[i].Counts {
			if n.Conviction < 0 {
				line("no conviction: %s count %s %s: %s, told by %s", numbersText(h.Cases[i].Numbers), or(n.Number, "-"), offenseText(n.Offense), factText(n.Disposition, dispText), tellersText(n.Tellers))
			}
		}
	}
	for _, s := range h.Custody {
		line("custody: %s to %s, told by %s", or(s.From.String(), "?"), or(s.To.String(), "?"), tellersText(s.Tellers))
	}
	for _, s := range h.Supervision {
		line("supervision: %s to %s, told by %s", or(s.From.String(), "?"), or(s.To.String(), "?"), tellersText(s.Tellers))
	}
	for _, r := range h.Registrations {
		line("registration: %s %s, told by %s", r.Statute, r.Date, tellersText(r.Tellers))
	}
	if !h.Deceased.IsZero() {
		line("deceased: %s, told by %s", or(h.Deceased.Value.String(), "date not told"), tellersText(h.Deceased.Tellers))
	}
	for _, g := range h.Gaps {
		line("gap: %s: %s", g.Code, g.Text)
	}
	return b.String()
}

func label(c *casefold.Conviction) string {
	kind := ""
	if c.Kind != casefold.AdultConviction {
		kind = string(c.Kind) + ": "
	}
	return fmt.Sprintf("%s%s count %s: %s, %s, convicted %s in %s", kind, or(numbersText(c.Numbers), "no number"), or(c.Count.Value, "-"),
		or(c.Offense.Value.String(), "offense not told"), factText(c.Level, casefold.Level.String), factText(c.ConvictionDate, casefold.Date.String), factText(c.Court, agencyText))
}

func renderConviction(line func(string, ...any), c *casefold.Conviction, names map[string]string) {
	other := func(what string, list []string) {
		if len(list) > 0 {
			line("  %s", what+strings.Join(list, "; "))
		}
	}
	if c.Offense.Status == casefold.FactConflicting {
		line("  offense is conflicting")
	}
	others := func(what string, n int, at func(int) string) {
		var list []string
		for i := range n {
			list = append(list, at(i))
		}
		other(what, list)
	}
	others("offense also told as ", len(c.Offense.Others), func(i int) string {
		o := c.Offense.Others[i]
		return o.Value.String() + " by " + tellersText(o.Tellers)
	})
	others("level also told as ", len(c.Level.Others), func(i int) string { o := c.Level.Others[i]; return o.Value.String() + " by " + tellersText(o.Tellers) })
	others("conviction date also told as ", len(c.ConvictionDate.Others), func(i int) string {
		o := c.ConvictionDate.Others[i]
		return o.Value.String() + " by " + tellersText(o.Tellers)
	})
	others("number also told as ", len(c.CaseNumber.Others), func(i int) string { o := c.CaseNumber.Others[i]; return o.Value + " by " + tellersText(o.Tellers) })
	if c.LevelAtEntry.Value != c.Level.Value {
		line("  level at the judgment: %s", factText(c.LevelAtEntry, casefold.Level.String))
	}
	if c.Filed.Status != "" && c.Filed.Value.String() != c.Offense.Value.String() {
		line("  filed as %s", factText(c.Filed, offenseValue))
	}
	if c.Arrested.Status != "" && c.Arrested.Value.String() != c.Offense.Value.String() {
		line("  arrested for %s", factText(c.Arrested, offenseValue))
	}
	if c.ArrestDate.Status != "" {
		line("  arrested %s", factText(c.ArrestDate, casefold.Date.String))
	}
	line("  offense %s", factText(c.OffenseDate, casefold.Date.String))
	if c.SentenceDate.Status != "" {
		line("  sentenced %s", factText(c.SentenceDate, casefold.Date.String))
	}
	var parts []string
	for _, s := range c.Sentence {
		parts = append(parts, strconv.Itoa(s.Length)+s.Unit+" "+string(s.Kind))
	}
	other("sentence: ", parts)
	if c.SentenceEnd.Status != "" {
		line("  sentence ends %s", factText(c.SentenceEnd, casefold.Date.String))
	}
	if c.Disposition.Status == casefold.FactConflicting {
		line("  disposition is conflicting: %s", factText(c.Disposition, dispText))
	}
	for _, e := range c.Events {
		line("  then %s %s, told by %s", e.Kind, or(e.Date.String(), "on a day not told"), tellersText(e.Tellers))
	}
	if c.Listing.Status != "" {
		line("  listing: %s", factText(c.Listing, func(l casefold.Listing) string { return string(l) }))
	}
	if c.Reversed != casefold.False {
		line("  reversed: %s", c.Reversed)
	}
	if c.Caption != (casefold.Caption{}) && (c.Caption.Name != "" || c.Caption.CaseNumber != "") {
		line("  caption: %s, born %s, number %s (%s)", or(c.Caption.Name, "?"), or(c.Caption.BirthDate, "?"), or(c.Caption.CaseNumber, "?"), c.Caption.From)
	}
	line("  told by %s", tellersText(c.Tellers))
	for _, id := range c.PossiblySame {
		line("  possibly the same as: %s", names[id])
	}
}

func factText[T any](f casefold.Fact[T], text func(T) string) string {
	s := text(f.Value)
	switch f.Status {
	case casefold.FactUnknown:
		return "unknown"
	case casefold.FactKnown:
		return s
	}
	return s + " (" + string(f.Status) + ")"
}

func agencyText(a casefold.Agency) string    { return or(a.County, a.State+" "+a.Name) }
func offenseValue(o casefold.Offense) string { return o.String() }
func dispText(d casefold.Disposition) string { return or(string(d.Status), "none") }
func tellersText(list []casefold.Teller) string {
	var out []string
	for _, t := range list {
		out = append(out, t.RowKey)
	}
	return strings.Join(out, " ")
}

func offenseText(o *casefold.Offense) string {
	if o == nil {
		return "?"
	}
	return o.String()
}

func numbersText(list []casefold.CaseNumber) string {
	var out []string
	for _, n := range list {
		s := n.Key
		if n.Defendant != "" {
			s += "/" + n.Defendant
		}
		if !slices.Contains(out, s) {
			out = append(out, s)
		}
	}
	return strings.Join(out, "=")
}

func or(s, other string) string {
	if s == "" {
		return other
	}
	return s
}
