// Package name turns what a system wrote for a person's name into parts that
// compare: surname, first given name, further given names, suffix, in the
// letters A-Z.
//
// It takes a whole name (with how its source orders it) or the parts of one,
// and returns the primary name first and then what else the value tells:
// nicknames in quotes or parentheses, names behind AKA, a maiden name behind
// NEE. The verbatim value stands in every one. A placeholder (JOHN DOE, FNU,
// UNKNOWN MALE) leaves its parts empty: it is missing evidence, and two unknown
// men are not one man.
//
// It also holds what a name alone can tell: the classes of given names that
// nicknames share, how frequent a name is in the United States, and how often
// a given name is a woman's. These tables are priors for tiny files; a file's
// own frequencies are better. None of this looks at race; Group exists to audit
// errors by subgroup and is never match evidence.
//
// Parsing is pure and total. It is idempotent in this sense: the parts of a
// parsed name, parsed again as parts, are the same parts.
package name
