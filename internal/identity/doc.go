// Package identity gives persons and convictions their IDs over time. It takes
// what earlier runs remembered and the outcome of this run (a partition of rows
// into persons; convictions with their tellers and keys) and returns the IDs,
// what is to be remembered, and the lineage: who became whom. It is pure: no
// files, no clock; the generation is an argument.
//
// Invariants. On an empty memory an ID is a function of content. An ID once
// given stays with its subject: the oldest survives a merge (the losers forward
// to it), the largest part keeps it on a split, a part that goes its own way
// again takes back the ID it had. No ID is ever given twice to different
// subjects. The result does not depend on the order of anything passed in
// (TestOrderDoesNotMatter).
//
// Rows stand as 16 bytes of SHA-256 (RowOf). Tellers and keys of convictions
// stand as 8 bytes: a chance collision among 20 million is a matter of one in
// 100,000, and would add a false resemblance that real ones outweigh.
package identity
