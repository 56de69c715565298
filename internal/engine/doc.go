// Package engine wires the stages. It owns what no stage owns: configuration,
// order, concurrency, progress, cancellation, storage, and the clock that
// stamps the journal. It decides nothing about a person or a conviction.
//
// A run reads the sources a project file names and writes a new generation of
// artefacts, each under the fingerprint of what made it:
//
//	ingest     every row with its fate and key, verbatim bytes in segments
//	normalize  records
//	mention    mentions in encoded columns
//	block      candidate pairs
//	match      persons and possible links
//	history    a history per person, convictions in the registry
//	relief     determinations, doubt tried
//
// Only when all counts add up does the store's manifest point to the new
// generation, in one transaction; until then, and after a crash, readers see
// the old one. A stage whose fingerprint is unchanged is not run again.
package engine
