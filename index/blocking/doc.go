// Package blocking finds the pairs of mentions that are worth comparing, in
// bulk. It takes a mention.Set and rules, and streams candidate pairs; each
// pair comes once, from the first rule that emits it. It scores nothing.
//
// A Rule is data: the terms whose values two mentions must share, and the terms
// by which a block is refined where it is too large to pay for. A rule gives
// each mention one key per combination of its values, a 64-bit hash; mentions
// with equal keys are a block, and a block's mentions are paired. What a rule
// left uncompared is counted, never silently dropped.
//
// Everything here is a function of the set, the rules and the options: the
// number of workers and the order of records change nothing.
package blocking
