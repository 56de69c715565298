package statute

import (
	"sort"
	"strings"
	"testing"

	"github.com/casefold/casefold"
)

// everyStatute lists the distinct statutes of the embedded table.
func everyStatute() []casefold.Statute {
	seen := map[casefold.Statute]bool{}
	var out []casefold.Statute
	for _, e := range offences().byCJIS {
		if s := e.Statute; s.Section != "" && !seen[s] {
			seen[s] = true
			out = append(out, s)
		}
	}
	sort.Slice(out, func(i, j int) bool { return out[i].String() < out[j].String() })
	return out
}

// bare writes a path without parentheses: "(a)(2)" as "A2".
func bare(path string) string {
	return strings.ToUpper(strings.NewReplacer("(", "", ")", "").Replace(path))
}

// A form is a way to write every statute of the table.
type form struct {
	name  string
	write func(s casefold.Statute, path string) string
	// most is how many of the table's statutes may be read otherwise, because
	// the form itself is ambiguous for them; the comment says how.
	most int
}

var longNames = map[string]string{"PC": "Penal Code", "HS": "Health and Safety Code", "VC": "Vehicle Code", "BP": "Bus. & Prof. Code", "WI": "Welf. & Inst. Code", "FG": "Fish & Game Code", "GC": "Government Code", "EC": "Education Code", "LC": "Labor Code", "RT": "Rev. & Tax. Code", "EL": "Elections Code", "IC": "Insurance Code", "PR": "Public Resources Code", "UI": "Unemployment Insurance Code", "FA": "Food & Agricultural Code", "CI": "Civil Code", "PU": "Public Utilities Code", "CC": "Corporations Code", "FC": "Financial Code", "CP": "Code of Civil Procedure", "SH": "Streets & Highways Code", "WC": "Water Code", "HN": "Harbors & Navigation Code", "MV": "Military & Veterans Code", "US": "US", "CA": "CA", "ZZ": "ZZ"}

func forms() []form {
	up := strings.ToUpper
	return []form{
		{"extract", func(s casefold.Statute, p string) string { return s.Section + up(p) + " " + s.Code + "-LITERAL" }, 0},
		{"contract", func(s casefold.Statute, p string) string { return s.String() }, 0},
		{"lower case", func(s casefold.Statute, p string) string { return strings.ToLower(s.Section + p + " " + s.Code) }, 0},
		{"no blank", func(s casefold.Statute, p string) string { return s.Section + up(p) + s.Code }, 1}, // 273ABPC is 273A(b) or 273AB
		{"code in front", func(s casefold.Statute, p string) string { return s.Code + " " + s.Section + up(p) + " LITERAL" }, 0},
		{"code in front, no blank", func(s casefold.Statute, p string) string { return s.Code + s.Section + up(p) }, 0},
		{"code in front, dash", func(s casefold.Statute, p string) string { return s.Code + "-" + s.Section + up(p) }, 0},
		{"long name", func(s casefold.Statute, p string) string {
			if s.Code == "US" || s.Code == "CA" || s.Code == "ZZ" {
				return s.Section + p + " " + s.Code
			}
			return "Section " + s.Section + p + " of the " + longNames[s.Code]
		}, 0},
		{"blanks in the path", func(s casefold.Statute, p string) string {
			return s.Section + " " + strings.ReplaceAll(up(p), ")(", ") (") + " " + s.Code
		}, 0},
		{"points", func(s casefold.Statute, p string) string {
			return s.Section + up(p) + " " + strings.Join(strings.Split(s.Code, ""), ".") + "."
		}, 0},
		{"code in parentheses", func(s casefold.Statute, p string) string { return s.Section + up(p) + " (" + s.Code + ")" }, 0},
		{"attempt in front", func(s casefold.Statute, p string) string { return "664/" + s.Section + up(p) + " " + s.Code }, 0},
		{"attempt behind", func(s casefold.Statute, p string) string { return s.Section + up(p) + "-664 " + s.Code }, 0},
		// Without parentheses 261(1) is 2611 and 118(a) is 118A, which are sections too.
		{"bare path", func(s casefold.Statute, p string) string { return s.Section + bare(p) + " " + s.Code }, 85},
		{"bare path, no blank", func(s casefold.Statute, p string) string { return s.Section + bare(p) + s.Code }, 100},
		{"bare path, code in front", func(s casefold.Statute, p string) string { return s.Code + s.Section + bare(p) }, 85},
		{"no code", func(s casefold.Statute, p string) string { return s.Section + up(p) }, 0},
		{"no code, literal", func(s casefold.Statute, p string) string { return s.Section + up(p) + " POSSESS" }, 1}, // 381A is a section too; its wording says POSSESS,
	}
}

// skips leaves out what nobody writes in a form, or what the form cannot tell:
// federal titles with a state's attempt, and numbers that stand in several codes
// where none is told.
func (f form) skips(s casefold.Statute) bool {
	switch {
	case f.name == "bare path, no blank":
		return titled(s.Code)
	case strings.HasPrefix(f.name, "attempt"):
		return titled(s.Code) || layerOf(s) != "" || len(s.Section) < 2
	case strings.HasPrefix(f.name, "no code"):
		return titled(s.Code) || len(offences().sections[s.Section]) > 1 || len(s.Section) < 2
	}
	return false
}

func TestEveryStatuteInEveryForm(t *testing.T) {
	all := everyStatute()
	for _, f := range forms() {
		wrong := 0
		var examples []string
		for _, s := range all {
			if f.skips(s) {
				continue
			}
			in := f.write(s, s.Path)
			o, _ := Parse(in)
			got := casefold.Statute{Code: o.Code, Section: o.Section, Path: o.Path}
			if got != s {
				wrong++
				if len(examples) < 25 {
					examples = append(examples, in+" -> "+o.Statute.String()+" want "+s.String())
				}
			}
		}
		t.Logf("%-28s %d of %d otherwise", f.name, wrong, len(all))
		if wrong > f.most {
			t.Errorf("%s: %d of %d read otherwise, at most %d are ambiguous: %s", f.name, wrong, len(all), f.most, strings.Join(examples, "; "))
		}
	}
}
