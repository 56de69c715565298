// Package history turns the rows of one person into one chronology, and the
// many rows that tell of a conviction into one conviction with tellers.
//
// It takes the records of one person, in any order, and returns a
// casefold.History: cycles, cases, counts, convictions with their later events,
// custody, supervision, registrations, deaths, and the gaps between them. The
// result is a function of the set of records and of two data files
// (weights.yaml, precedence.yaml); it is the same in any order and may be
// computed by several goroutines at once.
//
// The flow inside the package:
//
//	rows      -> tellings  rows that one source tells of one count are one telling
//	tellings  -> dockets   tellings that one source files together
//	dockets   -> cases     a second linkage: is it the same court file?
//	tellings  -> counts    a third: is it the same count of that file?
//	counts    -> facts     which teller prevails for which fact
//
// Both linkages weigh comparisons in bits, as person links do, and have three
// answers: same, possibly same, different. A doubtful pair is never joined and
// never dropped: both convictions stand, each naming the other as possibly the
// same. The invariant: every row that tells of a conviction is a teller of at
// least one conviction.
//
// The package decides nothing about law and knows nothing of how persons were
// found.
package history
