// Package segment keeps what is bulky: source bytes as they came, sorted row
// keys, columns, histories, determinations. A segment is a file of records in
// compressed blocks, written once and whole, never changed, known by its hash.
//
// A flat file is another thing: columns of work under way, as they lie in
// memory, mapped when read, and made again when a check fails (see FlatWriter).
//
// The package takes records (bytes) and returns a Ref for each; it gives a
// record back by its Ref, or all of them in order. A sorted segment maps keys
// to values. It knows no type of what it keeps; the engine does.
//
// Invariants: equal records in equal order with equal options give equal bytes,
// whatever the number of workers. A file under a segment's name is whole. Every
// byte of it is covered by a check: a block's CRC-32C on every read, and its
// SHA-256, through the index, by the file's hash on Verify. A wrong byte is an
// error (ErrCorrupt), never a wrong record.
//
// Layout, integers little-endian:
//
//	header  24: "cfseg\x00" | version u16 | kind u8 | 11 zero | crc u32
//	block    *: stored u32 | raw u32 | records u32 | key u32 | codec u8 | 11 zero |
//	            crc u32 of the 28 before and of the payload | payload
//	index     : a block whose payload lists the blocks: offset, stored, raw,
//	            records, SHA-256 and, in a sorted segment, the first key
//	footer  80: index offset u64 | index bytes u64 | blocks u64 | records u64 |
//	            raw bytes u64 | root 32 | crc u32 | "cfse"
//
// root is the SHA-256 of header, index and the footer's numbers, and stands for
// the file: the index holds the SHA-256 of every block. Codecs: 0 as it is, 1
// zstd, 2 S2. A block's key number is
// 0: not sealed. Other numbers are kept for blocks encrypted under a key of one
// subject; this version refuses them (ErrSealed).
package segment
