package engine

import (
	"encoding/csv"
	"fmt"
	"io"
	"slices"
	"strconv"

	"github.com/casefold/casefold/history"
	"github.com/casefold/casefold/internal/segment"
)

// A table is one of the contract's exports: its columns, and how its rows are
// kept. Rows stand in a segment already sorted by all columns bytewise, so
// that an export is one pass.
type table struct {
	name    string
	columns []string
}

// The contract's tables that a run produces. filings and worklist come from
// the ledger (see filing.go).
var (
	rowsTable           = table{"rows", []string{"source", "row_key", "file", "line", "fate", "reason"}}
	clustersTable       = table{"clusters", []string{"source", "row_key", "person_id", "fate"}}
	possibleLinksTable  = table{"possible-links", []string{"person_a", "person_b", "bits", "reason"}}
	convictionsTable    = table{"convictions", []string{"conviction_id", "person_id", "county", "court", "case_number", "count", "section", "level", "offense_date", "conviction_date", "tellers", "possibly_same"}}
	determinationsTable = table{"determinations", []string{"conviction_id", "person_id", "county", "court", "case_number", "count", "section", "level", "offense_date", "conviction_date", "law", "route", "outcome", "ours", "fileable", "reason", "citation", "needs", "tellers"}}
)

// sortRows orders by all columns bytewise.
func sortRows(rows [][]string) { slices.SortFunc(rows, slices.Compare[[]string]) }

// writeTable writes rows, which must be sorted, as the records of a segment.
func writeTable(w *segment.Writer, rows [][]string) error {
	var e encoder
	for _, row := range rows {
		e.reset()
		for _, v := range row {
			e.text(v)
		}
		if _, err := w.Append(e.buf); err != nil {
			return err
		}
	}
	return nil
}

// scanTable calls fn for every row, in order. Further fields that a record
// holds beyond the table's columns are passed on. The slice is reused.
func scanTable(r *segment.Reader, fn func(row []string) error) error {
	var row []string
	return r.Scan(func(_ segment.Ref, record []byte) error {
		d := decoder{buf: record}
		row = row[:0]
		for len(d.buf) > 0 {
			row = append(row, d.text())
		}
		if d.err != nil {
			return d.err
		}
		return fn(row)
	})
}

// exportTable writes a table as RFC 4180 CSV with LF and header.
func exportTable(w io.Writer, t table, scan func(fn func(row []string) error) error) error {
	out := csv.NewWriter(w)
	if err := out.Write(t.columns); err != nil {
		return err
	}
	err := scan(func(row []string) error {
		if len(row) < len(t.columns) {
			return fmt.Errorf("table %s: a row has %d columns instead of %d", t.name, len(row), len(t.columns))
		}
		return out.Write(row[:len(t.columns)])
	})
	if err != nil {
		return err
	}
	out.Flush()
	return out.Error()
}

// coverageTable is casefold's own: what each source tells, per county and year.
var coverageTable = table{"coverage", []string{"source", "county", "year", "arrests", "arrests_disposed", "convictions", "convictions_alone"}}

// findingsTable is casefold's own: everything odd that the run met, never its value.
var findingsTable = table{"findings", []string{"code", "source", "row_key", "field", "detail"}}

// lineageTable is casefold's own: what became of IDs, and in which generation.
var lineageTable = table{"lineage", []string{"kind", "id", "change", "other", "generation"}}

func coverageRow(c history.CoverageCell) []string {
	return []string{c.Source, c.County, strconv.Itoa(c.Year), strconv.Itoa(c.Arrests), strconv.Itoa(c.Disposed), strconv.Itoa(c.Convictions), strconv.Itoa(c.Alone)}
}
