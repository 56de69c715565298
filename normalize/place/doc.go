// Package place normalizes where things are: addresses, cities, states,
// counties, and the agencies and courts of California.
//
// It takes the columns of one address, or the name, ORI and county of one
// agency, and returns a casefold.Address or casefold.Agency in upper case with
// the usual abbreviations (USPS Publication 28 for streets). What is not known
// stays empty: a county is never guessed from half a name, a person without a
// fixed address has none.
//
// The tables (counties, cities, ZIP codes, agencies, street words) are facts
// with their sources in the head of each file. Everything is pure and total;
// the normalized form of a normalized value is the same.
package place
