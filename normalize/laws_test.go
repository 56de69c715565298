package normalize

import (
	"fmt"
	"strings"
	"testing"
	"unsafe"

	"github.com/casefold/casefold"
	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// lawSource maps every field there is, so that the laws meet every path.
func lawSource(format string) (*casefold.Source, casefold.Layout) {
	src := &casefold.Source{Name: "law", Format: format, Teller: casefold.TellerCourt, ExtractDate: 20191111, PersonKey: "pk",
		Agency: casefold.Agency{Name: "SACRAMENTO SUPERIOR COURT", County: "SACRAMENTO", Kind: casefold.SuperiorCourt}}
	layout := casefold.Layout{Columns: []string{"pk", "id", "at"}}
	src.Mapping.Fields = map[casefold.Field][]string{}
	for _, info := range casefold.Fields {
		src.Mapping.Fields[info.Field] = []string{string(info.Field)}
		layout.Columns = append(layout.Columns, string(info.Field))
	}
	src.Mapping.Identifiers = []casefold.IdentifierColumn{{Column: "id", Kind: casefold.SSN, Issuer: "US-SSA", How: casefold.SelfReport}}
	src.Mapping.Attributes = []casefold.AttributeColumn{{Name: "a", Column: "at"}}
	src.Mapping.Counts = []map[casefold.Field][]string{{"charge": {"c1"}}, {"charge": {"c2"}, "disposition": {"d2"}}}
	src.Mapping.People = []casefold.PersonGroup{{Fields: map[casefold.Field][]string{"name": {"p2"}}}}
	layout.Columns = append(layout.Columns, "c1", "c2", "d2", "p2")
	return src, layout
}

var lawValues = []string{"", "", "", "x", "NULL", "SMITH, JOHN 'JACK' JR", "DOE, JANE", "GARCIA", "3/1/70", "19790000", "2/30/99", "2044-01-01", "M", "X", "51", "999", "-4",
	"123 MAIN ST APT 4, SACRAMENTO CA 95814", "TRANSIENT", "CAPDSACRAMENTO", "CA0340000", "34", "101", "16FE012345", "HS 11357(a)", "664/459 PC", "CONVICTED-JAIL",
	"CONV SET ASIDE & DISM PER 1203.4 PC", "90", "D", "JAIL", "COURT ACTION", "DECEASED", "CHRG-11357(B) HS; CNT 1 DISM PER 1203.4 PC", "Y", "é\xff", "a\x1fb", "  padded  ", "536-22-1234", "F", "35382"}

func lawRow(layout casefold.Layout) *rapid.Generator[[]string] {
	value := rapid.OneOf(rapid.SampledFrom(lawValues), rapid.SampledFrom(lawValues), rapid.String())
	return rapid.SliceOfN(value, 0, len(layout.Columns)) // short rows too
}

// TestRecordsAreAFunctionOfTheRow: what was read before, in whatever order,
// shows in no result; nor does anybody's use of the row's buffer afterwards.
func TestRecordsAreAFunctionOfTheRow(t *testing.T) {
	for _, format := range []string{"delimited", caDOJ} {
		src, layout := lawSource(format)
		warm, err := New(src, layout)
		if err != nil {
			t.Fatal(err)
		}
		rapid.Check(t, func(t *rapid.T) {
			values := lawRow(layout).Draw(t, "row")
			fresh, _ := New(src, layout)
			want, wantFound := fresh.Records(&casefold.Row{Values: clone(values)}, "k", nil)
			buffer := &casefold.Row{Values: make([]string, len(values))}
			bytes := []byte(strings.Join(values, ""))
			from := 0
			for i, v := range values {
				if len(v) > 0 {
					buffer.Values[i] = unsafe.String(&bytes[from], len(v))
				}
				from += len(v)
			}
			got, gotFound := warm.Records(buffer, "k", nil)
			for i := range bytes {
				bytes[i] = '#'
			}
			if d := cmp.Diff(want, got); d != "" {
				t.Fatalf("records differ (-fresh +warm):\n%s", d)
			}
			if d := cmp.Diff(wantFound, gotFound); d != "" {
				t.Fatalf("findings differ (-fresh +warm):\n%s", d)
			}
			checkRecords(t, got, gotFound)
			again, _ := warm.Records(&casefold.Row{Values: clone(values)}, "k", nil)
			if d := cmp.Diff(want, again); d != "" {
				t.Fatalf("the second reading differs:\n%s", d)
			}
		})
	}
}

func clone(values []string) []string {
	out := make([]string, len(values))
	for i, v := range values {
		out[i] = strings.Clone(v)
	}
	return out
}

// checkRecords holds what every reader of records relies on.
func checkRecords(t *rapid.T, records []casefold.Record, findings []casefold.Finding) {
	if len(records) == 0 {
		t.Fatalf("a row without a record")
	}
	keys := map[string]bool{}
	for i, r := range records {
		want := "k"
		if len(records) > 1 {
			want = fmt.Sprintf("k/%d", i+1)
		}
		if r.Teller.RowKey != want {
			t.Fatalf("record %d of %d has key %q", i, len(records), r.Teller.RowKey)
		}
		keys[r.Teller.RowKey] = true
		p := r.Person
		if p.Age < -1 || p.Age > oldest {
			t.Fatalf("age %d", p.Age)
		}
		for _, b := range p.Births {
			if !b.Known() || b.First > 20191111 {
				t.Fatalf("birth %s", b)
			}
		}
		if len(p.Births) > 0 && p.BirthVerbatim == "" {
			t.Fatalf("births %v without a verbatim one", p.Births)
		}
		for _, id := range p.Identifiers {
			if id.Value == "" {
				t.Fatalf("an identifier without a number")
			}
		}
		for _, e := range r.Events {
			if e.Kind == "" {
				t.Fatalf("an event without a kind")
			}
		}
	}
	for _, f := range findings {
		if f.Code == "" || f.Field == "" || f.Detail != "" || !keys[f.Teller.RowKey] {
			t.Fatalf("finding %+v", f)
		}
	}
}

func TestUnknownColumnsAreRefused(t *testing.T) {
	src := &casefold.Source{Mapping: casefold.Mapping{Fields: map[casefold.Field][]string{"name": {"NOM"}}}}
	if _, err := New(src, casefold.Layout{Columns: []string{"NAME"}}); err == nil || !strings.Contains(err.Error(), `"NOM"`) {
		t.Errorf("error %v", err)
	}
}

func TestSurveyDecidesTheOrderOfDates(t *testing.T) {
	src := &casefold.Source{Mapping: casefold.Mapping{Fields: map[casefold.Field][]string{"birth_date": {"B"}, "event_date": {"E"}}}}
	layout := casefold.Layout{Columns: []string{"B", "E"}}
	rows := [][]string{{"03-04-1981", ""}, {"22-09-1904", "1/2/2003"}, {"", "25/12/1999"}}
	a, _ := NewSurvey(src, layout)
	b, _ := NewSurvey(src, layout)
	for i, r := range rows {
		s := a
		if i%2 == 0 {
			s = b
		}
		s.Add(&casefold.Row{Values: r})
	}
	a.Merge(b)
	if got := a.DateOrder(); got != "dmy" {
		t.Errorf("order %q", got)
	}
}

func TestCommentsSpeakOfCounts(t *testing.T) {
	for _, c := range []struct {
		counts string
		count  string
		want   bool
	}{{"", "001", true}, {"1", "001", true}, {"2", "001", false}, {"1-3", "2", true}, {"1-3", "4", false}, {"BOTH", "4", true}, {"1 3", "003", true}, {"2", "", true}, {"2", "A", true}} {
		if got := speaksOf(strings.Fields(c.counts), c.count); got != c.want {
			t.Errorf("counts %q speak of count %q: %v", c.counts, c.count, got)
		}
	}
}

func TestMemoStandsAsideWhereNothingRepeats(t *testing.T) {
	read := 0
	m := newMemo(func(s string) string { read++; return s + "!" })
	for i := range 10 * memoJudge {
		s := fmt.Sprint(i)
		if got := m.get(s); got != s+"!" {
			t.Fatalf("%q is read as %q", s, got)
		}
		if len(m.values) > memoSize {
			t.Fatalf("%d values kept", len(m.values))
		}
	}
	if len(m.values) > 2*memoJudge {
		t.Errorf("%d values kept of a column that never repeats", len(m.values))
	}
	before := read
	for range 3 {
		m.get("same")
	}
	if read > before+1 && m.rest == 0 {
		t.Errorf("a repeated value was read %d times", read-before)
	}
}
