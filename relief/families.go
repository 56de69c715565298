package relief

import (
	"slices"

	"github.com/casefold/casefold"
)

// A family is a group of offence wordings that the law treats alike, such as
// "11357(a) of 1976 to 2016". The families of a law are a table: by the state's
// five-digit offence code where a row has one, else by section and path. The
// code settles old against new law where the text cannot.
type familyRow struct {
	family              string
	cjis                string
	code, section, path string
	from, to            casefold.Day
	// era tells what the wording proves of the offence date: "old" for wordings
	// of before the law, "new" for wordings it brought, "odd" for rows that
	// speak only where the offence certainly lies before the wordings it
	// brought, "" for both.
	era  string
	cite *Citation
}

const otherFamily = "other"

type families struct {
	rows    []*familyRow
	names   []string // in file order, then "other"
	says    map[string]string
	byCJIS  map[string]*familyRow
	section map[string][]*familyRow
}

func (l *loader) readFamilies(file string, src []byte) *families {
	t, rows := readTable(file, src, "family", "cjis", "code", "section", "path", "from", "to", "era", "cite", "says")
	fs := &families{says: map[string]string{otherFamily: "another offence"}, byCJIS: map[string]*familyRow{}, section: map[string][]*familyRow{}}
	for _, r := range rows {
		fr := &familyRow{
			family: r.get("family"), cjis: r.get("cjis"), code: r.get("code"), section: r.get("section"),
			path: r.get("path"), from: r.day("from"), to: r.day("to"), era: r.word("era", "", "old", "new", "odd"),
		}
		if c, ok := l.law.citations[r.get("cite")]; ok {
			fr.cite = c
			l.usedCitations[c.ID] = true
		} else {
			t.errorf(r.line, "unknown citation %q", r.get("cite"))
		}
		if !slices.Contains(fs.names, fr.family) {
			fs.names = append(fs.names, fr.family)
			fs.says[fr.family] = r.get("says")
		}
		fs.rows = append(fs.rows, fr)
		if fr.cjis == "" {
			fs.section[fr.section] = append(fs.section[fr.section], fr)
		} else if fs.byCJIS[fr.cjis] != nil {
			t.errorf(r.line, "code %s stands twice", fr.cjis)
		} else {
			fs.byCJIS[fr.cjis] = fr
		}
	}
	fs.names = append(fs.names, otherFamily)
	l.problems = append(l.problems, t.problems...)
	return fs
}

// candidates lists the rows that an offence can belong to: one where the code
// settles it; those of the longest matching path else. codeMissing is set where
// the section was read without its code.
func (f *families) candidates(o *casefold.Offense) (rows []*familyRow, codeMissing bool) {
	if o.CJIS != "" {
		if r := f.byCJIS[o.CJIS]; r != nil {
			return []*familyRow{r}, false
		}
	}
	rows = f.longest(o.Statute, func(r *familyRow) bool { return r.era != "odd" })
	return rows, o.Code == "" && len(rows) > 0
}

// older lists the rows for an offence that certainly lies before the wordings
// of the new law.
func (f *families) older(s casefold.Statute) []*familyRow {
	return f.longest(s, func(r *familyRow) bool { return r.era != "new" })
}

// longest lists the rows whose path is the longest one that begins the path of
// s, among those allowed.
func (f *families) longest(s casefold.Statute, allowed func(*familyRow) bool) []*familyRow {
	var rows []*familyRow
	best := 0
	for _, r := range f.section[s.Section] {
		if s.Code != "" && s.Code != r.code || !allowed(r) || !pathCovers(r.path, s.Path) || len(r.path) < best {
			continue
		}
		if len(r.path) > best {
			rows, best = nil, len(r.path)
		}
		rows = append(rows, r)
	}
	return rows
}
