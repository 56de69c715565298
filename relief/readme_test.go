package relief_test

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/casefold/casefold/relief"
)

// TestReadmeListsTheVocabulary: the tables of the README are those of the
// program.
func TestReadmeListsTheVocabulary(t *testing.T) {
	src, err := os.ReadFile("laws/README.md")
	if err != nil {
		t.Fatal(err)
	}
	var words, facts strings.Builder
	for _, w := range relief.Vocabulary() {
		fmt.Fprintf(&words, "| `%s` | %s | %s | %s |\n", w.Name, w.Argument, w.Asks, w.Reads)
	}
	for _, k := range relief.EnteredKinds {
		fmt.Fprintf(&facts, "| `%s` | %s | %s |\n", k.Name, k.Type, k.Doc)
	}
	for _, table := range []string{words.String(), facts.String()} {
		if !strings.Contains(string(src), table) {
			t.Errorf("laws/README.md does not hold this table:\n%s", table)
		}
	}
}

// TestReadmeExamplesRun: every case in the README gives the answer it states.
func TestReadmeExamplesRun(t *testing.T) {
	src, err := os.ReadFile("laws/README.md")
	if err != nil {
		t.Fatal(err)
	}
	law := load(t, "prop64")
	run := 0
	for _, block := range strings.Split(string(src), "```case\n")[1:] {
		text, _, _ := strings.Cut(block, "```")
		cases, problems := relief.ParseCases("laws/README.md", text)
		for _, p := range problems {
			t.Error(p)
		}
		for _, f := range law.RunCases(cases, loadPolicies(t, law)) {
			t.Error(f.Problem)
		}
		run += len(cases)
	}
	if run == 0 {
		t.Error("the README shows no case")
	}
}
