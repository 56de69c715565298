package relief_test

import (
	"io/fs"
	"strings"
	"testing"

	"github.com/casefold/casefold/relief"
	"github.com/casefold/casefold/relief/laws"
	"github.com/casefold/casefold/relief/policies"
)

func load(t testing.TB, name string) *relief.Law {
	t.Helper()
	law, problems := relief.LoadLaw(laws.Files, name)
	for _, p := range problems {
		t.Error(p)
	}
	if law == nil {
		t.FailNow()
	}
	return law
}

func loadPolicies(t testing.TB, law *relief.Law) map[string]*relief.Policy {
	t.Helper()
	out := map[string]*relief.Policy{}
	names, err := fs.Glob(policies.Files, "*.yaml")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		src, err := fs.ReadFile(policies.Files, name)
		if err != nil {
			t.Fatal(err)
		}
		p, problems := relief.LoadPolicy(law, name, src)
		for _, problem := range problems {
			t.Error(problem)
		}
		if p != nil {
			out[strings.TrimSuffix(name, ".yaml")] = p
		}
	}
	return out
}

// TestCases decides every case of every law and holds the answers to the case
// files.
func TestCases(t *testing.T) {
	for _, name := range laws.Names {
		law := load(t, name)
		all := loadPolicies(t, load(t, "prop64"))
		cases, problems := relief.ReadCases(laws.Files, name+"/cases")
		for _, p := range problems {
			t.Error(p)
		}
		for _, f := range law.RunCases(cases, all) {
			t.Error(f.Problem)
		}
		t.Logf("%s: %d cases", name, len(cases))
	}
}

// TestLawsAreProved holds every law that comes with the program to Check.
func TestLawsAreProved(t *testing.T) {
	for _, name := range laws.Names {
		for _, p := range relief.Check(laws.Files, name) {
			t.Error(p)
		}
	}
}
