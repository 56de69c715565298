// Package statute reads what a row says of a charge and names the crime: code,
// section, subdivision path, and the inchoate layer around it.
//
// It takes the columns of one charge (Input) and returns a casefold.Offense:
// "664-11359 HS" is PC 664/HS 11359, "11357A HS" is HS 11357(a), "288A PC" is
// PC 288A, "11357.5(A) HS" is HS 11357.5(a) and never 11357. The reading is a
// hand-written grammar in four steps, each in a file of its own:
//
//	lex       text             -> tokens
//	items     tokens           -> sections as written, with the code words around them
//	resolve   sections         -> code, section and path, by the offence table
//	layers    resolved items   -> main section, inchoate layer, compound sections
//
// The embedded offence table (offenses.tsv) decides what the text leaves open:
// whether a letter belongs to the section or begins the path, which code a bare
// number belongs to, whether an 8 was a B. A five-digit CJIS code beats the
// text. Nothing is guessed: text that names no section is returned with Parsed
// false and its words kept.
//
// Every function is pure and total; Parse is idempotent on what it wrote
// (Parse(x.String()) names the same statute). Parser remembers repeated values
// and is for one goroutine; the tables are read once and shared.
package statute
