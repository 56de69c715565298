package main

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"text/tabwriter"

	"github.com/casefold/casefold/internal/engine"
	"github.com/casefold/casefold/relief"
)

type reliefCmd struct {
	jsonFlag
	Policy  string `placeholder:"A" help:"A policy's name or file, or none; the project's if left out."`
	Compare string `placeholder:"B" required:"" help:"Another policy's name or file, or none for the law alone."`
	Law     string `placeholder:"NAME" help:"Of this law only; else those that the policies overlay."`
}

func (c *reliefCmd) Run(a *app) (err error) {
	e, err := a.open()
	if err != nil {
		return err
	}
	defer closing(e, &err)
	w, err := e.WhatIf(a.ctx, cmp.Or(c.Policy, e.Project().Policy), c.Compare, c.Law)
	if err != nil {
		return err
	}
	return c.answer(a.stdout, w, func(out io.Writer) error { return writeWhatIf(out, w) })
}

// writeWhatIf prints both policies beside each other.
func writeWhatIf(out io.Writer, w *engine.WhatIf) error {
	fmt.Fprintf(out, "as of %s, %d persons; A: %s, B: %s\n", w.AsOf, w.Persons, policyWords(w.A.Policy), policyWords(w.B.Policy))
	if w.InDoubt > 0 {
		fmt.Fprintf(out, "%d determinations are in doubt about who is one person and help nobody here\n", w.InDoubt)
	}
	t := tabwriter.NewWriter(out, 0, 8, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintf(t, "\ndeterminations\tA\tB\t\n")
	for _, o := range relief.Outcomes {
		if a, b := w.A.Outcomes[o], w.B.Outcomes[o]; a+b > 0 {
			fmt.Fprintf(t, "%s\t%d\t%d\t\n", o, a, b)
		}
	}
	fmt.Fprintf(t, "\nfigure\tA\tB\tmore\t\n")
	a, b := helped(w.A.All), helped(w.B.All)
	for i, name := range engine.FigureNames {
		fmt.Fprintf(t, "%s\t%d\t%d\t%+d\t\n", name, a[i], b[i], b[i]-a[i])
	}
	if err := t.Flush(); err != nil {
		return err
	}
	fmt.Fprintf(out, "\nby group, A/B (* hides fewer than 11, and what would tell them)\n")
	fmt.Fprint(t, "group\t")
	for _, name := range engine.FigureNames {
		fmt.Fprintf(t, "%s\t", name)
	}
	fmt.Fprintln(t)
	for _, g := range w.Groups {
		fmt.Fprintf(t, "%s %s\t", g.By, g.Value)
		for i := range g.A {
			fmt.Fprintf(t, "%s/%s\t", cell(g.A[i]), cell(g.B[i]))
		}
		fmt.Fprintln(t)
	}
	return t.Flush()
}

func policyWords(name string) string {
	if name == "none" {
		return "the law alone"
	}
	return "policy " + name
}

func helped(h relief.Helped) []int {
	return slices.Clone([]int{h.People, h.Helped, h.Convictions, h.NoFelonyLeft, h.NoConvictionLeft, h.NoneInSevenYears})
}

func cell(c engine.Cell) string {
	if c.Hidden {
		return "*"
	}
	return fmt.Sprint(c.N)
}
