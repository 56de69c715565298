// Package journal is an append-only log that can prove what it holds: the
// ledger of filings and the audit trail of acts are two of them. It takes
// entries (bytes) and returns their index; it gives them back in order, and
// proves that none was changed, removed, moved or added behind its back.
//
// The package knows no act and no filing. It reads no clock: a time stamp is
// part of an entry, as its caller wrote it. Names and numbers of people do not
// belong in an entry; Commit makes the salted commitment that stands for one.
//
// Invariants. An entry whose Append returned nil is on disk, for good. A group
// (the entries of one Append) is there whole or not at all. Opening after a
// crash keeps every acknowledged group and cuts at most the one that was being
// written. Any other difference from what was written is ErrTampered, from Open,
// Scan or Verify; TestEveryByte tries every byte of a thousand entries.
//
// A journal is a folder of three files:
//
//	log   frames, one behind the other. Each: length u32 | crc u32 | more u8 |
//	      3 zero | index u64 | entry | mac 16. crc is the CRC-32C of all but itself.
//	      mac is an HMAC-SHA-256, cut to 16 bytes, over the mac before and the
//	      frame: a chain. more is 1 where the group goes on. The file begins with a
//	      frame of its own, the name of the journal, that is no entry.
//	head  two slots of 1024 bytes, written in turns: a signed note (the form of
//	      golang.org/x/mod/sumdb/note, Ed25519) of the number of entries, the root of
//	      the Merkle tree over them (RFC 6962, golang.org/x/mod/sumdb/tlog), the
//	      length of the log and the last mac. What the head names is acknowledged:
//	      a log that holds less was cut.
//	tree  the hashes of the Merkle tree: a cache, made again from the log.
//
// A copy of log and head from an earlier day is a valid journal of that day.
// That nothing was rolled back is proved by Verify against a checkpoint kept
// elsewhere: the store keeps the last one, and every filing manifest prints one.
package journal
