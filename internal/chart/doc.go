// Package chart draws numbers. It takes small structs (bars, a waterfall, a
// histogram, lines, dots with intervals, a heat map) and returns an SVG picture
// and a table of the same numbers: the picture for the eye at a glance, the
// table for screen readers, paper and whoever wants the figure itself.
//
// Every chart is a pure function of its struct: equal structs give equal bytes.
// Pictures need no script, no font file and no style attribute, so they stand
// under a strict content security policy. Colour comes from CSS variables with
// light and dark values (CSS), with plain attributes as the fallback of a
// picture saved by itself; nothing is told by colour alone. Text is escaped
// here; callers pass it as it is.
//
// The package knows neither persons nor law: what the numbers mean is in the
// title and the sentence that the caller gives.
package chart
