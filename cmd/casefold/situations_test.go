package main

import (
	"bytes"
	"cmp"
	"encoding/csv"
	"fmt"
	"hash/crc32"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// A situation is a block of testdata/situations.txt.
type situation struct {
	title string
	want  string
	in    map[string]string // by layout, where it is another number
	rows  []toldRow
}

// A toldRow is what one row of a source tells: cells by the words of the file.
type toldRow struct {
	source string
	person int
	cells  map[string]string
}

// A layout is a way in which the rows are written as files.
type layout struct {
	name    string
	sources []string // "" all
	without []string // cells left out
	change  func(*toldRow)
	state95 bool // the state's rows stand in its 95 columns
}

var layouts = []layout{
	{name: "full"},
	{name: "other words", change: inOtherWords},
	{name: "one date", change: withOneDate},
	{name: "the state's columns", state95: true},
	{name: "no court", sources: []string{"da", "state", "jail", "police", "probation"}},
	{name: "prosecutor only", sources: []string{"da"}},
	{name: "no levels, arrests and sentences", without: []string{"level", "charge level", "arrested on", "sentence"}},
	{name: "no count numbers", without: []string{"count"}},
	{name: "no numbers", without: []string{"number", "related"}},
}

// fieldsOfCells are the mapping's fields of the cells of situations.txt.
var fieldsOfCells = [][2]string{
	{"number", "case_number"}, {"defendant", "defendant"}, {"related", "related_case"}, {"booking", "booking_number"}, {"report", "arrest_number"},
	{"cycle", "cycle"}, {"step", "step"}, {"kind", "event_type"}, {"day", "event_date"}, {"agency", "agency"}, {"count", "count"},
	{"charge", "charge"}, {"charge level", "charge_level"}, {"qualifiers", "charge_qualifiers"}, {"convicted of", "convicted_charge"},
	{"level", "convicted_level"}, {"disposition", "disposition"}, {"disposed on", "disposition_date"}, {"convicted on", "conviction_date"},
	{"plea", "plea"}, {"plea on", "plea_date"}, {"sentenced on", "sentence_date"}, {"arrested on", "arrest_date"},
	{"sentence", "sentence"}, {"relief", "relief"}, {"relief on", "relief_date"}, {"listing", "listing"},
	{"from", "custody_from"}, {"to", "custody_to"},
}

// tellersOfSources are who keeps each source.
var tellersOfSources = map[string]string{
	"court":     "teller: court\n    agency: {name: Sacramento Superior Court, county: Sacramento, kind: superior_court}",
	"yolo":      "teller: court\n    agency: {name: Yolo Superior Court, county: Yolo, kind: superior_court}",
	"da":        "teller: da\n    agency: {name: Sacramento County District Attorney, county: Sacramento, kind: prosecutor}",
	"jail":      "teller: jail\n    agency: {name: Sacramento County Sheriff, county: Sacramento, kind: sheriff}",
	"police":    "teller: police\n    agency: {name: Sacramento Police Department, county: Sacramento, kind: police}",
	"probation": "teller: probation\n    agency: {name: Sacramento County Probation, county: Sacramento, kind: probation}",
	"state":     "teller: state\n    agency: {name: California Department of Justice, kind: state_bureau}",
}

// TestSituationsInManyLayouts writes the situations as the files of a county,
// each with a person of its own, in one layout after the other, and counts the
// convictions that the program exports.
func TestSituationsInManyLayouts(t *testing.T) {
	src, err := os.ReadFile(filepath.Join("testdata", "situations.txt"))
	if err != nil {
		t.Fatal(err)
	}
	all := parseSituations(t, string(src))
	for _, l := range layouts {
		t.Run(l.name, func(t *testing.T) {
			dir := t.TempDir()
			owner := l.write(t, dir, all)
			casefoldDoes(t, dir, "run", "-q")
			got := countConvictions(t, dir, owner)
			for i, s := range all {
				if !l.tellsOf(&s) {
					continue
				}
				if want := cmp.Or(s.in[l.name], s.want); got[i] != want {
					t.Errorf("%s: %s convictions, want %s", s.title, got[i], want)
				}
			}
		})
	}
}

// parseSituations reads situations.txt.
func parseSituations(t *testing.T, src string) (out []situation) {
	t.Helper()
	for n, line := range strings.Split(src, "\n") {
		switch {
		case line == "" || line[0] == '#':
		case strings.HasPrefix(line, "== "):
			out = append(out, situation{title: line[3:], in: map[string]string{}})
		case strings.HasPrefix(line, "= "):
			out[len(out)-1].want = line[2:]
		case strings.HasPrefix(line, "in "):
			name, want, ok := strings.Cut(line[3:], ": ")
			if !ok || !slices.ContainsFunc(layouts, func(l layout) bool { return l.name == name }) {
				t.Fatalf("situations.txt:%d: no layout: %s", n+1, line)
			}
			out[len(out)-1].in[name] = want
		default:
			out[len(out)-1].rows = append(out[len(out)-1].rows, parseTold(t, n+1, line))
		}
	}
	return out
}

func parseTold(t *testing.T, n int, line string) toldRow {
	parts := strings.Split(line, " | ")
	r := toldRow{source: parts[0], cells: map[string]string{}}
	if tellersOfSources[r.source] == "" {
		t.Fatalf("situations.txt:%d: nobody is called %s", n, r.source)
	}
	for _, p := range parts[1:] {
		if p == "other person" {
			r.person = 1
			continue
		}
		word, value, ok := strings.Cut(p, ": ")
		if !ok || !slices.ContainsFunc(fieldsOfCells, func(f [2]string) bool { return f[0] == word }) {
			t.Fatalf("situations.txt:%d: no cell: %s", n, p)
		}
		r.cells[word] = value
	}
	return r
}

func (l *layout) tellsOf(s *situation) bool {
	return slices.ContainsFunc(s.rows, func(r toldRow) bool { return l.keeps(r.source) })
}

func (l *layout) keeps(source string) bool {
	return l.sources == nil || slices.Contains(l.sources, source)
}

// write writes the files and the project; the map gives the situation of each
// source and row key, and of each subject of the state's columns.
func (l *layout) write(t *testing.T, dir string, all []situation) map[string]int {
	owner := map[string]int{}
	rows := map[string][][]string{}
	project := "office: {county: Sacramento}\nas_of: 2026-11-24\nsources:\n"
	var names []string
	for i := range all {
		for _, r := range all[i].rows {
			if !l.keeps(r.source) {
				continue
			}
			r = l.told(r)
			if rows[r.source] == nil {
				names = append(names, r.source)
			}
			key := fmt.Sprintf("%s%d", r.source[:1], len(rows[r.source])+1)
			owner[r.source+":"+key] = i
			if l.state95 && r.source == "state" {
				rows[r.source] = append(rows[r.source], r.in95Columns(i))
				continue
			}
			rows[r.source] = append(rows[r.source], append([]string{key}, append(personOf(i, r.person), r.values()...)...))
		}
	}
	for _, name := range names {
		header := []string{"ID", "NAME", "DOB", "CII", "SSN"}
		var mapping strings.Builder
		for _, f := range fieldsOfCells {
			header = append(header, f[0])
			fmt.Fprintf(&mapping, ", %s: %s", f[1], f[0])
		}
		if l.state95 && name == "state" {
			header = stateColumns
			project += "  - name: state\n    format: ca-doj\n    files: [state.csv]\n    extract_date: 2026-11-01\n"
		} else {
			project += fmt.Sprintf("  - name: %s\n    files: [%s.csv]\n    extract_date: 2026-11-01\n    %s\n    row_key: ID\n    mapping: {name: NAME, birth_date: DOB%s}\n"+
				"    identifiers:\n      - {column: CII, kind: cii, how: look-up}\n      - {column: SSN, kind: ssn, how: document}\n", name, name, tellersOfSources[name], mapping.String())
		}
		writeCSV(t, filepath.Join(dir, name+".csv"), header, rows[name])
	}
	if err := os.WriteFile(filepath.Join(dir, "casefold.yaml"), []byte(project), 0o600); err != nil {
		t.Fatal(err)
	}
	return owner
}

// told is a row as the layout tells it.
func (l *layout) told(r toldRow) toldRow {
	cells := map[string]string{}
	for word, value := range r.cells {
		if !slices.Contains(l.without, word) {
			cells[word] = value
		}
	}
	r.cells = cells
	if l.change != nil {
		l.change(&r)
	}
	return r
}

func (r *toldRow) values() (out []string) {
	for _, f := range fieldsOfCells {
		out = append(out, r.cells[f[0]])
	}
	return out
}

// personOf is name, birth date, state number and social security number of a
// situation's person; those of two persons are nowhere near each other.
func personOf(i, other int) []string {
	sum := crc32.ChecksumIEEE([]byte(fmt.Sprint("person ", i, other)))
	surname := goldenNames[i%len(goldenNames)]
	given := goldenNames[(i+7+11*other)%len(goldenNames)]
	return []string{
		strings.SplitN(surname, ",", 2)[0] + string(rune('A'+i/len(goldenNames))) + ", " + strings.SplitN(given, ",", 2)[1],
		fmt.Sprintf("19%02d-%02d-%02d", 50+sum%25, 1+sum/25%12, 1+sum/300%28),
		fmt.Sprintf("A%08d", 10000000+sum%80000000), fmt.Sprintf("%03d%02d%04d", 500+sum%150, 10+sum/150%80, 1000+sum/7%9000),
	}
}

// in95Columns is a row of the state as its own extract has it.
func (r *toldRow) in95Columns(i int) []string {
	digits := func(s string) string { return strings.ReplaceAll(s, "-", "") }
	person := personOf(i, r.person)
	day := digits(cmp.Or(r.cells["day"], r.cells["convicted on"], r.cells["disposed on"]))
	cycle := cmp.Or(r.cells["cycle"], strconv.Itoa(int(20+crc32.ChecksumIEEE([]byte(r.cells["number"]+day))%70)))
	step, count := cmp.Or(r.cells["step"], "2"), cmp.Or(r.cells["count"], "1")
	pad := func(s string) string { return strings.Repeat("0", max(0, 3-len(s))) + s }
	court := strings.NewReplacer("SACRAMENTO SUPERIOR COURT", "CASCSACRAMENTO", "SUPERIOR COURT SACRAMENTO", "CASCSACRAMENTO", "CASC SACRAMENTO", "CASCSACRAMENTO",
		"SACRAMENTO MUNICIPAL COURT", "CAMCSACRAMENTO", "SACRAMENTO JUVENILE COURT", "CAJVSACRAMENTO", "SACRAMENTO PD", "CAPDSACRAMENTO",
		"SACRAMENTO SHERIFF", "CASOSACRAMENTO").Replace(cmp.Or(r.cells["agency"], "CASC SACRAMENTO"))
	cells := map[string]string{
		"RECORD_ID": "x", "SUBJECT_ID": strconv.Itoa(41000000 + 97*i + 50*r.person), "CII_NUMBER": person[2], "PRI_NAME": strings.ReplaceAll(person[0], ", ", ","),
		"PRI_DOB": digits(person[1]), "PRI_SSN": person[3], "CYC_ORDER": cycle, "CYC_DATE": cmp.Or(digits(r.cells["arrested on"]), day), "STP_ORDER": pad(step),
		"STP_EVENT_DATE": day, "STP_TYPE_DESCR": map[string]string{"": "COURT ACTION", "COURT": "COURT ACTION", "ARREST": "ARREST/DETAINED/CITED"}[r.cells["kind"]],
		"STP_ORI_DESCR": court, "STP_ORI_CNTY_NAME": "SACRAMENTO", "CNT_ORDER": pad(cycle) + pad(step) + pad(count) + "000", "DISP_DATE": day,
		"OFN": r.cells["number"], "OFFENSE_DESCR": r.cells["charge"], "OFFENSE_TOC": cmp.Or(r.cells["level"], "N"), "OFFENSE_QUAL_LST": r.cells["qualifiers"],
		"DISP_DESCR": r.cells["disposition"], "CONV_STAT_DESCR": map[string]string{"F": "FELONY", "M": "MISDEMEANOR"}[r.cells["level"]], "END_OF_REC": "#",
	}
	if r.cells["kind"] == "CUSTODY:JAIL" {
		cells["STP_TYPE_DESCR"] = r.cells["kind"]
	}
	if s := r.cells["sentence"]; s != "" {
		cells["COMMENT_TEXT"] = "SEN-" + s
	}
	out := make([]string, len(stateColumns))
	for k, c := range stateColumns {
		out[k] = cells[c]
	}
	return out
}

func writeCSV(t *testing.T, name string, header []string, rows [][]string) {
	t.Helper()
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	for _, row := range append([][]string{header}, rows...) {
		if err := w.Write(row); err != nil {
			t.Fatal(err)
		}
	}
	w.Flush()
	if err := os.WriteFile(name, b.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
}

// countConvictions gives the number of convictions of each situation, with ? if
// any of them names another as possibly the same.
func countConvictions(t *testing.T, dir string, owner map[string]int) map[int]string {
	keys := map[string]int{} // source:row_key as exported
	for _, row := range tableOf(t, casefoldDoes(t, dir, "export", "rows")) {
		line, err := strconv.Atoi(row["line"])
		if err != nil {
			t.Fatal(err)
		}
		i, ok := owner[fmt.Sprintf("%s:%s%d", row["source"], row["source"][:1], line-1)]
		if !ok {
			t.Fatalf("row %s:%s is nobody's", row["source"], row["row_key"])
		}
		keys[row["source"]+":"+strings.ReplaceAll(row["row_key"], ":", "%3A")] = i
	}
	count, doubt := map[int]int{}, map[int]bool{}
	for _, row := range tableOf(t, casefoldDoes(t, dir, "export", "convictions")) {
		i, ok := keys[strings.Fields(row["tellers"])[0]]
		if !ok {
			t.Fatalf("a conviction is nobody's: %s", row["tellers"])
		}
		count[i]++
		doubt[i] = doubt[i] || row["possibly_same"] != ""
	}
	out := map[int]string{}
	for _, i := range owner {
		out[i] = strconv.Itoa(count[i])
		if doubt[i] {
			out[i] += "?"
		}
	}
	return out
}

func inOtherWords(r *toldRow) {
	words := map[string]map[string]string{
		"court": {"CONVICTED": "Plea Guilty", "DISMISSED": "Dismissed"}, "da": {"CONVICTED": "Pled Nolo"}, "state": {"CONVICTED": "CONVICTED-PROB/JAIL"},
		"jail": {"CONVICTED": "SENTENCED"}, "police": {"CONVICTED": "Guilty"}, "yolo": {"CONVICTED": "Found guilty by court"},
	}
	for word, value := range r.cells {
		switch {
		case word == "disposition":
			r.cells[word] = cmp.Or(words[r.source][value], value)
		case (word == "charge" || word == "convicted of") && strings.HasSuffix(value, " HS"):
			code := map[string]string{"court": "HS ", "da": "H&S "}[r.source]
			if code != "" {
				r.cells[word] = code + strings.TrimSuffix(value, " HS")
			}
		case len(value) == 10 && value[4] == '-' && value[7] == '-':
			r.cells[word] = value[5:7] + "/" + value[8:] + "/" + value[:4]
		}
	}
}

func withOneDate(r *toldRow) {
	day := cmp.Or(r.cells["convicted on"], r.cells["sentenced on"])
	for _, word := range []string{"convicted on", "sentenced on", "plea on"} {
		delete(r.cells, word)
	}
	if r.cells["disposed on"] == "" && day != "" {
		r.cells["disposed on"] = day
	}
}
