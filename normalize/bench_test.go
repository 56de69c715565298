package normalize

import (
	"fmt"
	"strings"
	"testing"

	"github.com/casefold/casefold"
)

// benchSource is the state extract: 95 columns, about thirty of them mapped.
const benchSource = `teller: state
format: ca-doj
agency: CALIFORNIA DEPARTMENT OF JUSTICE |  | state_bureau
extract: 2019-11-11
person key: SUBJECT_ID
date order: ymd
name order: last_first
name = PRI_NAME
sex = GENDER
birth_date = PRI_DOB
race = RACE_DESCR
event_type = STP_TYPE_DESCR
event_date = STP_EVENT_DATE
arrest_date = CYC_DATE
agency = STP_ORI_DESCR
agency_ori = STP_ORI_CODE
county = STP_ORI_CNTY_NAME
cycle = CNT_ORDER[1:3]
step = CNT_ORDER[4:6]
count = CNT_ORDER[7:9]
case_number = FE_NUM_CRT_CASE, OFN
booking_number = FE_NUM_BOOKING
arrest_number = FE_NUM_ARR_AGY, FE_NUM_INCIDENT
comment = COMMENT_TEXT
disposition_date = DISP_DATE
charge = OFFENSE_DESCR
charge_code = OFFENSE_CODE
charge_level = OFFENSE_TOC
charge_qualifiers = OFFENSE_QUAL_LST
convicted_charge = CONV_OFFENSE_DESCR
convicted_charge_code = CONV_OFFENSE_CODE
disposition = DISP_DESCR
disposition_code = DISP_CODE
convicted_level = CONV_STAT_DESCR
sentence_kind = SENT_LOC_DESCR
sentence_length = SENT_LENGTH
sentence_unit = SENT_TIME_CODE
identifier: CII_NUMBER | cii | CA-DOJ | print
identifier: FBI_NUMBER | fbi | US-FBI | look-up
identifier: PRI_SSN | ssn | US-SSA | self-report
identifier: PRI_CDL | license | CA-DMV | document
attribute: POB_NAME | birth_place
attribute: HEIGHT | height`

// benchRows makes rows of people with some eight rows each, as the extract has
// them: a person's rows follow one another, case numbers repeat over the counts
// of a case, dates and numbers are new for each.
func benchRows(t testing.TB, count int) (*casefold.Source, casefold.Layout, []casefold.Row) {
	src := parseSource(&testing.T{}, benchSource)
	var layout casefold.Layout
	for _, line := range strings.Split(benchSource, "\n") {
		if l, r, ok := strings.Cut(line, " = "); ok && l != "" {
			for c := range strings.SplitSeq(r, ", ") {
				layout.Columns = append(layout.Columns, c)
			}
		}
		if _, r, ok := strings.Cut(line, "identifier: "); ok {
			layout.Columns = append(layout.Columns, strings.Fields(r)[0])
		}
		if _, r, ok := strings.Cut(line, "attribute: "); ok {
			layout.Columns = append(layout.Columns, strings.Fields(r)[0])
		}
	}
	layout.Columns = append(layout.Columns, "SUBJECT_ID")
	for len(layout.Columns) < 95 {
		layout.Columns = append(layout.Columns, fmt.Sprintf("UNUSED_%d", len(layout.Columns)))
	}
	seed := uint64(1)
	next := func(n int) int { seed = seed*6364136223846793005 + 1442695040888963407; return int(seed>>33) % n }
	last := strings.Fields("GARCIA SMITH JOHNSON NGUYEN LOPEZ MARTINEZ BROWN LEE KIM TRAN HERNANDEZ WILLIAMS JONES DAVIS MILLER WILSON")
	given := strings.Fields("MARIA JOSE JAMES ROBERT DAVID ANH LINDA CARLOS LUIS JUAN MICHAEL JENNIFER DANIEL ANTHONY KEVIN LATOYA")
	charges := strings.Split("11357(B) HS-POSSESS MARIJUANA|11359 HS-POSSESS MARIJUANA FOR SALE|459 PC-BURGLARY|484(A) PC-THEFT|23152(A) VC-DUI ALCOHOL/DRUGS|11377(A) HS-POSSESS CONTROLLED SUBSTANCE|273.5 PC-CORPORAL INJURY SPOUSE|148(A)(1) PC-OBSTRUCT OFFICER", "|")
	agencies := strings.Split("CAPDSACRAMENTO|CASCSACRAMENTO|CASOSACRAMENTO|CASCSAN FRANCISCO|CAPDOAKLAND|CASCALAMEDA", "|")
	dispositions := strings.Split("CONVICTED-PROB/JAIL|DISMISSED/FURTHERANCE OF JUSTICE|CONVICTED|PROS REJ-INSUFFICIENT EVIDENCE|CONVICTED-JAIL", "|")
	rows := make([]casefold.Row, count)
	var who, when, cse, court string
	for i := range rows {
		if i%8 == 0 {
			who = fmt.Sprintf("%s,%s %c", last[next(len(last))]+last[next(len(last))], given[next(len(given))]+given[next(len(given))], 'A'+rune(next(26)))
			when = fmt.Sprintf("19%02d%02d%02d", 40+next(50), 1+next(12), 1+next(28))
		}
		if i%3 == 0 {
			cse = fmt.Sprintf("%02dF%05d", next(100), next(100000))
			court = agencies[1+2*next(3)]
		}
		day := fmt.Sprintf("%d%02d%02d", 1980+next(38), 1+next(12), 1+next(28))
		arrest := next(2) == 0
		set := map[string]string{
			"PRI_NAME": who, "GENDER": "MF"[i/8%2 : i/8%2+1], "PRI_DOB": when, "RACE_DESCR": "WHITE", "STP_EVENT_DATE": day, "STP_ORI_CODE": "x",
			"STP_ORI_DESCR": agencies[2*next(3)], "STP_ORI_CNTY_NAME": "SACRAMENTO    ", "CNT_ORDER[1:3]": fmt.Sprint(101 + i%8/2), "CNT_ORDER[4:6]": fmt.Sprintf("%03d", 1+i%2), "CNT_ORDER[7:9]": fmt.Sprintf("%03d", 1+next(4)),
			"DISP_DATE": day, "OFFENSE_DESCR": charges[next(len(charges))], "OFFENSE_CODE": "x", "OFFENSE_TOC": "FM"[i%2 : i%2+1], "OFFENSE_QUAL_LST": "              ",
			"SUBJECT_ID": fmt.Sprint(10000000 + i/8), "CII_NUMBER": fmt.Sprintf("A%08d", 10000000+i/8*7), "FBI_NUMBER": "x", "PRI_SSN": fmt.Sprintf("%09d", 100000000+i/8*31), "PRI_CDL": "x", "POB_NAME": "CALIFORNIA", "HEIGHT": "510",
		}
		if arrest {
			set["STP_TYPE_DESCR"], set["CYC_DATE"], set["OFN"] = "ARREST/DETAINED/CITED", day, fmt.Sprint(100000+next(900000))
		} else {
			set["STP_TYPE_DESCR"], set["OFN"], set["DISP_DESCR"], set["CONV_STAT_DESCR"] = "COURT ACTION", cse, dispositions[next(len(dispositions))], "FELONY"
			set["STP_ORI_DESCR"] = court
			set["SENT_LOC_DESCR"], set["SENT_LENGTH"], set["SENT_TIME_CODE"] = "JAIL", fmt.Sprint(10*(1+next(36))), "D"
		}
		values := make([]string, len(layout.Columns))
		for k, c := range layout.Columns {
			if v, ok := set[c]; ok {
				values[k] = v
			} else if k%3 == 0 {
				values[k] = "x"
			}
		}
		rows[i].Values = values
	}
	return src, layout, rows
}

// BenchmarkStateExtract is the figure of record: rows of the 95-column extract
// on one core. Rows are split into columns as a reader hands them over, for a
// benchmark over rows that lie split in memory measures the memory; what the
// splitting costs is "split" alone. Run it with -benchtime 500000x -cpu 1.
func BenchmarkStateExtract(b *testing.B) {
	src, layout, rows := benchRows(b, 40000)
	lines := make([]string, len(rows))
	for i, r := range rows {
		lines[i] = strings.Join(r.Values, "\x1f") + "\x1f"
		rows[i].Values = nil
	}
	row := casefold.Row{Values: make([]string, len(layout.Columns))}
	split := func(line string) {
		for k := range row.Values {
			end := strings.IndexByte(line, 0x1f)
			row.Values[k], line = line[:end], line[end+1:]
		}
	}
	b.Run("split", func(b *testing.B) {
		for i := range b.N {
			split(lines[i%len(lines)])
		}
	})
	b.Run("records", func(b *testing.B) {
		n, err := New(src, layout)
		if err != nil {
			b.Fatal(err)
		}
		var records []casefold.Record
		b.ReportAllocs()
		b.ResetTimer()
		for i := range b.N {
			split(lines[i%len(lines)])
			records, _ = n.Records(&row, "key", records[:0])
		}
		b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "rows/s")
	})
	b.Run("numbered", func(b *testing.B) {
		n, err := New(src, layout)
		if err != nil {
			b.Fatal(err)
		}
		texts := make([][]string, len(lines))
		for i, l := range lines {
			split(l)
			texts[i] = clone(row.Values)
		}
		numbers, distinct := numbered(len(layout.Columns), texts)
		n.Columns(distinct)
		var records []casefold.Record
		b.ReportAllocs()
		b.ResetTimer()
		for i := range b.N {
			records, _ = n.Coded(numbers[i%len(numbers)], "key", records[:0])
		}
		b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "rows/s")
	})
}
