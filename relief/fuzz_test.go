package relief_test

import (
	"io/fs"
	"testing"

	"github.com/casefold/casefold/relief"
	"github.com/casefold/casefold/relief/policies"
)

// FuzzPolicyFile: whatever a person writes is compiled or told with its
// problems; it never breaks the program.
func FuzzPolicyFile(f *testing.F) {
	names, err := fs.Glob(policies.Files, "*.yaml")
	if err != nil {
		f.Fatal(err)
	}
	for _, name := range names {
		src, err := fs.ReadFile(policies.Files, name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(src)
	}
	f.Add([]byte("policy: x\nrules:\n  - {id: a, when: [], outcome: 5}\n  - 7\n"))
	f.Add([]byte("rules: {all: {not: }}\ndefine: [1, 2]\n"))
	law := load(f, "prop64")
	f.Fuzz(func(t *testing.T, src []byte) {
		p, problems := relief.LoadPolicy(law, "fuzz.yaml", src)
		if (p == nil) != (len(problems) > 0) {
			t.Errorf("policy %v with problems %v", p != nil, problems)
		}
	})
}

// FuzzCaseFile: the same for case files, and what was read can be decided.
func FuzzCaseFile(f *testing.F) {
	f.Add("A: a\n  HS 11359, felony, convicted 2005-05-10\n  = review\n")
	f.Add("A: a\n  PC 664/HS 11358, plants 4, then reduced 2018, also HS 11366, or PC 459, juvenile\n  + unread, inferred, marker WC\n  born 1980 or 1981\n  fact plants 3\n  as of 2020-01-01\n  =2 none\n")
	law := load(f, "prop64")
	f.Fuzz(func(t *testing.T, text string) {
		cases, problems := relief.ParseCases("fuzz.txt", text)
		if len(problems) == 0 {
			law.RunCases(cases, nil)
		}
	})
}
