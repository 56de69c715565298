package main

import (
	"encoding/json"
	"fmt"
	"io"

	"github.com/casefold/casefold/internal/engine"
)

// jsonFlag is the switch of every asking command.
type jsonFlag struct {
	JSON bool `name:"json" help:"For machines."`
}

// answer prints v as JSON, or the text that the person reads.
func (j jsonFlag) answer(w io.Writer, v any, text func(io.Writer) error) error {
	if !j.JSON {
		return text(w)
	}
	enc := json.NewEncoder(w)
	enc.SetIndent("", "  ")
	return enc.Encode(v)
}

type historyCmd struct {
	jsonFlag
	purposeFlag
	Person string `arg:"" help:"The person's ID (P-...)."`
}

func (c *historyCmd) Run(a *app) (err error) {
	e, err := a.openFor(c.Purpose)
	if err != nil {
		return err
	}
	defer closing(e, &err)
	v, err := e.Person(c.Person)
	if err != nil {
		return err
	}
	return c.answer(a.stdout, v, func(w io.Writer) error { return writeHistory(w, v.History, v.Determinations) })
}

type whyCmd struct {
	jsonFlag
	provingFlag
	Conviction string `arg:"" help:"The conviction's ID (C-...)."`
}

func (c *whyCmd) Run(a *app) (err error) {
	e, err := a.openFor(c.Purpose)
	if err != nil {
		return err
	}
	defer closing(e, &err)
	p, err := e.Why(c.Conviction)
	if err != nil {
		return err
	}
	return c.answer(a.stdout, p, func(w io.Writer) error { return writeProof(w, p) })
}

type showCmd struct {
	jsonFlag
	provingFlag
	Row string `arg:"" help:"The row, as source:row_key."`
}

func (c *showCmd) Run(a *app) (err error) {
	t, err := engine.ParseTeller(c.Row)
	if err != nil {
		return err
	}
	e, err := a.openFor(c.Purpose)
	if err != nil {
		return err
	}
	defer closing(e, &err)
	row, err := e.Show(t)
	if err != nil {
		return err
	}
	return c.answer(a.stdout, row, func(w io.Writer) error {
		a.say("%s line %d, person %s", row.File, row.Line, row.Person)
		_, err := fmt.Fprintf(w, "%s\n", row.Bytes)
		return err
	})
}

type explainCmd struct {
	jsonFlag
	provingFlag
	A string `arg:"" help:"A row, as source:row_key."`
	B string `arg:"" help:"Another row."`
}

func (c *explainCmd) Run(a *app) (err error) {
	x, err := engine.ParseTeller(c.A)
	if err != nil {
		return err
	}
	y, err := engine.ParseTeller(c.B)
	if err != nil {
		return err
	}
	e, err := a.openFor(c.Purpose)
	if err != nil {
		return err
	}
	defer closing(e, &err)
	p, err := e.Explain(a.ctx, x, y)
	if err != nil {
		return err
	}
	return c.answer(a.stdout, p, p.WriteText)
}

type searchCmd struct {
	jsonFlag
	purposeFlag
	Limit int      `default:"10" help:"How many persons at most."`
	Words []string `arg:"" help:"Names, a birth date or year, any number."`
}

func (c *searchCmd) Run(a *app) (err error) {
	e, err := a.openFor(c.Purpose)
	if err != nil {
		return err
	}
	defer closing(e, &err)
	hits, err := e.Search(a.ctx, c.Words, c.Limit)
	if err != nil {
		return err
	}
	return c.answer(a.stdout, hits, func(w io.Writer) error {
		for _, h := range hits {
			fmt.Fprintf(w, "%s  %s\n", h.Person, h.Says)
		}
		if len(hits) == 0 {
			a.say("nobody found; fewer words find more")
		} else {
			a.say("next: casefold history %s", hits[0].Person)
		}
		return nil
	})
}
