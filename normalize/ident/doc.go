// Package ident brings numbers that identify people, phones and e-mail
// addresses to one comparable form.
//
// It takes one value and the kind of number it is said to be, and returns the
// normalized number ("" if it identifies nobody) and a verdict. A number that
// was advertised, never issued, or repeats one digit is missing: it would make
// strangers equal. A number of the wrong shape is kept as told, folded, because
// an agency may number as it likes; it stays one edit away from what it should
// have been.
//
// Normalize is pure, total and idempotent.
package ident
