// Package store keeps the small, mutable, transactional state of a project in
// Badger, and owns the folder in which everything else of the project lies. It
// takes values of a few record types and gives them back; it computes nothing.
// No other package imports Badger.
//
// Invariants. One process has the store open (ErrHeld tells who). What Update
// has returned nil for is on disk: a Badger that forgets it is found out on the
// next Open. A record is what was put or ErrCorrupt, never something else:
// every one carries a MAC over its key and value, and an empty value is none. A
// run becomes visible by one transaction that switches the manifest; a crash
// leaves the old generation or the new one.
//
// The folder:
//
//	store.json   format number and ID of the store, in clear
//	secret       32 random bytes in hex; all keys of MACs and signatures come
//	             from it (Secret)
//	lock         locked while open; tells who holds the store
//	head         number of the last acknowledged transaction, two slots
//	badger/      the records
//	segments/    bulky files; those the manifest names count, others are
//	             leftovers that Sweep removes
//	ledger/, audit/, search/   belong to the journals and the search index
//
// Keys are "collection/id". Values are the byte 1, 16 bytes of MAC, then JSON.
// Format history: 1, as described here. A store of a higher number is refused
// (ErrNewer).
//
// Badger is set up as measured for damage and crashes: every value in the LSM
// tree (none above 1 MiB, larger ones in pieces: PutBlob), block checksums
// checked on every read, synced writes, one version, small tables and caches.
// Badger faults when the disk is full, so Update stops before (ErrFull), and a
// store opened on such a disk is read only.
package store
