// Package outcome reads what became of a charge: dispositions, pleas, levels,
// sentences, later events (relief, reduction, reversal, sealing, transfer), and
// the comments in which all of these hide.
//
// It takes a text or code as told and returns the nouns of package casefold.
// The words are a table (phrases.txt): the state's disposition phrases, the
// boxes of forms JUS 8715 and 8715A, printed rap sheets, and the English and
// abbreviations of county clerks. A text is cut into words, the longest phrases
// are found, and the order and company of the phrases decide:
//
//   - a disposition is believed only if the text begins with a known phrase; a
//     conviction that the same text contradicts is not recognized;
//   - "dismissed in furtherance of justice" is the dismissal of a count; it is
//     relief only where the text says that a conviction was dismissed;
//   - "conv set aside & dism per 1203.4" is no outcome of a count at all but a
//     later event: its Disposition has no status, and the Relief tells it;
//   - a petition filed or denied is no relief.
//
// What is not understood is Unrecognized, never a guess, and never a
// dismissal. All functions are pure and total, and safe for several goroutines.
package outcome
