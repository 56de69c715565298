package source

import (
	_ "embed"
	"strings"
)

//go:embed doj_columns.txt
var dojColumnsText string

// dojColumns are the 95 columns of the California DOJ's bulk history extract,
// in its order.
var dojColumns = readNames(dojColumnsText)

// DOJColumns is a copy of the extract's column names.
func DOJColumns() []string { return append([]string(nil), dojColumns...) }

// readNames takes the names of an embedded list, one a line, # for remarks.
func readNames(text string) []string {
	var names []string
	for line := range strings.Lines(text) {
		if line = strings.TrimSpace(line); line != "" && line[0] != '#' {
			names = append(names, line)
		}
	}
	return names
}
