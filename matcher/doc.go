// Package matcher decides which mentions are one person. It takes a
// mention.Set and candidate pairs, and returns a partition of the mentions, the
// possible links between its parts, and for any pair the reasons in bits.
//
// The model is that of Fellegi and Sunter (1969). Each comparison of a pair
// yields a level, a small number; the levels, packed, are the pair's pattern,
// and everything else works on patterns: training on their histogram, scoring
// by look-up. A level's weight is log2(m/u) in thousandths of a bit: m is the
// share of the level among pairs of one person, u among pairs of two. What is
// missing on either side has level 0 and weighs 0. The score is the model's
// prior plus one weight per comparison, plus a correction where the pattern is
// also what relatives show; the explanation is those same numbers.
//
// The frequency of a value is part of its level: equal surnames are "equal,
// one in 4,000". Race is no comparison.
//
// The package reads no files and knows nothing of the law. Pairs reach it
// through Pairs, so that it need not know how they were found.
package matcher
