package relief_test

import (
	"io/fs"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/casefold/casefold/relief"
	"github.com/casefold/casefold/relief/laws"
	"github.com/casefold/casefold/relief/policies"
)

// edited is the folder of laws with one file changed.
func edited(t *testing.T, file, old, new string) fs.FS {
	t.Helper()
	out := fstest.MapFS{}
	err := fs.WalkDir(laws.Files, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		src, err := fs.ReadFile(laws.Files, name)
		out[name] = &fstest.MapFile{Data: src}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	src := string(out[file].Data)
	if !strings.Contains(src, old) {
		t.Fatalf("%s does not hold %q", file, old)
	}
	out[file].Data = []byte(strings.Replace(src, old, new, 1))
	return out
}

// TestCheckFindsFaults breaks Proposition 64 in one place at a time. Each fault
// is told at its place, with the allowed words or the nearest.
func TestCheckFindsFaults(t *testing.T) {
	const law = "prop64/law.yaml"
	for _, c := range []struct{ name, file, old, new, want string }{
		{"an unknown fact", law, "{family: other}", "{famly: other}", `unknown fact "famly"; did you mean "family"?`},
		{"an unknown word", law, "{family: other}", "{family: othr}", `family knows no "othr"; did you mean "other"?`},
		{"a wrong type", law, "{age_at_least: 21}", "{age_at_least: many}", "a whole number is expected here"},
		{"no day", law, "{offense_before: 2016-11-09}", "{offense_before: 2016-11-31}", `"2016-11-31" is not a day`},
		{"an unknown definition", law, "when: relieved", "when: releived", `no clause is defined as "releived"; did you mean "relieved"?`},
		{"a definition that rests on itself", law, "that: {age_at_least: 21}", "that: {all: [adult-21]}", `the clause "adult-21" rests on itself`},
		{"an unknown outcome", law, "outcome: no_lesser", "outcome: no_leser", `unknown outcome "no_leser"; did you mean "no_lesser"?`},
		{"an unknown citation", law, "cite: [raybon]", "cite: [raibon]", `unknown citation "raibon"; did you mean "raybon"?`},
		{"a decision on what is not verified", law, "cite: [raybon]", "cite: [hs11358d3]", `decides on "hs11358d3", which is not verified; say review`},
		{"a presumption on what is not verified", law, "under: [hs11361.8f, banda]}}", "under: [hs11358d3]}}", "what is not verified may not decide"},
		{"no reason", law, "    reason: possession in prison was not changed by the Act\n", "", `rule "prison-possession" gives no reason`},
		{"no citation", law, "    cite: [raybon]\n", "", `rule "prison-possession" cites nothing`},
		{"review without a need", law, "    needs: [the court's minute order of the later event]\n", "", `says review and does not name what would decide`},
		{"a rule id twice", law, "- id: companion\n", "- id: synthetic\n", `the rule id "synthetic" is used twice`},
		{"two things at once", law, "    outcome: review\n    witness: yes\n    reason: a ground of HS 11358(d)", "    rules: felony-alternative\n    outcome: review\n    witness: yes\n    reason: a ground of HS 11358(d)", "needs one of outcome (or route), rules, by_date; it has 2"},
		{"an unreachable rule", law, "    when: {family: companion}\n", "", `rule "companion" has no condition, so "prison-possession" after it cannot be reached`},
		{"no default", law, "      - {id: cultivation-minor, outcome", "      - {id: cultivation-minor, when: {level: felony}, outcome", `ends with rule "cultivation-minor" has no default`},
		{"a gap between ranges", law, "- from: 2020-07-02", "- from: 2020-07-03", "no range covers 2020-07-02 to 2020-07-02"},
		{"an overlap of ranges", law, "- from: 2020-07-02", "- from: 2020-07-01", "begins 2020-07-01, before the one before it ends"},
		{"a range that never begins", law, "- from: 2016-11-09\n          until: 2020-07-01", "- from: 2017-01-01\n          until: 2020-07-01", "no range covers 2016-11-09 to 2016-12-31"},
		{"an unknown key", law, "title: Control", "titel: Control", `unknown key "titel"; did you mean "title"?`},
		{"a key twice", law, "law: prop64\n", "law: prop64\nlaw: prop64\n", `key "law"`},
		{"a fact of another thing", law, "where: {event: [prop64, sealed_851.8]}", "where: {family: other}", `"family" cannot be asked of a later event`},
		{"bad YAML", law, "rules:\n  - id: foreign", "rules:\n  - id: foreign\n - x", "prop64/law.yaml:"},
		{"an unused definition", law, "define:\n", "define:\n  spare:\n    says: something spare\n    that: {serving: yes}\n", `no rule uses the definition "spare"`},
		{"an incomplete citation", "prop64/citations.yaml", "retrieved: 2026-11-24, verified: yes, note: first offence", "verified: yes, note: first offence", `citation "act" has no retrieved`},
		{"an unused citation", "prop64/citations.yaml", "raybon:\n", "rayban:\n  {section: X, from: 2000-01-01, source: s, retrieved: 2026-11-24, verified: yes}\nraybon:\n", `nothing rests on the citation "rayban"`},
		{"a bad list entry", "lists/pc290c.csv", "harmful matter to a minor,felony", "harmful matter to a minor,felon", `condition: "felon" is not known; did you mean "felony"?`},
		{"a table without its source", "lists/pc290c.csv", "# Source:", "# From:", "the head does not name its Source"},
		{"a family without an authority", "prop64/families.csv", "custody,,PC,4573.6,,,,,raybon", "custody,,PC,4573.6,,,,,nobody", `unknown citation "nobody"`},
		{"a case with another answer", "prop64/cases/golden.txt", "= dismiss_and_seal, route 11361.8(e), fileable yes", "= no_lesser", "T01: outcome is dismiss_and_seal, not no_lesser"},
		{"a case that is not understood", "prop64/cases/golden.txt", "misdemeanor, convicted 1985-05-10", "misdemeanour, convicted 1985-05-10", `the phrase "misdemeanour" is not understood`},
		{"an outcome no case reaches", law, "outcomes: [dismiss_and_seal,", "outcomes: [policy_reduce, dismiss_and_seal,", "no case reaches the outcome policy_reduce"},
	} {
		t.Run(c.name, func(t *testing.T) {
			problems := relief.Check(edited(t, c.file, c.old, c.new), "prop64")
			if !slices.ContainsFunc(problems, func(p relief.Problem) bool { return strings.Contains(p.String(), c.want) }) {
				t.Errorf("no problem says %q; got %v", c.want, problems)
			}
			for _, p := range problems {
				if p.File == "" || p.Text == "" {
					t.Errorf("a problem without a place or text: %+v", p)
				}
			}
		})
	}
}

// TestCheckTellsThePlace: the place is that of the word that is wrong.
func TestCheckTellsThePlace(t *testing.T) {
	src, err := fs.ReadFile(laws.Files, "prop64/law.yaml")
	if err != nil {
		t.Fatal(err)
	}
	line := 1 + strings.Count(string(src[:strings.Index(string(src), "{family: other}")]), "\n")
	problems := relief.Check(edited(t, "prop64/law.yaml", "{family: other}", "{famly: other}"), "prop64")
	if len(problems) != 1 || problems[0].Line != line || problems[0].Column != 12 {
		t.Errorf("got %v, want one problem at line %d, column 12", problems, line)
	}
}

// TestUncoveredClause: a clause that no case sees true is reported.
func TestUncoveredClause(t *testing.T) {
	fsys := edited(t, "prop64/law.yaml", "when: {family: custody}", "when: {all: [{family: custody}, {sentence: death}]}")
	problems := relief.Check(fsys, "prop64")
	if !slices.ContainsFunc(problems, func(p relief.Problem) bool {
		return strings.Contains(p.Text, "no case sees this clause true: the sentence holds death")
	}) {
		t.Errorf("got %v", problems)
	}
}

// TestPolicyFaults: a policy is held to the same form.
func TestPolicyFaults(t *testing.T) {
	law := load(t, "prop64")
	src, err := fs.ReadFile(policies.Files, "sacramento.yaml")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ old, new, want string }{
		{"outcome: policy_dismiss", "outcome: dismiss_and_seal", `unknown outcome "dismiss_and_seal"`},
		{"law: prop64", "law: prop63", `the policy overlays "prop63", not "prop64"`},
		{"entered_within_years: 10", "entered_within_year: 10", `did you mean "entered_within_years"?`},
		{"source: codeforamerica", "origin: codeforamerica", `unknown key "origin"`},
	} {
		_, problems := relief.LoadPolicy(law, "x.yaml", []byte(strings.Replace(string(src), c.old, c.new, 1)))
		if !slices.ContainsFunc(problems, func(p relief.Problem) bool { return strings.Contains(p.String(), c.want) }) {
			t.Errorf("no problem says %q; got %v", c.want, problems)
		}
	}
}

// TestVocabularyIsDocumented: every predicate says what it asks and reads.
func TestVocabularyIsDocumented(t *testing.T) {
	for _, w := range relief.Vocabulary() {
		if w.Name == "" || w.Asks == "" || w.Reads == "" || w.Argument == "" {
			t.Errorf("%+v is not documented", w)
		}
	}
	for _, k := range relief.EnteredKinds {
		if k.Doc == "" {
			t.Errorf("%s is not documented", k.Name)
		}
		good := map[string]string{"yes/no": "yes", "date": "2003-05-10", "number": "28.5", "level": "felony", "listing": "upheld", "section": "HS 11359"}[k.Type]
		if err := relief.CheckFact(k.Name, good); err != nil {
			t.Error(err)
		}
		if err := relief.CheckFact(k.Name, "perhaps"); err == nil {
			t.Errorf("%s takes the value perhaps", k.Name)
		}
	}
}
