// Package synth makes a county that does not exist, with its truth.
//
// It takes options (people, seed, rates) and writes the export files that the
// agencies of such a county would deliver: the state's history extract, the
// court's case management system, the sheriff's jail, a police department's
// reports, the prosecutor's case system, a neighbour county's court and the
// state's list under HS 11361.9; a casefold.yaml that describes them; and beside
// them the truth files of docs/contract.md. Score compares what casefold made
// of the files with that truth.
//
// The office is that of SACRAMENTO and the neighbour is YOLO, because
// normalizers know only real counties, courts and agency numbers, and because
// the published sample of the state's extract speaks of the same court. Every
// person, number, address and event is drawn by chance. Social security
// numbers lie in areas (773 to 899) that were never issued by area.
//
// The world comes first: who people are, what they did, what courts decided.
// Each agency then tells its part of that world, with its own ignorance and its
// own errors. A fact is known to the truth before any agency spoils it, so the
// truth never has to be guessed back from the files.
//
// Beside the contract's truth files stand three of our own:
// truth_lookalikes.csv (kind, true_person, other_person: twins, father_son,
// namesakes, siblings), truth_impersonations.csv (rows on which another
// person's name was given; evidence is yes where the row holds prints, or a
// number of an event that has them) and truth_faults.csv (rows of each source,
// and the pieces among them that no reader can accept).
//
// Invariants. The same options give the same bytes. What happens to a person
// depends on the seed and the person's index alone (and on a few neighbours of
// the same hundred: kin, co-defendants), so that two counties that differ in a
// rate or in size share their people. Memory does not grow with rows but for
// compressed pages that wait for their place in the file.
//
// The package knows the law only as a second opinion: prop64.go decides each
// conviction from the true facts, simply and apart from package relief, so that
// neither can be right by copying the other.
package synth
