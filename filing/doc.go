// Package filing turns determinations into filings and keeps their life: it
// takes candidates (convictions as a law decides them) and acts of people, and
// returns batches, manifests per court, a worklist, and the state of every
// filing there ever was.
//
// The ledger, an append-only journal, is the truth; what this package holds in
// memory is replayed from it by Open. An act is durable in the ledger before it
// shows anywhere, and an act that was cut short is either in the ledger whole or
// not at all, so that doing it again never files twice.
//
// Invariants. For one conviction and law at most one filing is live (prepared,
// approved, sent or granted), whatever ID, number or person the conviction was
// known under when it was filed. Before a filing is made, the guard asks for
// every filing that the conviction could be: same: already filed; possibly
// same: a person looks; none: file. What a clerk rejected, a court denied or the
// office withdrew is filed again only by Again, a person's recorded act. A
// person's ID is never a key. What is owed by law and what a policy grants never
// share a batch. A filing quotes the caption of one teller, verbatim.
//
// The package decides no law, compares no persons, reads no clock. Ledger
// entries hold no name and no case number in clear: they stand sealed under the
// subject's key, and as salted commitments where the guard must compare them.
package filing
