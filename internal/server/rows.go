package server

import (
	"strings"

	"github.com/casefold/casefold/internal/engine"
)

// A rowsView is source rows, verbatim and taken apart.
type rowsView struct {
	Person, Conviction string // whose, and which conviction's if not all
	Open               bool   // rows stand unfolded: there are few
	Rows               []rowView
}

// A rowView is one source row.
type rowView struct {
	rowName
	File    string
	Line    int
	Columns []engine.ColumnValue // those that tell something
	Empty   int                  // columns that tell nothing
	Apart   bool                 // the row could be taken apart
	Bytes   string
}

func newRowsView(rows []engine.VerbatimRow, columns [][]engine.ColumnValue) *rowsView {
	v := &rowsView{}
	for i, r := range rows {
		row := rowView{rowName: rowName{r.Teller.String(), r.Teller.Source, anchor(r.Teller)}, File: r.File, Line: r.Line, Bytes: strings.ToValidUTF8(string(r.Bytes), "\uFFFD")}
		if i < len(columns) && columns[i] != nil {
			row.Apart = true
			for _, c := range columns[i] {
				if strings.TrimSpace(c.Value) == "" {
					row.Empty++
					continue
				}
				row.Columns = append(row.Columns, c)
			}
		}
		v.Rows = append(v.Rows, row)
	}
	return v
}
