package main

import (
	"fmt"

	"github.com/casefold/casefold"
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
	fmt.Fprintf(a.stdout, "%s: %d sources, no fault found\n", a.cli.Project, len(p.Sources))
	a.say("next: casefold run -c %s", a.cli.Project)
	return nil
}
