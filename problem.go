package casefold

import (
	"cmp"
	"slices"
	"strconv"
)

// A Problem is a fault in a file that a person wrote: a project file, a rule.
// Text says what is wrong, quotes the offending word, names the allowed ones
// and the nearest. Line and Column count from 1; 0 means "the file as a whole".
type Problem struct {
	File   string `json:"file"`
	Line   int    `json:"line,omitempty"`
	Column int    `json:"column,omitempty"` // in characters
	Text   string `json:"text"`
}

// String is "file:line:column: text", the form that editors understand.
func (p Problem) String() string {
	out := p.File
	if p.Line > 0 {
		out += ":" + strconv.Itoa(p.Line)
		if p.Column > 0 {
			out += ":" + strconv.Itoa(p.Column)
		}
	}
	return out + ": " + p.Text
}

// SortProblems orders by file, place and text, and drops exact repeats.
func SortProblems(problems []Problem) []Problem {
	slices.SortFunc(problems, func(a, b Problem) int {
		return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line),
			cmp.Compare(a.Column, b.Column), cmp.Compare(a.Text, b.Text))
	})
	return slices.Compact(problems)
}

// Problems are the faults of a file as an error, so that all of them are told
// at once and each at its place.
type Problems []Problem

// Error is one line per problem.
func (ps Problems) Error() string {
	var out []byte
	for i, p := range ps {
		if i > 0 {
			out = append(out, '\n')
		}
		out = append(out, p.String()...)
	}
	return string(out)
}
