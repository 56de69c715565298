// Package search finds the persons that somebody typing a few words may mean.
// It takes persons (names, birth dates, numbers) and builds a bleve index; it
// takes typed words and returns candidates, best first. It is the only package
// that imports bleve.
//
// The index is a cache: everything in it comes from the store and can be made
// again at any time. What it returns are candidates; the engine ranks them.
// Words may come in any order, misspelled, shortened, as nicknames; a birth
// date in any form; any number in part from its front.
package search
