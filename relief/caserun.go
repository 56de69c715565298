package relief

import (
	"fmt"
	"strings"

	"github.com/casefold/casefold"
)

// A Failure is a case whose answer is not what the file says.
type Failure struct {
	Case    string
	Problem Problem
}

const noPolicyNamed = "no policy is named "

// RunCases decides each case and compares. Policies are looked up by name.
func (l *Law) RunCases(cases []Case, policies map[string]*Policy) []Failure {
	var out []Failure
	for i := range cases {
		c := &cases[i]
		ctx := c.Context
		if c.Policy != "" {
			if ctx.Policy = policies[c.Policy]; ctx.Policy == nil {
				out = append(out, Failure{c.ID, Problem{File: c.File, Line: c.Line, Text: fmt.Sprintf(noPolicyNamed+"%q", c.Policy)}})
				continue
			}
		}
		got := l.Decide(&c.History, ctx)
		for _, w := range c.Wants {
			for _, text := range w.compare(c, got) {
				out = append(out, Failure{c.ID, Problem{File: w.File, Line: w.Line, Text: c.ID + ": " + text}})
			}
		}
	}
	return out
}

// compare lists what differs between what a case wants and what was decided.
func (w *Want) compare(c *Case, got []Determination) []string {
	if w.Conviction >= len(c.History.Convictions) {
		return []string{fmt.Sprintf("there is no conviction %d", w.Conviction+1)}
	}
	id := c.History.Convictions[w.Conviction].ID
	var d *Determination
	for i := range got {
		if got[i].ConvictionID == id {
			d = &got[i]
		}
	}
	switch {
	case d == nil && w.noOutcome:
		return nil
	case d == nil:
		return []string{"there is no determination"}
	case w.noOutcome:
		return []string{"there is a determination, and none is expected: " + string(d.Outcome)}
	}
	var out []string
	differ := func(what, got, want string) {
		if want != "" && got != want {
			out = append(out, fmt.Sprintf("%s is %s, not %s (%s)", what, got, want, d.Reason))
		}
	}
	differ("outcome", string(d.Outcome), string(w.Outcome))
	differ("route", d.Route, w.Route)
	differ("ours", d.Ours.String(), w.Ours)
	differ("fileable", d.Fileable.String(), w.Fileable)
	if w.EligibleFrom != 0 {
		differ("eligible from", d.EligibleFrom.String(), w.EligibleFrom.String())
	}
	holds := func(what, text string, wants []string) {
		for _, want := range wants {
			if !strings.Contains(strings.ToLower(text), strings.ToLower(want)) {
				out = append(out, fmt.Sprintf("%s does not say %q: %s", what, want, text))
			}
		}
	}
	needs := strings.Join(d.Needs, "; ")
	holds("needs", needs, w.Needs)
	holds("reason", d.Reason, w.Reason)
	holds("citation", d.Citation, w.Cites)
	if w.needsNothing && needs != "" {
		out = append(out, "needs "+needs)
	}
	if d.Outcome == Review && len(d.Needs) == 0 {
		out = append(out, "review names nothing that would decide")
	}
	if d.Fileable == casefold.True && !d.Outcome.Owed() {
		out = append(out, "fileable although nothing is owed")
	}
	return out
}
