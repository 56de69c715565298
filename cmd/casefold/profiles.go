package main

import (
	"cmp"
	"fmt"
	"io"
	"path/filepath"
	"strings"

	"github.com/casefold/casefold/internal/engine"
	"github.com/casefold/casefold/internal/project"
)

type profileCmd struct {
	jsonFlag
	Files []string `arg:"" help:"Files to look at."`
}

// profileAnswer is what --json prints of one source.
type profileAnswer struct {
	*project.Profile
	Numbers []project.NumberScheme `json:"number_schemes,omitempty"`
}

func (c *profileCmd) Run(a *app) error {
	files, err := relativeTo(".", c.Files)
	if err != nil {
		return err
	}
	profiles, err := project.ProfileFiles(a.ctx, files, filepath.Dir("."))
	if err != nil {
		return engine.Usage(err.Error(), "")
	}
	var answers []profileAnswer
	for _, p := range profiles {
		answers = append(answers, profileAnswer{p, project.NumberSchemes(project.Guess(p))})
	}
	return c.answer(a.stdout, answers, func(w io.Writer) error {
		for _, p := range answers {
			if err := writeProfile(w, p); err != nil {
				return err
			}
		}
		a.say("next: casefold init %s", strings.Join(c.Files, " "))
		return nil
	})
}

// writeProfile prints a table of columns, then the case numbers' shapes with
// the questions that only a person can answer.
func writeProfile(w io.Writer, p profileAnswer) error {
	fmt.Fprintf(w, "%s: %s, %s, %d rows, %d unreadable\n", strings.Join(p.Files, ", "), p.Format, cmp.Or(p.Encoding, "utf-8"), p.Rows, p.Bad)
	fmt.Fprintf(w, "  %-28s %7s %12s %9s %8s  %s\n", "column", "filled", "placeholder", "distinct", "length", "looks like")
	for _, c := range p.Columns {
		fmt.Fprintf(w, "  %-28s %6.1f%% %11.1f%% %9d %8s  %s\n", c.Name, 100*c.Filled, 100*c.Placeholder, c.Distinct,
			fmt.Sprintf("%d-%d", c.MinLength, c.MaxLength), strings.TrimSpace(shares(c.Looks)+" "+years(c)))
	}
	for _, n := range p.Numbers {
		fmt.Fprintf(w, "  numbers in %s\n", n.Column)
		for i, s := range n.Scheme.Shapes {
			fmt.Fprintf(w, "    %-28s %7d  year %s, defendant %s\n", s.Pattern, s.Count, cmp.Or(string(s.Year), "not learned"), cmp.Or(s.Defendant, "not learned"))
			if s.Unsure != "" {
				fmt.Fprintf(w, "      unsure: %s\n", s.Unsure)
			}
			if line := n.Line(i); line != "" {
				fmt.Fprintf(w, "      if so, casefold.yaml says: case_numbers: [%s]\n", line)
			}
		}
	}
	_, err := fmt.Fprintln(w)
	return err
}

func shares(list []project.Share) string {
	var out []string
	for i, s := range list {
		if i == 3 {
			break
		}
		out = append(out, fmt.Sprintf("%s %.0f%%", s.What, 100*s.Share))
	}
	return strings.Join(out, ", ")
}

func years(c project.Column) string {
	if c.Years == [2]int{} {
		return ""
	}
	return fmt.Sprintf("(%d to %d, %s)", c.Years[0], c.Years[1], c.DateOrder)
}
