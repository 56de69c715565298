package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/casefold/casefold/internal/engine"
)

type resolveCmd struct {
	jsonFlag
	Words []string `arg:"" optional:"" name:"field=value" help:"The record: first_name=MARIA last_name=GARCIA birth_date=1980-05-01 ssn=... Without words, JSON objects are read from stdin, one after the other."`
}

func (c *resolveCmd) Run(a *app) (err error) {
	e, err := a.open()
	if err != nil {
		return err
	}
	defer closing(e, &err)
	r, err := e.Resolver(a.ctx)
	if err != nil {
		return err
	}
	if len(c.Words) > 0 {
		n, err := engine.ParseNewRecordWords(c.Words)
		if err != nil {
			return err
		}
		out, err := r.Resolve(n)
		if err != nil {
			return err
		}
		return c.answer(a.stdout, out, out.WriteText)
	}
	return c.each(a, os.Stdin, r)
}

// each answers one record after the other; with --json an answer is a line.
func (c *resolveCmd) each(a *app, in io.Reader, r *engine.Resolver) error {
	d := json.NewDecoder(in)
	for n := 1; ; n++ {
		var text json.RawMessage
		if err := d.Decode(&text); errors.Is(err, io.EOF) {
			return nil
		} else if err != nil {
			return engine.Usage(fmt.Sprintf("record %d on stdin: %v", n, err), "")
		}
		rec, err := engine.ParseNewRecord(text)
		if err != nil {
			return fmt.Errorf("record %d on stdin: %w", n, err)
		}
		out, err := r.Resolve(rec)
		if err != nil {
			return fmt.Errorf("record %d on stdin: %w", n, err)
		}
		if c.JSON {
			err = json.NewEncoder(a.stdout).Encode(out)
		} else {
			err = out.WriteText(a.stdout)
		}
		if err != nil {
			return err
		}
	}
}
