// Package date turns what a system wrote for a date into an interval of civil
// days.
//
// It takes one value and how its source writes dates (the order of day and
// month, the latest day that can be) and returns a casefold.Date and a verdict:
// read, missing, impossible or unreadable. An impossible date (February 30) is
// unknown, never corrected. A date known to the month or year is an interval.
// Days that many rows share because a clerk typed a default (1900-01-01) are
// dates here; that they say nothing is for the model to find by frequency.
//
// Parse is pure, total and idempotent: it reads what casefold.Date.String
// writes, and returns the same date.
package date
