package server

import (
	"context"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/casefold/casefold"
	"github.com/casefold/casefold/internal/engine"
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
	return []engine.Hit{{Person: "P-1", Says: canary}}, nil
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

func (f *fake) Overview() (*engine.Overview, error) {
	return &engine.Overview{Office: "County of Nowhere", Generation: 1, AsOf: "2026-11-24"}, nil
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
	for _, c := range []struct{ path, want string }{
		{"/", "County of Nowhere"},
		{"/person/P-1", "possession is legal now"},
		{"/person/P-1", "HS 11357(b)"},
		{"/person/P-1/rows", "a.csv line 3"},
		{"/conviction/C-1", "the offence is small possession"},
	} {
		w := ask(t, h, "GET", c.path, "")
		if w.Code != 200 || !strings.Contains(w.Body.String(), c.want) {
			t.Errorf("%s: %d, lacks %q", c.path, w.Code, c.want)
		}
		if strings.Contains(w.Body.String(), canary) {
			t.Errorf("%s: a name is not escaped", c.path)
		}
		if w.Header().Get("Cache-Control") != "no-store" || !strings.Contains(w.Header().Get("Content-Security-Policy"), "default-src 'none'") {
			t.Errorf("%s: headers %v", c.path, w.Header())
		}
	}
	if w := ask(t, h, "GET", "/person/P-2", ""); w.Code != 404 {
		t.Errorf("an unknown person: %d", w.Code)
	}
	if w := ask(t, h, "GET", "/nothing", ""); w.Code != 404 {
		t.Errorf("an unknown page: %d", w.Code)
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

func TestTheSameAsJSON(t *testing.T) {
	h := New(&fake{}, "test")
	w := ask(t, h, "GET", "/api/person/P-1", "")
	var p PersonView
	if err := json.Unmarshal(w.Body.Bytes(), &p); err != nil || p.ID != "P-1" || p.Convictions[0].Decided[0].Outcome != "dismiss_and_seal" {
		t.Errorf("%v %s", err, w.Body)
	}
	w = ask(t, h, "POST", "/api/search", `{"words":"garcia"}`)
	var s SearchView
	if err := json.Unmarshal(w.Body.Bytes(), &s); err != nil || len(s.Hits) != 1 {
		t.Errorf("%v %s", err, w.Body)
	}
	w = ask(t, h, "GET", "/api/person/P-2", "")
	if w.Code != 404 || !strings.Contains(w.Header().Get("Content-Type"), "problem+json") {
		t.Errorf("unknown person: %d %s", w.Code, w.Header().Get("Content-Type"))
	}
	w = ask(t, h, "GET", "/api/openapi.json", "")
	var spec struct {
		OpenAPI string         `json:"openapi"`
		Paths   map[string]any `json:"paths"`
	}
	if err := json.Unmarshal(w.Body.Bytes(), &spec); err != nil || !strings.HasPrefix(spec.OpenAPI, "3.1") || len(spec.Paths) != 4 {
		t.Errorf("%v %s %d paths", err, spec.OpenAPI, len(spec.Paths))
	}
}
