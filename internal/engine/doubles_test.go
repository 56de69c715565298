package engine

import (
	"context"
	"encoding/csv"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/casefold/casefold"
)

// halves are persons of whom the state tells under one name and the court under
// another, each one conviction, in every way a number of a case comes to be told
// in two ways. A person has decided that the names are not one person, so that
// nothing but the convictions themselves can show that they are one.
const halves = `-- casefold.yaml --
office: {county: Sacramento}
as_of: 2026-11-24
sources:
  - name: state
    files: [state.csv]
    teller: state
    extract_date: 2026-01-01
    row_key: ID
    mapping: {name: NAME, birth_date: DOB, court: COURT, case_number: OFN, arrest_date: ARRESTED, charge: CHARGE, convicted_level: LEVEL, disposition: DISP, disposition_date: DATE}
  - name: court
    files: [court.csv]
    teller: court
    extract_date: 2026-01-01
    agency: {name: Sacramento Superior Court, county: Sacramento, kind: superior_court}
    row_key: ID
    mapping: {name: NAME, birth_date: DOB, case_number: CASE, related_case: PRIOR, count: COUNT, charge: CHARGE, convicted_level: LEVEL, disposition: DISP, conviction_date: DATE}
-- state.csv --
ID,NAME,DOB,COURT,OFN,ARRESTED,CHARGE,LEVEL,DISP,DATE
1,"MARTINEZ,ROSA",1971-02-03,SACRAMENTO SUPERIOR COURT,092F75390,1992-03-01,11359 HS,F,CONVICTED,1992-06-02
2,"SMITH,ANNE",1972-02-03,SACRAMENTO MUNICIPAL COURT,092M75560,1992-04-01,11359 HS,F,CONVICTED,1992-06-02
3,"OKAFOR,CHIDI",1969-05-09,SACRAMENTO SUPERIOR COURT,93F01234,1993-03-01,11358 HS,F,CONVICTED,1993-06-02
4,"LEE,AN",1968-11-30,SACRAMENTO SUPERIOR COURT,,1994-03-01,11360(A) HS,F,CONVICTED,1994-06-02
5,"GARCIA LOPEZ,MARIA",1967-10-12,SACRAMENTO SUPERIOR COURT,95F04321,1995-03-01,11359 HS,F,CONVICTED,1995-06-02
-- court.csv --
ID,NAME,DOB,CASE,PRIOR,COUNT,CHARGE,LEVEL,DISP,DATE
1,"DELGADO,ROSA MARIA",1971-02-03,92F75390,,1,11359 HS,F,CONVICTED,1992-06-02
2,"JONES,ANNA",1972-02-03,92F75391,92M75560,1,11359 HS,F,CONVICTED,1992-05-07
3,"BELL,CHIDI",1969-05-09,93F01243,,1,11358 HS,F,CONVICTED,1993-06-02
4,"NGUYEN,LEE",1968-11-30,94F00567,,1,11360(A) HS,F,CONVICTED,1994-06-02
5,"GARCIA,MARIA",1976-10-12,95F04321,,1,11359 HS,F,CONVICTED,1995-06-02
`

// unpack writes the files of a text of several.
func unpack(t testing.TB, text string) string {
	t.Helper()
	dir := t.TempDir()
	for _, part := range strings.Split(strings.TrimPrefix(text, "-- "), "\n-- ") {
		name, body, _ := strings.Cut(part, " --\n")
		if err := os.WriteFile(filepath.Join(dir, name), []byte(strings.TrimSuffix(body, "\n")+"\n"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// TestNeverFiledTwice: of a conviction that two persons' rows tell of, one
// filing is made, and the other goes to a person (invariant 8).
func TestNeverFiledTwice(t *testing.T) {
	e := openCounty(t, unpack(t, halves), t.TempDir(), 2)
	ctx := context.Background()
	if _, err := e.Run(ctx, RunOptions{}); err != nil {
		t.Fatal(err)
	}
	for _, key := range []string{"1", "2", "3", "4", "5"} {
		if err := e.Decide(casefold.Teller{Source: "state", RowKey: key}, casefold.Teller{Source: "court", RowKey: key}, false, "Ann", "two photographs"); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := e.Run(ctx, RunOptions{}); err != nil {
		t.Fatal(err)
	}
	if _, err := e.FilePrepare("Ann"); err != nil {
		t.Fatal(err)
	}
	tables := exports(t, e, "convictions", "determinations", "filings", "worklist")
	row := map[string]string{} // conviction -> row key
	same := map[string]string{}
	for _, c := range records(t, tables["convictions"]) {
		_, row[c["conviction_id"]], _ = strings.Cut(c["tellers"], ":")
		same[c["conviction_id"]] = c["possibly_same"]
	}
	if len(row) != 10 {
		t.Fatalf("%d convictions, want 10: the persons are not in two", len(row))
	}
	for id, other := range same {
		if row[other] != row[id] || same[other] != id {
			t.Errorf("conviction of row %s is possibly the same as %q (row %s)", row[id], other, row[other])
		}
	}
	owed := map[string]int{}
	for _, d := range records(t, tables["determinations"]) {
		if d["law"] == "prop64" && d["fileable"] == "yes" {
			owed[row[d["conviction_id"]]]++
		}
	}
	filed, left := map[string]int{}, map[string]int{}
	for _, f := range records(t, tables["filings"]) {
		filed[row[f["conviction_id"]]]++
	}
	for _, w := range records(t, tables["worklist"]) {
		if w["kind"] == "possibly_same" {
			left[row[w["conviction_id"]]]++
		}
	}
	for _, key := range []string{"1", "2", "3", "4", "5"} {
		if filed[key] != 1 || left[key] < owed[key]-1 {
			t.Errorf("row %s: owed %d times, filed %d times, %d on the worklist", key, owed[key], filed[key], left[key])
		}
	}
}

// TestReliefOfATwinIsDoubt: where relief is told of what may be the same
// conviction under another person, it may be this one's.
func TestReliefOfATwinIsDoubt(t *testing.T) {
	before, court, _ := strings.Cut(halves, "-- court.csv --\n")
	court = strings.ReplaceAll(court, "\n", ",,\n")
	court = strings.Replace(court, "DISP,DATE,,", "DISP,DATE,LATER,ON", 1)
	court = strings.Replace(court, "1992-06-02,,", "1992-06-02,REDESIGNATED 11361.8 HS,2018-05-10", 1)
	before = strings.Replace(before, "MARTINEZ,ROSA", "DELGADO,ROSA", 1)
	text := strings.Replace(before, "conviction_date: DATE}", "conviction_date: DATE, relief: LATER, relief_date: ON}", 1) + "-- court.csv --\n" + court
	e := openCounty(t, unpack(t, text), t.TempDir(), 2)
	ctx := context.Background()
	if _, err := e.Run(ctx, RunOptions{}); err != nil {
		t.Fatal(err)
	}
	if err := e.Decide(casefold.Teller{Source: "state", RowKey: "1"}, casefold.Teller{Source: "court", RowKey: "1"}, false, "Ann", "two photographs"); err != nil {
		t.Fatal(err)
	}
	if _, err := e.Run(ctx, RunOptions{}); err != nil {
		t.Fatal(err)
	}
	outcomes := map[string]string{}
	for _, d := range records(t, exports(t, e, "determinations")["determinations"]) {
		if d["law"] == "prop64" {
			outcomes[d["tellers"]] = d["outcome"] + " " + d["needs"]
		}
	}
	if got := outcomes["court:1"]; !strings.HasPrefix(got, "already_relieved") {
		t.Errorf("the relieved one: %s", got)
	}
	if got := outcomes["state:1"]; !strings.HasPrefix(got, "review whether the later relief under Proposition 64") {
		t.Errorf("its twin: %s", got)
	}
}

// records reads a table by its header.
func records(t testing.TB, table []byte) (out []map[string]string) {
	t.Helper()
	rows, err := csv.NewReader(strings.NewReader(string(table))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range rows[1:] {
		m := map[string]string{}
		for i, column := range rows[0] {
			m[column] = r[i]
		}
		out = append(out, m)
	}
	return out
}
