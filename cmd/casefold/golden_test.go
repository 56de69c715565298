package main

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// A goldenStep is one row of a state extract in a golden case. Days are
// YYYYMMDD; what is left out has the default of the case file: Sacramento's
// superior court, an arrest thirty days before, a felony.
type goldenStep struct {
	subject           int // which of the case's SUBJECT_IDs
	cycle, step       int // 0: the row's own
	kind              string
	day, arrest       string
	court, ori        string
	county            string
	number            string
	charge, code, toc string
	disposition       string
	comment           string
}

// goldenPeople are the golden cases as a state extract tells them. The birth
// date makes the person thirty at the offence, unless the case says otherwise.
var goldenPeople = map[string]struct {
	born  string
	steps []goldenStep
	law   string
}{
	"T01": {"19541102", []goldenStep{{day: "19850110", charge: "11357(B) HS-POSS MARIJUANA 28.5- GRAMS", toc: "M"}}, "prop64"},
	"T03": {"19630112", []goldenStep{{day: "20030310", charge: "11358 HS-CULTIVATE MARIJUANA"}}, "prop64"},
	"T05": {"19800211", []goldenStep{{day: "20100512", charge: "11359 HS-POSS MARIJUANA FOR SALE"}, {day: "20050614", charge: "211 PC-ROBBERY"}}, "prop64"},
	"T07": {"19710421", []goldenStep{{day: "20010716", charge: "11359 HS-POSS MARIJUANA FOR SALE"}, {day: "20080818", charge: "187(A) PC-MURDER"}}, "prop64"},
	"T09": {"19650503", []goldenStep{{day: "19950920", charge: "11360(A) HS-SELL/FURNISH/ETC MARIJ/HASH"}, {day: "19901022", charge: "288(A) PC-LEWD OR LASCIV ACTS W/CHILD UNDER 14"}}, "prop64"},
	"T11": {"19780605", []goldenStep{{day: "20081124", charge: "664/11359 HS-ATTEMPT POSS MARIJUANA FOR SALE"}}, "prop64"},
	"T13": {"19780707", []goldenStep{{day: "20081226", charge: "182(A)(1)/11359 PC-CONSPIRACY:POSS MARIJ SALE"}}, "prop64"},
	"T15": {"19840809", []goldenStep{{day: "20140128", charge: "11357.5(A) HS-SELL/ETC SYNTH CANNABIS", toc: "M"}}, "prop64"},
	"T17": {"19860910", []goldenStep{{day: "20170214", arrest: "20161012", charge: "11357(A) HS-POSSESS CONCENTRATED CANNABIS", code: "35383", toc: "M"}}, "prop64"},
	"T19": {"19861014", []goldenStep{{day: "20170116", arrest: "none", charge: "11359 HS-POSS MARIJUANA FOR SALE"}}, "prop64"},
	"T21": {"19910306", []goldenStep{{day: "20110208", arrest: "20101220", charge: "11357(B) HS-POSS MARIJUANA 28.5- GRAMS", toc: "-"}}, "prop64"},
	"T23": {"19810000", []goldenStep{{day: "20020618", charge: "11357(B) HS-POSS MARIJUANA 28.5- GRAMS", toc: "M"}}, "prop64"},
	"T25": {"19620117", []goldenStep{
		{cycle: 1, step: 2, day: "19920404", arrest: "19920301", court: "CAMCSACRAMENTO", number: "92F02525", charge: "11359 HS-POSS MARIJUANA FOR SALE", disposition: "HELD TO ANSWER"},
		{cycle: 1, step: 3, day: "19920606", arrest: "19920301", number: "92F02525", charge: "11359 HS-POSS MARIJUANA FOR SALE"},
		{cycle: 1, step: 4, day: "19920606", arrest: "19920301", court: "CAMCSACRAMENTO", number: "92F02525", charge: "11359 HS-POSS MARIJUANA FOR SALE"}}, "prop64"},
	"T27": {"19680219", []goldenStep{
		{cycle: 1, step: 2, day: "19980505", arrest: "19980404", number: "98F02727", charge: "11359 HS-POSS MARIJUANA FOR SALE", disposition: "CONVICTED-PROB/JAIL"},
		{cycle: 1, step: 3, day: "20000707", arrest: "19980404", number: "98F02727", charge: "11359 HS-POSS MARIJUANA FOR SALE", disposition: "PROBATION REVOKED"},
		{cycle: 1, step: 4, day: "20000707", arrest: "19980404", number: "98F02727", charge: "11359 HS-POSS MARIJUANA FOR SALE", disposition: "CONVICTED-PRISON"}}, "prop64"},
	"T29": {"19730321", []goldenStep{
		{cycle: 1, step: 2, day: "20030909", arrest: "20030808", number: "03F02929", charge: "11357(A) HS-POSSESS CONCENTRATED CANNABIS", code: "35179"},
		{cycle: 1, step: 3, day: "20150505", arrest: "20030808", number: "03F02929", charge: "11357(A) HS-POSSESS CONCENTRATED CANNABIS", code: "35179", toc: "M", disposition: "REDUCED TO MISDEMEANOR PER 1170.18 PC"}}, "prop64"},
	"T31": {"19710423", []goldenStep{{day: "20010202", charge: "SEE COMMENT FOR CHARGE", comment: "CHRG-11360(A) HS"}}, "prop64"},
	"T33": {"19750525", []goldenStep{{day: "20050606", charge: "11359 HS-POSS MARIJUANA FOR SALE"}, {kind: "DECEASED", day: "20180303", charge: "", disposition: "-", court: "CADPHSACRAMENTO", toc: "-"}}, "prop64"},
	"T35": {"19750627", []goldenStep{{day: "20050707", charge: "11359 HS-POSS MARIJUANA FOR SALE"}, {day: "19990808", charge: "261(A)(2) PC-RAPE BY FORCE/FEAR/ETC", court: "CIRCUIT COURT PORTLAND OR", ori: "OR026015J", county: "-"}}, "prop64"},
	"T37": {"19850729", []goldenStep{{day: "20150312", charge: "11359 HS-POSS MARIJUANA FOR SALE"}, {day: "20130909", charge: "236.1(C) PC-HUMAN TRAFFICKING:MINOR"}}, "prop64"},
	"T39": {"19800831", []goldenStep{{day: "20101010", charge: "11359 HS-POSS MARIJUANA FOR SALE"}, {day: "20041111", charge: "288.2 PC-HARMFUL MATTER SENT W/INTENT", toc: "M"}}, "prop64"},
	"T41": {"19741002", []goldenStep{
		{cycle: 1, step: 2, day: "20040808", arrest: "20040707", number: "04F04141", charge: "11359 HS-POSS MARIJUANA FOR SALE"},
		{cycle: 1, step: 2, day: "20040808", arrest: "20040707", number: "04F04141", charge: "11361(A) HS-USE/EMPLOY/ETC MINOR SELL MARIJ"}}, "prop64"},
	"T43": {"19770904", []goldenStep{{day: "19990909", charge: "459 PC-BURGLARY", number: "99F04301"}, {subject: 1, day: "20071010", charge: "11359 HS-POSS MARIJUANA FOR SALE", number: "07F04302"}}, "prop64"},
	"T45": {"19990106", []goldenStep{{day: "20150510", court: "CAJVSACRAMENTO", number: "JV045045", charge: "11357(E) HS-POSS MARIJ SCHOOL GROUNDS", toc: "M", disposition: "PETITION SUSTAINED"}}, "prop64"},
	"T47": {"19800308", []goldenStep{{day: "20100110", court: "USDC SACRAMENTO", ori: "CAUSDC03J", county: "US", number: "2:10-CR-04747", charge: "21 USC 844(A)-SIMPLE POSS CNTL SUB", toc: "M"}}, "prop64"},
	"T49": {"19690510", []goldenStep{
		{cycle: 1, step: 2, day: "19991212", arrest: "19991111", number: "99F04949", charge: "11359 HS-POSS MARIJUANA FOR SALE"},
		{cycle: 1, step: 3, day: "20011212", arrest: "19991111", number: "99F04949", charge: "11359 HS-POSS MARIJUANA FOR SALE", disposition: "DISMISSED/FURTHERANCE OF JUSTICE"}}, "prop64"},
}

const goldenProject = `office: {county: Sacramento}
as_of: 2026-11-24
sources:
  - name: state
    format: ca-doj
    files: [state.csv]
    extract_date: 2026-11-24
    authoritative_for:
      - {question: convictions}
      - {question: relief}
      - {question: list-11361.9}
      - {question: supervision}
`

// goldenNames give every case people of its own that nobody takes for another.
var goldenNames = []string{"ABERNATHY,OSCAR", "BLACKWOOD,HENRIETTA", "CASTELLANOS,IGNACIO", "DUBOIS,MARGUERITE", "EKWUEME,CHINEDU", "FITZWILLIAM,ROSALIND",
	"GUNDERSON,TORVALD", "HASEGAWA,NOBUYUKI", "ILYUSHIN,VSEVOLOD", "JARAMILLO,ESPERANZA", "KOWALCZYK,BRONISLAW", "LUNDQVIST,ANNIKA", "MBEKI,THABISO",
	"NAKAGAWA,FUMIKO", "OYELARAN,OLUWASEUN", "PAPADOPOULOS,STAVROS", "QUILLFEATHER,JEDEDIAH", "RAMASWAMY,LAKSHMI", "STROGANOV,EKATERINA", "TCHAIKOVSKY,MODEST",
	"UNDERHILL,BARTHOLOMEW", "VILLANUEVA,CONSUELO", "WAKEFIELD,CORDELIA", "XENAKIS,IANNIS", "YELLOWHORSE,DELMAR"}

// TestGoldenCases decides the golden cases through the binary: from a state
// extract to the determinations export.
func TestGoldenCases(t *testing.T) {
	cases := goldenCases(t)
	dir := t.TempDir()
	number := writeGolden(t, dir, cases)
	if err := os.WriteFile(filepath.Join(dir, "casefold.yaml"), []byte(goldenProject), 0o600); err != nil {
		t.Fatal(err)
	}
	casefoldDoes(t, dir, "run", "-q")
	decided := tableOf(t, casefoldDoes(t, dir, "export", "determinations"))
	persons := map[string]map[string]bool{} // by case number
	outcomes := map[string][]string{}
	for _, row := range decided {
		if row["law"] != "prop64" {
			continue
		}
		n := row["case_number"]
		if persons[n] == nil {
			persons[n] = map[string]bool{}
		}
		persons[n][row["person_id"]] = true
		outcomes[n] = append(outcomes[n], row["outcome"]+" ("+row["section"]+": "+row["reason"]+")")
	}
	for _, c := range cases {
		id, want := c["id"], c["outcome"]
		own := number[id]
		switch want {
		case "one conviction":
			if len(outcomes[own[0]]) != 1 {
				t.Errorf("%s %s: %d convictions: %s", id, c["facts"], len(outcomes[own[0]]), strings.Join(outcomes[own[0]], "; "))
			}
		case "one person":
			if both := persons[own[0]]; len(both) != 1 || !sameKeys(both, persons[own[1]]) {
				t.Errorf("%s %s: persons %v and %v", id, c["facts"], both, persons[own[1]])
			}
		default:
			if got := outcomes[own[0]]; len(got) == 0 || !strings.HasPrefix(got[0], want+" (") && !(id == "T41" && anyPrefix(got, want+" (HS 11359")) {
				t.Errorf("%s %s: want %s, got %s", id, c["facts"], want, strings.Join(got, "; "))
			}
			if id == "T49" && len(outcomes[own[0]]) != 1 {
				t.Errorf("T49: the dismissal is a conviction of its own: %s", strings.Join(outcomes[own[0]], "; "))
			}
		}
	}
}

func anyPrefix(list []string, prefix string) bool {
	for _, s := range list {
		if strings.HasPrefix(s, prefix) {
			return true
		}
	}
	return false
}

func sameKeys(a, b map[string]bool) bool {
	for k := range a {
		if !b[k] {
			return false
		}
	}
	return len(a) == len(b)
}

// goldenCases reads the shared file of golden cases; without it the test skips.
func goldenCases(t *testing.T) []map[string]string {
	t.Helper()
	dir := os.Getenv("CASEFOLD_SHARED")
	if dir == "" {
		dir = filepath.Join("..", "..", "..", "shared")
	}
	src, err := os.ReadFile(filepath.Join(dir, "laws", "golden_cases.csv"))
	if err != nil {
		t.Skip("the golden cases are not here: ", err)
	}
	return tableOf(t, src)
}

func tableOf(t *testing.T, src []byte) []map[string]string {
	t.Helper()
	rows, err := csv.NewReader(bytes.NewReader(src)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var out []map[string]string
	for _, row := range rows[1:] {
		m := map[string]string{}
		for i, name := range rows[0] {
			m[name] = row[i]
		}
		out = append(out, m)
	}
	return out
}

// casefoldDoes runs a command in a folder and returns what it prints.
func casefoldDoes(t *testing.T, dir string, args ...string) []byte {
	t.Helper()
	out, err := os.CreateTemp(t.TempDir(), "stderr")
	if err != nil {
		t.Fatal(err)
	}
	defer out.Close()
	var stdout bytes.Buffer
	code := run(t.Context(), append(args, "-c", filepath.Join(dir, "casefold.yaml")), &stdout, out)
	if code != exitDone {
		said, _ := os.ReadFile(out.Name())
		t.Fatalf("casefold %s: exit %d\n%s", strings.Join(args, " "), code, said)
	}
	return stdout.Bytes()
}

// writeGolden writes the extract and returns the case numbers of each case.
func writeGolden(t *testing.T, dir string, cases []map[string]string) map[string][]string {
	t.Helper()
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	if err := w.Write(stateColumns); err != nil {
		t.Fatal(err)
	}
	numbers := map[string][]string{}
	for i, c := range cases {
		id := c["id"]
		person, ok := goldenPeople[id]
		if !ok {
			t.Errorf("golden case %s is not told as rows: %s", id, c["facts"])
			continue
		}
		counts := map[[3]int]int{}
		for k, s := range person.steps {
			if s.number == "" && s.kind == "" {
				s.number = fmt.Sprintf("%sF%s%03d", s.day[2:4], id[1:], k)
			}
			if s.number != "" && (len(numbers[id]) == 0 || numbers[id][len(numbers[id])-1] != s.number) {
				numbers[id] = append(numbers[id], s.number)
			}
			if s.cycle == 0 {
				s.cycle, s.step = k+1, 2
			}
			at := [3]int{s.subject, s.cycle, s.step}
			counts[at]++
			if err := w.Write(s.row(i, counts[at], goldenNames[i%len(goldenNames)], person.born)); err != nil {
				t.Fatal(err)
			}
		}
	}
	w.Flush()
	if err := os.WriteFile(filepath.Join(dir, "state.csv"), b.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	return numbers
}

// row is a count of a step as the state's 95 columns hold it.
func (s goldenStep) row(person, count int, name, born string) []string {
	or := func(value, otherwise string) string {
		switch value {
		case "":
			return otherwise
		case "-", "none":
			return ""
		}
		return value
	}
	arrest := or(s.arrest, daysBefore(s.day, 30))
	if s.subject == 1 {
		name = "FEATHERSTONE," + strings.SplitN(name, ",", 2)[1] // an alias
	}
	toc := or(s.toc, "F")
	level := map[string]string{"F": "FELONY", "M": "MISDEMEANOR"}[toc]
	if s.disposition != "" && !strings.HasPrefix(s.disposition, "CONVICTED") && !strings.HasPrefix(s.disposition, "REDUCED") {
		level = ""
	}
	cells := map[string]string{
		"RECORD_ID": "x", "SUBJECT_ID": fmt.Sprint(41000000 + 97*person + 50*s.subject), "CII_NUMBER": fmt.Sprintf("A%08d", 11000000+7919*person),
		"PRI_NAME": name, "GENDER": "M", "PRI_DOB": born, "CYC_ORDER": fmt.Sprint(100 + s.cycle), "CYC_DATE": arrest,
		"STP_ORDER": fmt.Sprintf("%03d", s.step), "STP_EVENT_DATE": s.day, "STP_TYPE_DESCR": or(s.kind, "COURT ACTION"),
		"STP_ORI_CODE": or(s.ori, "CA034015J"), "STP_ORI_DESCR": or(s.court, "CASCSACRAMENTO"), "STP_ORI_CNTY_NAME": or(s.county, "SACRAMENTO"),
		"CNT_ORDER": fmt.Sprintf("%03d%03d%03d000", 100+s.cycle, s.step, count), "DISP_DATE": s.day, "OFN": s.number,
		"OFFENSE_CODE": s.code, "OFFENSE_DESCR": s.charge, "OFFENSE_TOC": toc, "DISP_DESCR": or(s.disposition, "CONVICTED-PROB/JAIL"),
		"CONV_STAT_DESCR": level, "COMMENT_TEXT": s.comment, "END_OF_REC": "#",
	}
	if s.disposition == "" && s.kind == "" {
		cells["SENT_ORDER"], cells["SENT_LOC_CODE"], cells["SENT_LOC_DESCR"] = "001", "P", "PROBATION"
		cells["SENT_LENGTH"], cells["SENT_TIME_CODE"], cells["SENT_TIME_DESCR"] = "36", "M", "MONTHS"
	}
	out := make([]string, len(stateColumns))
	for i, c := range stateColumns {
		out[i] = cells[c]
	}
	return out
}

// daysBefore moves a day YYYYMMDD back.
func daysBefore(day string, n int) string {
	d, err := time.Parse("20060102", day)
	if err != nil {
		return ""
	}
	return d.AddDate(0, 0, -n).Format("20060102")
}

// stateColumns are the 95 columns of the state's extract, in their order.
var stateColumns = strings.Split("RECORD_ID,SUBJECT_STATUS,SUBJECT_ID,REQ_SEG_SEP,REQ_CII_NUMBER,REQ_NAME,REQ_GENDER,REQ_DOB,REQ_CDL,REQ_SSN,PII_SEG_SEP,CII_NUMBER,PRI_NAME,GENDER,PRI_DOB,PRI_SSN,PRI_CDL,PRI_IDN,PRI_INN,FBI_NUMBER,PDR_SEG_SEP,RACE_CODE,RACE_DESCR,EYE_COLOR_CODE,EYE_COLOR_DESCR,HAIR_COLOR_CODE,HAIR_COLOR_DESCR,HEIGHT,WEIGHT,SINGLE_SOURCE,MULTI_SOURCE,POB_CODE,POB_NAME,POB_TYPE,CITIZENSHIP_LIST,CYC_SEG_SEP,CYC_ORDER,CYC_DATE,STP_SEG_SEP,STP_ORDER,STP_EVENT_DATE,STP_TYPE_CODE,STP_TYPE_DESCR,STP_ORI_TYPE,STP_ORI_TYPE_DESCR,STP_ORI_CODE,STP_ORI_DESCR,STP_ORI_CNTY_CODE,STP_ORI_CNTY_NAME,CNT_SEG_SEP,CNT_ORDER,DISP_DATE,OFN,OFFENSE_CODE,OFFENSE_DESCR,OFFENSE_TOC,OFFENSE_QUAL_LST,DISP_OFFENSE_CODE,DISP_OFFENSE_DESCR,DISP_OFFENSE_TOC,DISP_OFFENSE_QUAL_LST,CONV_OFFENSE_ORDER,CONV_OFFENSE_CODE,CONV_OFFENSE_DESCR,CONV_OFFENSE_TOC,CONV_OFFENSE_QUAL_LST,FE_NUM_ORDER,FE_NUM_ARR_AGY,FE_NUM_BNCH_WARR,FE_NUM_CITE,FE_NUM_DOCKET,FE_NUM_INCIDENT,FE_NUM_BOOKING,FE_NUM_NUMBER,FE_NUM_REMAND,FE_NUM_OOS_INN,FE_NUM_CRT_CASE,FE_NUM_WARRANT,DISP_ORDER,DISP_CODE,DISP_DESCR,CONV_STAT_CODE,CONV_STAT_DESCR,SENT_SEG_SEP,SENT_ORDER,SENT_LOC_CODE,SENT_LOC_DESCR,SENT_LENGTH,SENT_TIME_CODE,SENT_TIME_DESCR,CYC_AGE,CII_TYPE,CII_TYPE_ALPHA,COMMENT_TEXT,END_OF_REC", ",")
