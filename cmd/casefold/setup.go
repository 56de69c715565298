package main

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/casefold/casefold"
	"github.com/casefold/casefold/internal/disk"
	"github.com/casefold/casefold/internal/engine"
	"github.com/casefold/casefold/internal/project"
)

// project loads the project file; its faults are told together.
func (a *app) project() (*project.Project, error) {
	p, problems := project.Load(a.cli.Project)
	if p == nil {
		return nil, casefold.Problems(problems)
	}
	return p, nil
}

type checkCmd struct{}

func (c *checkCmd) Run(a *app) error {
	p, err := a.project()
	if err != nil {
		return err
	}
	if problems := project.Check(a.ctx, p); len(problems) > 0 {
		return casefold.Problems(problems)
	}
	if err := engine.CheckPolicy(p); err != nil {
		return err
	}
	fmt.Fprintf(a.stdout, "%s: %d sources, no fault found\n", a.cli.Project, len(p.Sources))
	if strings.EqualFold(p.Office.County, "unknown") {
		a.say("careful: the office's county is not told (office: county); until it is, no conviction is ours and nothing is filed")
	}
	a.say("next: casefold run -c %s", a.cli.Project)
	return nil
}

type initCmd struct {
	jsonFlag
	Files  []string `arg:"" help:"Files to look at."`
	Output string   `short:"o" default:"casefold.yaml" placeholder:"FILE" help:"The project file to write."`
	Force  bool     `help:"Write over a project file that is there."`
}

func (c *initCmd) Run(a *app) error {
	if _, err := os.Stat(c.Output); err == nil && !c.Force && !c.JSON {
		return engine.Usage(c.Output+" is there already", "casefold init --force writes over it; -o names another")
	}
	dir := filepath.Dir(c.Output)
	files, err := relativeTo(dir, c.Files)
	if err != nil {
		return err
	}
	profiles, err := project.ProfileFiles(a.ctx, files, dir)
	if err != nil {
		return engine.Usage(err.Error(), "")
	}
	var guesses []*project.Guessed
	for _, p := range profiles {
		guesses = append(guesses, project.Guess(p))
	}
	if c.JSON {
		return c.answer(a.stdout, guesses, nil)
	}
	if !slices.ContainsFunc(guesses, func(g *project.Guessed) bool { return !g.TellsOfNobody() }) {
		return engine.Usage("no column of these files is seen to tell who a person is", "casefold profile shows what they hold; a project file may be written by hand, see docs/project-file.md")
	}
	if err := disk.WriteWhole(disk.OS{}, c.Output, func(w io.Writer) error { return project.WriteYAML(w, guesses) }); err != nil {
		return err
	}
	for _, g := range guesses {
		if g.TellsOfNobody() {
			a.say("%-16s left out: no column of it is seen to tell who a person is", g.Source.Name)
			continue
		}
		a.say("%-16s %-9s %8d rows, %d of %d columns mapped", g.Source.Name, g.Source.Format, g.Profile.Rows, len(g.Profile.Columns)-len(g.Left), len(g.Profile.Columns))
	}
	a.say("%s written: read it, mend it, then\nnext: casefold check -c %s", c.Output, c.Output)
	return nil
}

// relativeTo names files as seen from a folder, as the project file there will.
func relativeTo(dir string, files []string) ([]string, error) {
	base, err := filepath.Abs(dir)
	if err != nil {
		return nil, err
	}
	out := make([]string, len(files))
	for i, f := range files {
		abs, err := filepath.Abs(f)
		if err != nil {
			return nil, err
		}
		if _, err := os.Stat(abs); err != nil {
			return nil, engine.Usage("there is no file "+f, "")
		}
		if out[i], err = filepath.Rel(base, abs); err != nil {
			return nil, err
		}
		out[i] = filepath.ToSlash(out[i])
	}
	return out, nil
}
