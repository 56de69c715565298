// Package source reads the files of an agency's database into rows, verbatim.
//
// It takes a casefold.Source (format, files, read options, the columns that a
// mapping names) and hands out a casefold.Row for every row that can be read,
// in file order, and a Bad for every piece that cannot. Formats are delimited
// text, fixed width, JSON lines and the California DOJ extract; each also
// packed with gzip or zstd. What the read options leave open (encoding,
// delimiter, quote, header) is found out by looking at the start of each file.
//
// Its invariant is accounting: every line of every file is exactly one of row,
// header, blank or bad, or lies inside a row or bad piece of several lines.
// Stats counts them, and TestEveryByteIsAccountedFor holds the sum. No input
// makes it fail or panic; a bad row never takes the rows after it along.
//
// It repairs nothing and understands nothing: a date is text here. What the
// values mean is for normalize.
package source
