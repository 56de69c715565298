package caseno

import (
	"os"
	"strings"
	"testing"

	"github.com/casefold/casefold"
)

var sacramento = casefold.Agency{Kind: casefold.SuperiorCourt, County: "SACRAMENTO"}

func TestCases(t *testing.T) {
	data, err := os.ReadFile("testdata/cases.txt")
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for line := range strings.Lines(string(data)) {
		in, want, ok := strings.Cut(strings.TrimRight(line, "\n"), " => ")
		if !ok || strings.HasPrefix(line, "# ") {
			continue
		}
		n++
		if got := show(Parse(in, sacramento, "")); got != want {
			t.Errorf("%q gives %q, want %q", in, got, want)
		}
	}
	if n == 0 {
		t.Fatal("no cases")
	}
}

// show writes numbers as the case file does.
func show(numbers []casefold.CaseNumber) string {
	var out []string
	for _, c := range numbers {
		s := c.Key
		if c.Defendant != "" {
			s += "/" + c.Defendant
		}
		out = append(out, s)
	}
	if out == nil {
		return "-"
	}
	return strings.Join(out, " ")
}
