package relief_test

import (
	"bytes"
	"flag"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/casefold/casefold/relief"
	"github.com/casefold/casefold/relief/laws"
)

var update = flag.Bool("update", false, "write the English of the laws anew")

// TestLawsInEnglish holds the laws, printed as sentences from the tree that
// decides, against their last reviewed text: a change of a rule shows itself to
// a lawyer as a change of a sentence.
func TestLawsInEnglish(t *testing.T) {
	for _, name := range laws.Names {
		law := load(t, name)
		var b bytes.Buffer
		if err := law.ExplainLaw(&b); err != nil {
			t.Fatal(err)
		}
		file := "testdata/" + name + ".english.txt"
		if *update {
			if err := os.WriteFile(file, b.Bytes(), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(string(want), b.String()); diff != "" {
			t.Errorf("%s reads otherwise; run with -update and review:\n%s", name, diff)
		}
	}
}

// TestPolicyProof: the explanation of a grant proves law and policy.
func TestPolicyProof(t *testing.T) {
	law := load(t, "prop64")
	c := oneCase(t, "A: over an ounce\n  HS 11357(c), misdemeanor, convicted 2005-05-10\n  = no_lesser\n")
	c.Context.Policy = loadPolicies(t, law)["sacramento"]
	e, ok := law.Explain(&c.History, "A-1", c.Context)
	if !ok || e.Outcome != relief.PolicyDismiss {
		t.Fatalf("%+v", e.Determination)
	}
	var short, whole strings.Builder
	if err := e.Write(&short); err != nil {
		t.Fatal(err)
	}
	if err := e.WriteWhole(&whole); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"rules of the policy, in order:", "sacramento-misdemeanor -> policy_dismiss  <== decides", "over-an-ounce -> no_lesser", "found: level: misdemeanor"} {
		if !strings.Contains(short.String(), want) {
			t.Errorf("the explanation does not say %q:\n%s", want, short.String())
		}
	}
	if whole.Len() < 4*short.Len() {
		t.Errorf("the whole proof has %d bytes, the short one %d", whole.Len(), short.Len())
	}
}

// TestReferenceOptions: options that name another section, a negative threshold
// or an unknown key are refused; each option is a rule.
func TestReferenceOptions(t *testing.T) {
	law := load(t, "prop64")
	for _, bad := range []string{
		`{"baselineEligibility": {"dismiss": ["11361"]}}`, `{"additionalRelief": {"subjectAgeThreshold": -1}}`,
		`{"additionalRelief": {"age": 50}}`, `{`,
	} {
		if _, err := relief.ReferencePolicy("x", []byte(bad)); err == nil {
			t.Errorf("taken: %s", bad)
		}
	}
	text, err := relief.ReferencePolicy("all", []byte(`{"baselineEligibility": {"dismiss": ["11357"], "reduce": ["11360(a)"]},
		"additionalRelief": {"subjectUnder21AtConviction": true, "subjectAgeThreshold": 50, "yearsSinceConvictionThreshold": 5,
		"yearsCrimeFreeThreshold": 5, "subjectHasOnlyProp64Charges": true, "subjectIsDeceased": true}}`))
	if err != nil {
		t.Fatal(err)
	}
	if n := strings.Count(string(text), "- {id: options-"); n != 11 {
		t.Errorf("%d rules, want 11", n)
	}
	if _, problems := relief.LoadPolicy(law, "all.yaml", text); len(problems) > 0 {
		t.Error(problems)
	}
}
