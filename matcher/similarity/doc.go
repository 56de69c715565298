// Package similarity holds the string, date and number measures that the
// matcher compares with. It is a leaf: it knows no records and no model.
//
// matchr is the definition of the string measures; where a measure is hot, a
// faster form stands here and a fuzz test holds it equal to matchr. Texts are
// folded to A-Z, digits and blanks beforehand; other bytes are handled, by
// matchr itself. All measures are symmetric and none allocates on the fast
// path.
package similarity
