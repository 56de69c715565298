// Package normalize turns the rows of a source into records: comparable values
// beside the verbatim ones.
//
// It takes a casefold.Source (what its columns mean), the layout of its rows,
// and one row at a time, and returns one casefold.Record for each person of the
// row, with the events that the row tells. The packages below normalize one
// kind of value each; this one composes them and knows no kind by itself.
//
// Its invariants: no input makes it fail or panic; an impossible value is a
// Finding and counts as missing; nothing in a record aliases the row's buffer;
// and a Normalizer is a pure function of its source, its layout and the row. It
// remembers what it has read, because a state extract says the same thing over
// and over, but the memory never shows in a result.
package normalize
