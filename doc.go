// Package casefold holds the nouns of the world: rows, records, dates, names,
// identifiers, statutes, courts, cases, convictions, histories. It contains no
// algorithm, does no I/O and imports nothing of ours.
//
// The folder list reads as the flow:
//
//	internal/source    files            -> rows, verbatim
//	normalize          row              -> records: comparable values
//	mention            records          -> mentions in encoded columns
//	index/blocking     mentions         -> candidate pairs
//	matcher            candidate pairs  -> persons, possible links, explanations
//	history            a person's rows  -> chronology, convictions with tellers
//	relief             history + law    -> determinations with proofs
//	filing             determinations   -> batches, manifests, the guard
//
// internal/engine wires the stages. Each stage takes a finished, immutable
// artefact and returns the next one; no stage calls back. The clock, the seed
// and the model are arguments.
//
// Two conventions hold for every type here. The zero value means "not told":
// an empty string, a zero Date, a nil slice. And a verbatim value stands beside
// each normalized one, because a motion to a court quotes, it does not tidy.
package casefold
