// Package report tells a generation in figures, for people who were not there:
// a data team after the nightly run, a district attorney before a filing, an
// auditor a year later. It takes an engine's Summary, the model, and estimates
// of accuracy where there are any, and writes one HTML file that opens from a
// disk, needs no network, no script and no other file, and prints.
//
// Every number stands in a table; pictures are beside it (internal/chart).
// Reports count and name nobody, so they may leave the office's own machines
// where its rules on statistics permit.
//
// The package adds nothing up that the engine has not counted, apart from sums
// shown under a column; Run and Model are pure functions of what they are given.
package report
