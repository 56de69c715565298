// Package project reads and writes the project file, casefold.yaml.
//
// It takes YAML that a county's data clerk wrote and returns a Project: the
// office whose convictions are ours, the sources with their mapping of columns
// to fields, and the few settings of a run; or every problem of the file at its
// line and column, with the word at fault, the allowed words and the nearest
// of them. All keys stand in one table (keys.go), from which the file is
// checked, docs/project-file.md is written and the JSON Schema is made, so that
// the three cannot disagree.
//
// It also goes the other way: ProfileFiles looks at files, Guess makes a source of a
// profile, WriteYAML writes the project file that `casefold init` gives a new
// county. A guess is scored from a column's name and from what its values look
// like; the tables it uses are in tables/. No value of a row reaches what is
// written, but the county most named and the last day seen.
package project
