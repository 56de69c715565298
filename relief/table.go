package relief

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/casefold/casefold"
)

// A table is a CSV data file of a law: comment lines that name its source,
// then a header, then rows. It keeps places for complaints.
type table struct {
	name     string
	header   []string
	problems []Problem
}

// row is one line of a table, by column name.
type row struct {
	t      *table
	line   int
	values []string
}

func (t *table) errorf(line int, format string, args ...any) {
	t.problems = append(t.problems, Problem{File: t.name, Line: line, Text: fmt.Sprintf(format, args...)})
}

// readTable reads the rows. Every table begins with comment lines naming
// Source, Licence and Retrieved; want lists the columns it must have.
func readTable(name string, src []byte, want ...string) (*table, []row) {
	t := &table{name: name}
	for _, word := range []string{"# Source:", "# Licence:", "# Retrieved:"} {
		if !bytes.Contains(src, []byte(word)) {
			t.errorf(1, "the head does not name its %s", strings.Trim(word, "# :"))
		}
	}
	r := csv.NewReader(bytes.NewReader(src))
	r.Comment = '#'
	var rows []row
	for {
		values, err := r.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		line, _ := r.FieldPos(0)
		if err != nil {
			t.problems = append(t.problems, Problem{File: name, Text: err.Error()})
			break
		}
		if t.header == nil {
			t.header = values
			continue
		}
		rows = append(rows, row{t, line, values})
	}
	for _, column := range want {
		if !slices.Contains(t.header, column) {
			t.errorf(1, "column %q is missing", column)
		}
	}
	return t, rows
}

func (r row) get(column string) string {
	if i := slices.Index(r.t.header, column); i >= 0 && i < len(r.values) {
		return strings.TrimSpace(r.values[i])
	}
	return ""
}

func (r row) day(column string) casefold.Day {
	s := r.get(column)
	if s == "" {
		return 0
	}
	d, err := casefold.ParseDay(s)
	if err != nil {
		r.t.errorf(r.line, "%s: %v", column, err)
	}
	return d
}

// word reads a column that holds one of a few words.
func (r row) word(column string, allowed ...string) string {
	s := r.get(column)
	if !slices.Contains(allowed, s) {
		r.t.errorf(r.line, "%s: %q is not known%s", column, s, nearest(s, allowed))
	}
	return s
}
