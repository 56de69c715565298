package engine

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/casefold/casefold"
	"github.com/casefold/casefold/internal/identity"
	"github.com/casefold/casefold/internal/segment"
)

// ExportNames are the tables that Export writes, the contract's first.
var ExportNames = []string{"rows", "clusters", "possible-links", "convictions", "determinations", "filings", "worklist", "coverage", "findings", "lineage"}

// Export writes a table as CSV: UTF-8, RFC 4180, LF, header, sorted by all
// columns bytewise.
func (e *Engine) Export(name string, w io.Writer) error {
	switch name {
	case "rows":
		return e.exportSegment(w, rowsTable, segRows)
	case "clusters":
		return e.exportSegment(w, clustersTable, segClusters)
	case "possible-links":
		return e.exportSegment(w, possibleLinksTable, segLinks)
	case "coverage":
		return e.exportSegment(w, coverageTable, segCoverage)
	case "findings":
		return e.exportFindings(w)
	case "lineage":
		return e.exportLineage(w)
	case "convictions":
		return e.exportSorted(w, convictionsTable, segConvictions)
	case "determinations":
		return exportTable(w, determinationsTable, func(fn func([]string) error) error {
			return e.eachRuling(func(d *ruling) error { return fn(d.columns()) })
		})
	case "filings":
		return e.exportFilings(w)
	case "worklist":
		return e.exportWorklist(w)
	}
	return Usage(fmt.Sprintf("there is no table %q", name), "tables are "+strings.Join(ExportNames, ", "))
}

func (e *Engine) exportSegment(w io.Writer, t table, name string) error {
	r, err := e.openSegment(name)
	if err != nil {
		return err
	}
	defer r.Close()
	return exportTable(w, t, func(fn func([]string) error) error { return scanTable(r, fn) })
}

func (e *Engine) exportFindings(w io.Writer) error {
	return exportTable(w, findingsTable, func(fn func([]string) error) error {
		return e.scanFindings(func(f casefold.Finding) error {
			return fn([]string{f.Code, f.Teller.Source, f.Teller.RowKey, f.Field, f.Detail})
		})
	})
}

// exportLineage tells what became of the IDs of persons and convictions, run by
// run: which were joined, which left another, which are gone.
func (e *Engine) exportLineage(w io.Writer) error {
	persons, err := e.readMemory()
	if err != nil {
		return err
	}
	convictions, err := e.readRegistry()
	if err != nil {
		return err
	}
	var rows [][]string
	for _, of := range []struct {
		kind   string
		events []identity.Event
		name   func(identity.ID) string
	}{{"conviction", convictions.Lineage(), identity.ID.Conviction}, {"person", persons.Lineage(), identity.ID.Person}} {
		for _, v := range of.events {
			other := ""
			if v.Other != 0 {
				other = of.name(v.Other)
			}
			rows = append(rows, []string{of.kind, of.name(v.ID), string(v.Change), other, strconv.FormatInt(v.Generation, 10)})
		}
	}
	slices.SortFunc(rows, slices.Compare[[]string])
	return exportTable(w, lineageTable, func(fn func([]string) error) error {
		for _, row := range rows {
			if err := fn(row); err != nil {
				return err
			}
		}
		return nil
	})
}

// scanFindings calls fn for everything odd that the last run met.
func (e *Engine) scanFindings(fn func(casefold.Finding) error) error {
	r, err := e.openSegment(segFindings)
	if err != nil {
		return err
	}
	defer r.Close()
	return r.Scan(func(_ segment.Ref, record []byte) error {
		var f casefold.Finding
		if err := json.Unmarshal(record, &f); err != nil {
			return fmt.Errorf("reading a finding: %w", err)
		}
		return fn(f)
	})
}

func (e *Engine) exportSorted(w io.Writer, t table, name string) error {
	return exportTable(w, t, func(fn func([]string) error) error {
		return e.scanSorted(name, func(_ string, row []string) error { return fn(row) })
	})
}

// scanSorted calls fn for every key of a sorted segment whose values are
// columns. The slice is reused.
func (e *Engine) scanSorted(name string, fn func(key string, row []string) error) error {
	r, err := e.openSorted(name)
	if err != nil {
		return err
	}
	defer r.Close()
	var row []string
	return r.ScanFrom(nil, func(key, value []byte) error {
		row, err = columns(row[:0], value)
		if err != nil {
			return err
		}
		return fn(string(key), row)
	})
}

// columns takes a record apart.
func columns(into []string, record []byte) ([]string, error) {
	d := decoder{buf: record}
	for len(d.buf) > 0 {
		into = append(into, d.text())
	}
	return into, d.err
}

// lookUp returns the columns under one key, or ErrNotFound.
func (e *Engine) lookUp(name, key string) ([]string, error) {
	r, err := e.openSorted(name)
	if err != nil {
		return nil, err
	}
	defer r.Close()
	v, err := r.Get([]byte(key))
	if err != nil {
		return nil, notFound(err, key)
	}
	return columns(nil, v)
}

// notFound turns a segment's answer into the engine's.
func notFound(err error, what string) error {
	if err == nil {
		return nil
	}
	if isNotFound(err) {
		return fmt.Errorf("%s: %w", what, ErrNotFound)
	}
	return err
}

func isNotFound(err error) bool { return errors.Is(err, segment.ErrNotFound) }
