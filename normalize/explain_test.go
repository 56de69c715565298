package normalize

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestExplain(t *testing.T) {
	for _, c := range []struct{ kind, in, want, rule string }{
		{"name", "Smith, Robert 'Bob' Jr", "SMITH; ROBERT; ; JR + alias SMITH; BOB; ; ", "aside"},
		{"name", "DOE, JOHN", "(placeholder)", "placeholder"},
		{"date", "20/8/1991", "1991-08-20", "swapped"},
		{"date", "1982-02-29", "(impossible_date)", "impossible_date"},
		{"ssn", "078-05-1120", "(invalid_number)", "social security number"},
		{"cii", "A0012345678", "12345678", "last eight digits"},
		{"agency", "CASC MC RIVERSIDE", "RIVERSIDE SUPERIOR COURT; superior_court; RIVERSIDE; CA", "mnemonic"},
		{"address", "123 Main St Apt 4, Sac, CA 95814", "123; MAIN ST; 4; SACRAMENTO; CA; 95814", "city"},
		{"address", "TRANSIENT", "(placeholder)", "no place of living"},
		{"statute", "11357(B) HS-POSSESS MARIJUANA", "HS 11357(b)", ""},
		{"disposition", "CONVICTED-PROB/JAIL", "convicted", ""},
		{"sentence", "3 YEARS PROBATION, 30 DAYS JAIL", "probation 3Y; jail 30D", ""},
		{"phone", "916-555-0123x44", "9165550123", "extension"},
		{"county", "SAN FRAN", "SAN FRANCISCO", ""},
	} {
		got, steps, err := Explain(c.kind, c.in)
		if err != nil || got != c.want {
			t.Errorf("%s %q: %q, %v; want %q", c.kind, c.in, got, err, c.want)
		}
		found := c.rule == ""
		for _, s := range steps {
			found = found || strings.Contains(s.Rule, c.rule)
		}
		if !found {
			t.Errorf("%s %q: no step %q in %v", c.kind, c.in, c.rule, steps)
		}
	}
	if _, _, err := Explain("shoe size", "44"); err == nil || !strings.Contains(err.Error(), "case-number") {
		t.Errorf("error %v", err)
	}
}

// TestEveryKindIsTotal also meets each explainer once, so that none is dead.
func TestEveryKindIsTotal(t *testing.T) {
	for _, kind := range Kinds() {
		rapid.Check(t, func(t *rapid.T) {
			s := rapid.OneOf(rapid.SampledFrom(lawValues), rapid.String()).Draw(t, "value")
			if _, _, err := Explain(kind, s); err != nil {
				t.Fatal(err)
			}
		})
	}
}
