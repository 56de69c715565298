package main

import (
	"fmt"
	"io"
	"strings"

	"github.com/casefold/casefold/internal/engine"
	"github.com/casefold/casefold/normalize"
)

type normalizeCmd struct {
	jsonFlag
	Kind string   `arg:"" help:"What the text is: name, date, statute, case-number, disposition ..."`
	Text []string `arg:"" help:"The text."`
}

func (c *normalizeCmd) Run(a *app) error {
	value, steps, err := normalize.Explain(c.Kind, strings.Join(c.Text, " "))
	if err != nil {
		return engine.Usage(err.Error(), "")
	}
	type answer struct {
		Value string `json:"value"`
		Steps any    `json:"steps"`
	}
	return c.answer(a.stdout, answer{value, steps}, func(w io.Writer) error {
		for _, s := range steps {
			fmt.Fprintf(w, "%-44s %s\n", s.Rule, s.Value)
		}
		_, err := fmt.Fprintf(w, "%s\n", value)
		return err
	})
}
