package normalize

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/casefold/casefold"
	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"
)

var update = flag.Bool("update", false, "write the expected records anew; review the diff")

// TestRecords runs testdata/records/*.txt: how a source is described, its rows,
// and the records they give.
func TestRecords(t *testing.T) {
	files, _ := filepath.Glob("testdata/records/*.txt")
	if len(files) < 6 {
		t.Errorf("only %d case files", len(files))
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txt"), func(t *testing.T) {
			a, err := txtar.ParseFile(file)
			if err != nil {
				t.Fatal(err)
			}
			part := map[string]*txtar.File{}
			for i := range a.Files {
				part[a.Files[i].Name] = &a.Files[i]
			}
			src := parseSource(t, string(part["source"].Data))
			layout, rows := parseRows(src, string(part["rows"].Data))
			n, err := New(src, layout)
			if err != nil {
				t.Fatal(err)
			}
			var out strings.Builder
			for i := range rows {
				records, findings := n.Records(&rows[i], fmt.Sprint(i+1), nil)
				for _, r := range records {
					printRecord(&out, r)
				}
				for _, f := range findings {
					fmt.Fprintf(&out, "finding %s: %s %s\n", f.Teller, f.Code, f.Field)
				}
			}
			if *update {
				part["records"].Data = []byte(out.String())
				if err := os.WriteFile(file, txtar.Format(a), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			if d := cmp.Diff(string(part["records"].Data), out.String()); d != "" {
				t.Errorf("records (-want +got):\n%s", d)
			}
		})
	}
}

// parseSource reads `key: value` lines; a mapping line is `field = column,
// column`, a group's begins with `count N` or `person N`.
func parseSource(t *testing.T, s string) *casefold.Source {
	t.Helper()
	src := &casefold.Source{Name: "src"}
	src.Mapping.Fields = map[casefold.Field][]string{}
	for line := range strings.Lines(s) {
		line = strings.TrimSpace(line)
		key, value, ok := strings.Cut(line, ": ")
		if ok {
			setSource(t, src, key, value)
			continue
		}
		l, r, ok := strings.Cut(line, " = ")
		if !ok {
			t.Fatalf("no such line: %q", line)
		}
		var columns []string
		for c := range strings.SplitSeq(r, ",") {
			columns = append(columns, strings.TrimSpace(c))
		}
		into := src.Mapping.Fields
		if w := strings.Fields(l); len(w) == 3 {
			at := int(w[1][0] - '1')
			if w[0] == "count" {
				for len(src.Mapping.Counts) <= at {
					src.Mapping.Counts = append(src.Mapping.Counts, map[casefold.Field][]string{})
				}
				into = src.Mapping.Counts[at]
			} else {
				for len(src.Mapping.People) <= at {
					src.Mapping.People = append(src.Mapping.People, casefold.PersonGroup{Fields: map[casefold.Field][]string{}})
				}
				into = src.Mapping.People[at].Fields
			}
			l = w[2]
		}
		into[casefold.Field(l)] = columns
	}
	return src
}

func setSource(t *testing.T, src *casefold.Source, key, value string) {
	t.Helper()
	p := strings.Split(value, " | ")
	m := &src.Mapping
	switch key {
	case "teller":
		src.Teller = casefold.TellerKind(value)
	case "format":
		src.Format = value
	case "agency":
		src.Agency = casefold.Agency{Name: p[0], County: p[1], Kind: casefold.AgencyKind(p[2])}
	case "extract":
		src.ExtractDate, _ = casefold.ParseDay(value)
	case "person key":
		src.PersonKey = value
	case "date order":
		m.DateOrder = value
	case "name order":
		m.NameOrder = value
	case "counts each":
		m.CountsEach = value
	case "people each":
		m.PeopleEach = value
	case "identifier":
		m.Identifiers = append(m.Identifiers, casefold.IdentifierColumn{Column: p[0], Kind: casefold.IdentifierKind(p[1]), Issuer: p[2], How: casefold.How(p[3])})
	case "attribute":
		m.Attributes = append(m.Attributes, casefold.AttributeColumn{Column: p[0], Name: p[1]})
	case "translate":
		if m.Values == nil {
			m.Values = map[casefold.Field]map[string]string{}
		}
		if m.Values[casefold.Field(p[0])] == nil {
			m.Values[casefold.Field(p[0])] = map[string]string{}
		}
		m.Values[casefold.Field(p[0])][p[1]] = p[2]
	default:
		t.Fatalf("no such key: %q", key)
	}
}

// parseRows reads a header and rows divided by "|". In a source with repeated
// groups, a further line that begins with "+" is one element: path=value|...
func parseRows(src *casefold.Source, s string) (casefold.Layout, []casefold.Row) {
	var layout casefold.Layout
	each := src.Mapping.CountsEach
	if each == "" {
		each = src.Mapping.PeopleEach
	}
	groupFields := map[casefold.Field][]string{}
	for _, g := range src.Mapping.Counts {
		for f, c := range g {
			groupFields[f] = c
		}
	}
	if src.Mapping.PeopleEach != "" {
		groupFields = src.Mapping.People[0].Fields
	}
	if each != "" {
		for _, info := range casefold.Fields {
			for _, c := range groupFields[info.Field] {
				layout.Groups = append(layout.Groups, each+"."+c)
			}
		}
	}
	var rows []casefold.Row
	for i, line := range strings.Split(strings.TrimRight(s, "\n"), "\n") {
		cells := strings.Split(line, "|")
		switch {
		case i == 0:
			layout.Columns = cells
		case strings.HasPrefix(line, "+"):
			group := make([]string, len(layout.Groups))
			for _, pair := range strings.Split(line[1:], "|") {
				path, value, _ := strings.Cut(strings.TrimSpace(pair), "=")
				for k, g := range layout.Groups {
					if g == each+"."+path {
						group[k] = value
					}
				}
			}
			r := &rows[len(rows)-1]
			r.Groups = append(r.Groups, group)
		default:
			rows = append(rows, casefold.Row{Values: cells})
		}
	}
	return layout, rows
}

func printRecord(out *strings.Builder, r casefold.Record) {
	p := r.Person
	fmt.Fprintf(out, "record %s\n", r.Teller)
	line := func(indent, label string, parts ...any) {
		var kept []string
		for _, x := range parts {
			if s := strings.TrimSpace(fmt.Sprint(x)); s != "" {
				kept = append(kept, s)
			}
		}
		if len(kept) > 0 {
			fmt.Fprintf(out, "%s%s %s\n", indent, label, strings.Join(kept, " "))
		}
	}
	for _, n := range p.Names {
		line("  ", string(n.Kind), n.Last+"; "+n.First+"; "+n.Middle+"; "+n.Suffix, "<"+n.Verbatim+">")
	}
	line("  ", "born", p.Births, "<"+p.BirthVerbatim+">")
	line("  ", "is", p.Sex, p.Race)
	for _, i := range p.Identifiers {
		line("  ", "number", i.Kind, i.Issuer, i.How, i.Value, "<"+i.Verbatim+">")
	}
	for _, a := range p.Addresses {
		line("  ", "lives", strings.Join([]string{a.Number, a.Street, a.Unit, a.City, a.State, a.Postal}, "; "))
	}
	line("  ", "reach", strings.Join(p.Phones, " "), strings.Join(p.Emails, " "))
	for _, a := range p.Attributes {
		line("  ", a.Name, a.Value)
	}
	line("  ", "key", p.PersonKey)
	if p.Age >= 0 {
		line("  ", "age", p.Age, "on", p.AgeOn)
	}
	if p.IsDeceased {
		line("  ", "dead", p.Deceased, ".")
	}
	for _, e := range r.Events {
		printEvent(line, e)
	}
}

func printEvent(line func(indent, label string, parts ...any), e casefold.Event) {
	line("  ", "event", e.Kind, e.Date, "by", agency(e.Agency))
	if e.Court != (casefold.Agency{}) {
		line("    ", "court", agency(e.Court))
	}
	if e.Cycle+e.Step+e.Count != "" {
		line("    ", "count", e.Cycle+"/"+e.Step+"/"+e.Count)
	}
	for _, c := range e.Cases {
		line("    ", "case", c.Family, c.Key, c.Defendant, "<"+c.Verbatim+">")
	}
	for _, c := range e.Related {
		line("    ", "related", c.Family, c.Key)
	}
	line("    ", "bookings", strings.Join(e.Bookings, " "))
	line("    ", "arrests", strings.Join(e.Arrests, " "))
	for _, d := range []struct {
		label string
		date  casefold.Date
	}{{"arrested", e.ArrestDate}, {"offense", e.OffenseDate}, {"filed", e.FiledDate}, {"plea", e.PleaDate}, {"convicted", e.ConvictionDate},
		{"disposed", e.DispositionDate}, {"sentenced", e.SentenceDate}, {"custody from", e.CustodyFrom}, {"custody to", e.CustodyTo}} {
		line("    ", d.label+" on", d.date)
	}
	for _, o := range []struct {
		label string
		o     *casefold.Offense
	}{{"arrested for", e.Arrested}, {"charge", e.Filed}, {"disposed as", e.Disposed}, {"convicted of", e.Convicted}} {
		if o.o != nil {
			line("    ", o.label, o.o.Statute, o.o.CJIS, string(o.o.Level), o.o.Origin, "<"+o.o.Verbatim+">")
		}
	}
	if e.Disposition != (casefold.Disposition{}) {
		line("    ", "disposition", e.Disposition.Status, "<"+e.Disposition.Verbatim+">", e.Disposition.Code)
	}
	line("    ", "level", string(e.ConvictedLevel))
	line("    ", "plea", e.Plea)
	for _, s := range e.Sentence {
		line("    ", "sentence", s.Kind, s.Length, s.Unit)
	}
	for _, r := range e.Relief {
		line("    ", "relief", r.Kind, r.Date, string(r.ToLevel), r.Law)
	}
	line("    ", "listing", string(e.Listing))
	line("    ", "comment", e.Comment)
	line("    ", "quantity", e.Grams, e.Plants)
}

func agency(a casefold.Agency) string {
	return strings.Join([]string{a.Name, a.ORI, string(a.Kind), a.County, a.State}, "; ")
}
