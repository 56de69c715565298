// Package mention turns normalized records into mentions in encoded columns:
// the one artefact that index/blocking and matcher both read.
//
// A mention is what is compared: one record, or several that their own source
// says are one person (its person key, one booking, one case and defendant of
// a court's own rows). Equal values alone never make one mention of two
// records. A mention carries sets: every name, birth date, identifier (with
// issuer and how it was obtained), address, case, event date told of it.
//
// A Builder takes records in any order and gives a Set whose bytes do not
// depend on that order: mentions stand in the order of a hash of their first
// row's identity (source and row key), values in the order of a hash of their
// text. A Set is immutable, holds no pointer per mention, and is safe for
// concurrent reading. It judges nothing: what a value is worth is the model's
// business, who is whom is the matcher's.
package mention
