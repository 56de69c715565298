// Package caseno reads the numbers of court cases, bookings and reports.
//
// It takes one field as told, with the court it belongs to and the defendant's
// mark if that stands in a column of its own, and returns the case numbers in
// it. Key is what is compared: one number written ten ways gives one key,
//
//	CR-94-1234-A   cr 94 1234   94CR01234   CR94-001234   CR-1994-1234
//
// all give CR94-1234, and the A is the defendant's mark. Two numbers that may
// be different never get one key for convenience: where the field leaves it
// open what a digit means, the longer key is kept, and Distance says how near
// two keys are.
//
// What a number's digits mean differs from court to court. Learn finds it out
// from the numbers of one source and court family (a Scheme); without a scheme,
// only what the writing itself shows is used. A scheme is data: it is shown by
// `casefold profile` and kept with the model, and questions it cannot answer
// are in Shape.Unsure.
//
// All functions are pure and total.
package caseno
