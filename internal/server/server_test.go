package server

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/casefold/casefold"
	"github.com/casefold/casefold/internal/engine"
	"github.com/casefold/casefold/matcher"
	"github.com/casefold/casefold/relief"
)

// canary is a name that would run as script if any page forgot to escape.
const canary = `<img src=x onerror=alert(1)>`

// fake is a store that holds one person with one conviction.
type fake struct{ asked []string }

func teller(key string) []casefold.Teller { return []casefold.Teller{{Source: "court", RowKey: key}} }

func conviction() casefold.Conviction {
	return casefold.Conviction{
		ID: "C-1", PersonID: "P-1", Kind: casefold.AdultConviction, Tellers: teller("7"),
		Offense:        casefold.Fact[casefold.Offense]{Value: casefold.Offense{Statute: casefold.Statute{Code: "HS", Section: "11357", Path: "(b)"}}, Status: casefold.FactKnown, Tellers: teller("7")},
		ConvictionDate: casefold.Fact[casefold.Date]{Value: casefold.On(19850304), Status: casefold.FactKnown, Tellers: teller("7")},
	}
}

func (f *fake) Search(_ context.Context, typed []string, _ int) ([]engine.Hit, error) {
	f.asked = append(f.asked, typed...)
	return []engine.Hit{{Person: "P-1", Says: canary, Names: []string{canary, "LUKE"}, Births: []string{"1971-03-04"}, Convictions: 1, Rows: 3, Why: []string{"LUKE: same name"}}}, nil
}

func (f *fake) Person(id string) (*engine.PersonView, error) {
	if id != "P-1" {
		return nil, engine.ErrNotFound
	}
	h := &casefold.History{PersonID: "P-1", Convictions: []casefold.Conviction{conviction()}, Tellers: teller("7"),
		Names: []casefold.Told[casefold.Name]{{Value: casefold.Name{Last: canary, First: "LUKE"}, Tellers: teller("7")}}}
	return &engine.PersonView{History: h, Determinations: map[string][]relief.Determination{
		"C-1": {{ConvictionID: "C-1", Law: "prop64", Outcome: relief.DismissAndSeal, Reason: "possession is legal now"}}}}, nil
}

func (f *fake) PersonRows(string) ([]engine.VerbatimRow, error) {
	return []engine.VerbatimRow{{Teller: teller("7")[0], File: "a.csv", Line: 3, Bytes: []byte("7|" + canary + "\xff")}}, nil
}

func (f *fake) Why(string) (*engine.Proof, error) {
	c := conviction()
	return &engine.Proof{Conviction: c, Explanation: []relief.Explanation{{Determination: relief.Determination{Law: "prop64"},
		Proof: []*relief.Node{{Text: "the offence is small possession", Truth: casefold.True, Outcome: relief.DismissAndSeal, Decides: true}}}}}, nil
}

func (f *fake) RowColumns(_ context.Context, rows []engine.VerbatimRow) [][]engine.ColumnValue {
	return [][]engine.ColumnValue{{{Column: "NAME", Means: "name", Value: canary}, {Column: "ALIAS"}}}
}

func (f *fake) Explain(_ context.Context, a, b casefold.Teller) (*engine.PairProof, error) {
	f.asked = append(f.asked, a.String(), b.String())
	return &engine.PairProof{A: a, B: b, PersonA: "P-1", PersonB: "P-1", Rules: 3, Link: 0, Possible: -5000, Explained: matcher.Explanation{Prior: -9000, Total: 4000,
		Contributions: []matcher.Contribution{{Comparison: matcher.Comparison{Kind: matcher.Surname}, Level: 7, Says: "equal, rare", Weight: 15000}, {Comparison: matcher.Comparison{Kind: matcher.Phone}}}, Kinship: -2000}}, nil
}

func (f *fake) Board() (*engine.Board, error) {
	return &engine.Board{Batches: []engine.BatchView{{ID: "B-1", Law: "prop64", Basis: "owed", Filings: 2, Statuses: []engine.ReasonCount{{Reason: "prepared", Count: 2}}}},
		Work: []engine.WorkView{{Conviction: "C-1", Person: "P-1", Kind: "not_fileable", What: canary, Who: "clerk"}}}, nil
}

func (f *fake) Batch(id string) (*engine.BatchFilings, error) {
	if id != "B-1" {
		return nil, engine.ErrNotFound
	}
	return &engine.BatchFilings{BatchView: engine.BatchView{ID: "B-1"}, List: []engine.FilingView{{ID: "F-1", Conviction: "C-1", Person: "P-1", Court: canary, Status: "sent"}}}, nil
}

func (f *fake) ReviewQueue(engine.ReviewOptions) (*engine.ReviewQueue, error) {
	return &engine.ReviewQueue{AsOf: 20261124, Reviews: 2, Decided: 9, Causes: []relief.Cause{{Fact: "link", Alone: 1, All: 2, Items: 1}},
		Waiting: []engine.ReviewItem{{Waiting: relief.Waiting{Missing: relief.Missing{Fact: "link", Text: canary}, A: teller("7")[0], B: teller("8")[0], Alone: []string{"C-1"}, With: []string{"C-2"}, Owed: 1}, Answer: "casefold decide same|different court:7 court:8"}},
		Denials: []relief.Denied{{Conviction: "C-3", Person: "P-1", Law: "prop64", Outcome: relief.NotEligible, Reason: canary}}}, nil
}

func (f *fake) Summary() (*engine.Summary, error) {
	return &engine.Summary{Office: canary, Until: "relief", Counts: map[string]int64{}, Sources: []engine.SourceFates{{Source: "court", Read: 3, Accepted: 3}}}, nil
}

func (f *fake) Overview() (*engine.Overview, error) {
	return &engine.Overview{Office: "County of Nowhere", Generation: 1, AsOf: "2026-11-24",
		Lines: []engine.OverviewLine{{Name: "persons", Count: 1200}, {Name: "prop64 review", Count: 7}}}, nil
}

func ask(t *testing.T, h http.Handler, method, path, body string) *httptest.ResponseRecorder {
	t.Helper()
	r := httptest.NewRequest(method, "http://localhost:8080"+path, strings.NewReader(body))
	if method == "POST" {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		if strings.HasPrefix(path, "/api/") {
			r.Header.Set("Content-Type", "application/json")
		}
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

func TestPagesSayWhatTheyMust(t *testing.T) {
	h := New(&fake{}, "test")
	for _, c := range []struct{ method, path, body, want string }{
		{"GET", "/", "", "County of Nowhere"},
		{"GET", "/", "", "1,200"},
		{"GET", "/", "", "a person must review"},
		{"POST", "/search", "words=x", "LUKE: same name"},
		{"POST", "/search", "words=x", `value="x"`},
		{"GET", "/person/P-1", "", "possession is legal now"},
		{"GET", "/person/P-1", "", "HS 11357(b)"},
		{"GET", "/person/P-1", "", `href="/person/P-1/rows#row-`},
		{"GET", "/person/P-1/rows", "", "a.csv, line 3"},
		{"GET", "/person/P-1/rows", "", "1 columns that tell something, 1 empty"},
		{"GET", "/conviction/C-1", "", "the offence is small possession"},
		{"GET", "/conviction/C-1/rows", "", "a.csv, line 3"},
		{"POST", "/explain", "a=court:7&b=court:8", "4.000 bits"},
		{"POST", "/explain", "a=court:7&b=court:8", "relatives show the same"},
		{"POST", "/explain", "a=court:7&b=court:8", "one side does not tell: phone"},
		{"GET", "/board", "", "2 prepared"},
		{"GET", "/board", "", "owed, cannot be filed as it stands"},
		{"GET", "/batch/B-1", "", "F-1"},
		{"GET", "/review", "", "doubtful links"},
		{"GET", "/review", "", `value="court:8"`},
		{"GET", "/review", "", "Something may be owed for 1."},
		{"GET", "/report", "", "Every row is accounted for"},
	} {
		w := ask(t, h, c.method, c.path, c.body)
		text := w.Body.String()
		if w.Code != 200 || !strings.Contains(text, c.want) {
			t.Errorf("%s: %d, lacks %q", c.path, w.Code, c.want)
		}
		if strings.Contains(text, canary) {
			t.Errorf("%s: a name is not escaped", c.path)
		}
		for _, bad := range []string{"<script", " style=", " onclick", "http://", "https://"} {
			if strings.Contains(strings.ReplaceAll(text, "http://www.w3.org/2000/svg", ""), bad) {
				t.Errorf("%s holds %q", c.path, bad)
			}
		}
		if w.Header().Get("Cache-Control") != "no-store" || !strings.Contains(w.Header().Get("Content-Security-Policy"), "default-src 'none'") {
			t.Errorf("%s: headers %v", c.path, w.Header())
		}
	}
}

func TestWhatIsNotThere(t *testing.T) {
	h := New(&fake{}, "test")
	for _, c := range []struct {
		method, path, body string
		status             int
	}{
		{"GET", "/person/P-2", "", 404},
		{"GET", "/batch/B-2", "", 404},
		{"GET", "/nothing", "", 404},
		{"POST", "/explain", "a=court:7&b=nonsense", 400},
		{"POST", "/explain", "a=" + strings.Repeat("x", 5000), 400},
		{"GET", "/explain", "", http.StatusSeeOther},
	} {
		if w := ask(t, h, c.method, c.path, c.body); w.Code != c.status {
			t.Errorf("%s %s: %d, want %d", c.method, c.path, w.Code, c.status)
		}
	}
}

// TestWordsTravelInTheBody holds that a search works by POST and that no URL
// takes what somebody typed.
func TestWordsTravelInTheBody(t *testing.T) {
	f := &fake{}
	h := New(f, "test")
	if w := ask(t, h, "POST", "/search", "words=garcia+maria"); w.Code != 200 || len(f.asked) != 1 || f.asked[0] != "garcia maria" {
		t.Errorf("search: %d, asked %q", w.Code, f.asked)
	}
	if w := ask(t, h, "GET", "/search?words=garcia", ""); w.Code != http.StatusSeeOther || len(f.asked) != 1 {
		t.Errorf("GET with words: %d, asked %q", w.Code, f.asked)
	}
}

func TestOnlyThisMachineAndItsOwnPages(t *testing.T) {
	h := New(&fake{}, "test")
	r := httptest.NewRequest("GET", "http://rebound.example/person/P-1", nil)
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	if w.Code != http.StatusMisdirectedRequest {
		t.Errorf("another name for this machine: %d", w.Code)
	}
	r = httptest.NewRequest("POST", "http://localhost:8080/search", strings.NewReader("words=x"))
	r.Header.Set("Sec-Fetch-Site", "cross-site")
	w = httptest.NewRecorder()
	h.ServeHTTP(w, r)
	if w.Code != http.StatusForbidden {
		t.Errorf("a form on another site: %d", w.Code)
	}
}

// TestTheSameAsJSON holds that the API gives the engine's answers as they are.
func TestTheSameAsJSON(t *testing.T) {
	f := &fake{}
	h := New(f, "test")
	person, _ := f.Person("P-1")
	why, _ := f.Why("C-1")
	rows, _ := f.PersonRows("P-1")
	hits, _ := f.Search(context.Background(), nil, 0)
	pair, _ := f.Explain(context.Background(), casefold.Teller{Source: "court", RowKey: "7"}, casefold.Teller{Source: "court", RowKey: "8"})
	board, _ := f.Board()
	for _, c := range []struct {
		method, path, body string
		want               any
	}{
		{"GET", "/api/person/P-1", "", person},
		{"GET", "/api/person/P-1/rows", "", rows},
		{"GET", "/api/conviction/C-1", "", why},
		{"GET", "/api/board", "", board},
		{"POST", "/api/search", `{"words":"garcia"}`, hits},
		{"POST", "/api/explain", `{"a":"court:7","b":"court:8"}`, pair},
	} {
		w := ask(t, h, c.method, c.path, c.body)
		want, err := json.Marshal(c.want)
		if err != nil {
			t.Fatal(err)
		}
		var x, y any
		if err := json.Unmarshal(w.Body.Bytes(), &x); err != nil {
			t.Errorf("%s: %v in %s", c.path, err, w.Body)
			continue
		}
		if err := json.Unmarshal(want, &y); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(y, x); diff != "" {
			t.Errorf("%s:\n%s", c.path, diff)
		}
	}
	w := ask(t, h, "GET", "/api/person/P-2", "")
	if w.Code != 404 || !strings.Contains(w.Header().Get("Content-Type"), "problem+json") {
		t.Errorf("unknown person: %d %s", w.Code, w.Header().Get("Content-Type"))
	}
	w = ask(t, h, "GET", "/api/openapi.json", "")
	var spec struct {
		OpenAPI string         `json:"openapi"`
		Paths   map[string]any `json:"paths"`
	}
	if err := json.Unmarshal(w.Body.Bytes(), &spec); err != nil || !strings.HasPrefix(spec.OpenAPI, "3.1") || len(spec.Paths) != 9 {
		t.Errorf("%v %s %d paths", err, spec.OpenAPI, len(spec.Paths))
	}
}

// TestMemo holds that an answer is worked out once a generation, also by many
// at once, and that an error is tried again.
func TestMemo(t *testing.T) {
	var m memo
	var worked atomic.Int32
	work := func() (int, error) { return int(worked.Add(1)), nil }
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			if v, err := recall(&m, 1, "board", work); v != 1 || err != nil {
				t.Errorf("%d, %v", v, err)
			}
		})
	}
	wg.Wait()
	if v, _ := recall(&m, 2, "board", work); v != 2 {
		t.Errorf("a new generation gives the old answer %d", v)
	}
	fail := func() (int, error) { worked.Add(1); return 0, engine.ErrNotRun }
	for range 2 {
		if _, err := recall(&m, 2, "report", fail); !errors.Is(err, engine.ErrNotRun) {
			t.Error(err)
		}
	}
	if n := worked.Load(); n != 4 {
		t.Errorf("worked %d times", n)
	}
}
