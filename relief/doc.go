// Package relief decides every conviction of a history under a law and proves
// each answer. It takes a casefold.History, a Law read from files, and a
// Context (as-of date, office, sources, policy, facts entered from files), and
// returns one Determination per conviction.
//
// A law is data: an ordered list of rules whose conditions are clause trees
// (all, any, not, exists, count) over a closed vocabulary of facts written in
// Go (vocabulary.go). Evaluation is Kleene's three-valued logic. A rule whose
// condition is unknown makes its outcome possible and the walk goes on; if all
// outcomes that remain possible are the same word, that word is the answer,
// else the answer is review and names the facts that would decide it. So a
// missing fact never decides anything in silence, and never sends a conviction
// to review that it could not change.
//
// What the law presumes is written as presume, with the section that says so;
// what is open in the law is written as unsettled, and yields review. The same
// tree prints itself as English sentences (Law.Explain).
//
// Equal fact vectors are decided once: the facts a walk asks for form a trie
// (trie.go) whose leaves are finished conclusions. Proofs are produced on
// demand by the same evaluation, without short cuts.
//
// The package reads no clock and no file beyond the fs.FS it is given, never
// imports matcher, normalize or history, and knows convictions only through
// casefold.History.
package relief
