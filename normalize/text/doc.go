// Package text holds what every normalizer shares: trimming, folding to A-Z,
// the words that stand for "nothing", and the trace of rules that
// `casefold normalize` prints.
//
// It takes one value of a source and returns a string of its own alphabet. All
// functions are total, pure and idempotent. It imports nothing of ours and
// knows nothing of names, dates or places.
package text
