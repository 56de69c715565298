package main

import (
	"bytes"
	"encoding/csv"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// A defectRow is a row of a state extract with the cells that make the defect.
type defectRow struct {
	person int
	born   string
	step   goldenStep
	cells  map[string]string
}

// first and second are two files of one delivery. Persons are told apart by
// their place in goldenNames; each shows one defect of the reference program.
var (
	firstFile = []defectRow{
		{0, "19700101", goldenStep{day: "20050510", number: "05F00001", charge: "11359 HS-POSS MARIJUANA FOR SALE"}, map[string]string{"STP_ORI_CNTY_NAME": "SACRAMENTO    "}},
		{1, "19700202", goldenStep{day: "20050511", number: "05F00002", charge: "11359 HS-POSS MARIJUANA FOR SALE"}, map[string]string{"CNT_ORDER": "101"}},
		{2, "19700303", goldenStep{day: "20050512", number: "05F00003", charge: "11359 HS-POSS MARIJUANA FOR SALE"}, nil},
		{3, "19700404", goldenStep{cycle: 1, step: 2, day: "20050513", number: "05F00004", charge: "11359 HS-POSS MARIJUANA FOR SALE"}, nil},
		{3, "19700404", goldenStep{cycle: 2, step: 2, day: "20050513", number: "05F00004", charge: "11359 HS-POSS MARIJUANA FOR SALE"}, nil},
		{4, "19700505", goldenStep{cycle: 1, step: 2, day: "20050514", number: "05F00005", charge: "11359 HS-POSS MARIJUANA FOR SALE"}, nil},
		{5, "19700606", goldenStep{day: "20050515", number: "05F00006", charge: "11359 HS-POSS MARIJUANA FOR SALE"}, map[string]string{"PRI_SSN": "555443333"}},
		{6, "19810707", goldenStep{day: "20060515", number: "06F00007", charge: "11359 HS-POSS MARIJUANA FOR SALE"}, map[string]string{"PRI_SSN": "555443333"}},
	}
	secondFile = []defectRow{
		{2, "19700303", goldenStep{cycle: 2, step: 2, day: "20080512", number: "08F00003", charge: "11358 HS-CULTIVATE MARIJUANA"}, nil},
		{2, "19700404", goldenStep{cycle: 3, step: 2, day: "20090512", number: "09F00003", charge: "459 PC-BURGLARY"}, map[string]string{"PRI_NAME": "CASTELLANO,NACHO"}},
		{4, "19700505", goldenStep{cycle: 2, step: 2, day: "20070514", number: "07F00005", charge: "459 PC-BURGLARY"}, nil},
		{4, "19700505", goldenStep{cycle: 1, step: 2, day: "20050514", number: "05F00005", charge: "11359 HS-POSS MARIJUANA FOR SALE"},
			map[string]string{"CNT_ORDER": "101002001000", "SENT_ORDER": "002", "SENT_LOC_CODE": "J", "SENT_LOC_DESCR": "JAIL", "SENT_LENGTH": "117", "SENT_TIME_CODE": "D"}},
	}
)

const defectsProject = `office: {county: Sacramento}
as_of: 2026-11-24
sources:
  - name: state
    format: ca-doj
    files: [first.csv, second.csv]
    extract_date: 2026-11-24
  - name: court
    files: [court.csv]
    teller: court
    agency: {county: Sacramento, kind: superior_court}
    extract_date: 2026-11-24
    row_key: ID
    mapping: {name: NAME, birth_date: BORN, case_number: CASE, charge: CHARGE, convicted_level: LEVEL, disposition: DISP, conviction_date: DATE}
`

const defectsCourt = `ID,NAME,BORN,CASE,CHARGE,LEVEL,DISP,DATE
1,"WAKEFIELD, CORDELIA",03/02/41,88F00011,11359 HS,F,CONVICTED,06/07/88
2,"XENAKIS, IANNIS",03/12/65,88F00012,11359 HS,F,CONVICTED,06/08/88
`

// defectCases are the names by which testdata/defects.txt refers to what
// TestDefects looks at.
var defectCases = map[string]func(*testing.T, *defectsRun){
	"blank county": func(t *testing.T, r *defectsRun) {
		if d := r.only(t, "05F00001"); d["ours"] != "yes" || d["outcome"] != "redesignate_misdemeanor" {
			t.Errorf("ours %s, %s", d["ours"], d["outcome"])
		}
	},
	"short order": func(t *testing.T, r *defectsRun) {
		if d := r.only(t, "05F00002"); d["outcome"] != "redesignate_misdemeanor" {
			t.Errorf("%s: %s", d["outcome"], d["reason"])
		}
	},
	"two files": func(t *testing.T, r *defectsRun) {
		if a, b := r.only(t, "05F00003")["person_id"], r.only(t, "08F00003")["person_id"]; a != b {
			t.Errorf("one subject in two files is %s and %s", a, b)
		}
		read := map[string]int{}
		for _, row := range r.rows {
			read[row["file"]]++
		}
		if read["first.csv"] != len(firstFile) || read["second.csv"] != len(secondFile) {
			t.Errorf("rows %v", read)
		}
	},
	"two cycles":     func(t *testing.T, r *defectsRun) { r.only(t, "05F00004") },
	"sentence parts": sentenceParts,
	"two names": func(t *testing.T, r *defectsRun) {
		said := string(casefoldDoes(t, r.dir, "history", r.only(t, "05F00003")["person_id"]))
		for _, want := range []string{"CASTELLANOS", "NACHO", "1970-03-03", "1970-04-04"} {
			if !strings.Contains(said, want) {
				t.Errorf("the history does not tell %s:\n%s", want, said)
			}
		}
	},
	"one number": func(t *testing.T, r *defectsRun) {
		if a, b := r.only(t, "05F00006")["person_id"], r.only(t, "06F00007")["person_id"]; a == b {
			t.Error("two people of other names and birth dates with one social security number are one person")
		}
	},
	"two digits": func(t *testing.T, r *defectsRun) {
		if said := string(casefoldDoes(t, r.dir, "history", r.only(t, "88F00011")["person_id"])); !strings.Contains(said, "1941-03-02") {
			t.Errorf("born 03/02/41:\n%s", said)
		}
	},
}

func (r *defectsRun) only(t *testing.T, number string) map[string]string {
	t.Helper()
	var found []map[string]string
	for _, d := range r.decided {
		if d["law"] == "prop64" && d["case_number"] == number {
			found = append(found, d)
		}
	}
	if len(found) != 1 {
		t.Fatalf("%d convictions under %s", len(found), number)
	}
	return found[0]
}

// sentenceParts: each part stands with the conviction of its CNT_ORDER, not with
// the conviction that the file told last.
func sentenceParts(t *testing.T, r *defectsRun) {
	if said := string(casefoldDoes(t, r.dir, "why", r.only(t, "05F00005")["conviction_id"])); !strings.Contains(said, "117 days jail") {
		t.Errorf("the second part is not told:\n%s", said)
	}
	said := string(casefoldDoes(t, r.dir, "history", r.only(t, "07F00005")["person_id"]))
	if strings.Count(said, "117 days jail") != 1 {
		t.Errorf("the second part is told of another conviction:\n%s", said)
	}
}

// A defectsRun is what one run over the extract says.
type defectsRun struct {
	dir           string
	rows, decided []map[string]string
}

// TestDefects holds testdata/defects.txt to the cases that it names: those of
// the law file are there, those of files and people are right.
func TestDefects(t *testing.T) {
	named := map[string]bool{}
	laws, err := os.ReadFile("../../relief/laws/prop64/cases/defects.txt")
	if err != nil {
		t.Fatal(err)
	}
	rows := defectTable(t)
	for _, row := range rows {
		for _, c := range strings.Split(row[1], ", ") {
			kind, name, _ := strings.Cut(c, " ")
			switch {
			case kind == "law" && !regexp.MustCompile(`(?m)^`+name+`: `).Match(laws):
				t.Errorf("%s: no case %s", row[0], name)
			case kind == "files" && defectCases[name] == nil:
				t.Errorf("%s: no case %q", row[0], name)
			case kind == "files":
				named[name] = true
			}
		}
	}
	if len(named) != len(defectCases) {
		t.Errorf("the table names %d of %d cases", len(named), len(defectCases))
	}
	if listed := sharedTable(t, "gogen_defects.csv"); listed != nil && len(listed) != len(rows) {
		t.Errorf("%d defects are known, the table has %d", len(listed), len(rows))
	}
	r := runDefects(t, "1")
	for name, check := range defectCases {
		t.Run(name, func(t *testing.T) { check(t, r) })
	}
	if other := runDefects(t, "4"); !slices.EqualFunc(r.decided, other.decided, func(a, b map[string]string) bool {
		return a["conviction_id"] == b["conviction_id"] && a["reason"] == b["reason"]
	}) {
		t.Error("another number of workers, other determinations")
	}
}

func defectTable(t *testing.T) (rows [][2]string) {
	data, err := os.ReadFile("testdata/defects.txt")
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(data)) {
		if what, cases, ok := strings.Cut(strings.TrimSpace(line), " | "); ok && !strings.HasPrefix(line, "#") {
			rows = append(rows, [2]string{what, cases})
		}
	}
	return rows
}

// sharedTable reads a table of the laws folder; nil where that is not at hand.
func sharedTable(t *testing.T, name string) []map[string]string {
	shared := os.Getenv("CASEFOLD_SHARED")
	if shared == "" {
		shared = "../../../shared"
	}
	data, err := os.ReadFile(filepath.Join(shared, "laws", "tables", name))
	if err != nil {
		return nil
	}
	return tableOf(t, data)
}

func runDefects(t *testing.T, workers string) *defectsRun {
	t.Helper()
	dir := t.TempDir()
	for name, text := range map[string][]byte{
		"first.csv": defectsFile(t, firstFile), "second.csv": defectsFile(t, secondFile),
		"court.csv": []byte(defectsCourt), "casefold.yaml": []byte(defectsProject),
	} {
		if err := os.WriteFile(filepath.Join(dir, name), text, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	casefoldDoes(t, dir, "run", "-q", "--workers", workers)
	return &defectsRun{dir, tableOf(t, casefoldDoes(t, dir, "export", "rows")), tableOf(t, casefoldDoes(t, dir, "export", "determinations"))}
}

func defectsFile(t *testing.T, rows []defectRow) []byte {
	t.Helper()
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	out := [][]string{stateColumns}
	for _, r := range rows {
		r.step.cycle, r.step.step = max(r.step.cycle, 1), max(r.step.step, 2)
		cells := r.step.row(r.person, 1, goldenNames[r.person], r.born)
		for name, value := range r.cells {
			cells[slices.Index(stateColumns, name)] = value
		}
		out = append(out, cells)
	}
	if err := w.WriteAll(out); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}
