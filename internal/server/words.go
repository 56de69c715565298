package server

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"

	"github.com/casefold/casefold"
)

// word prints what may be untold.
func word(s string) string { return cmp.Or(s, "not told") }

// dayOf says a date as people do: an interval that is a month or a year is
// named by it, another one by its ends. What is no date stays as it is.
func dayOf(s string) string {
	first, last, ok := strings.Cut(s, "/")
	d, err := casefold.ParseDate(s)
	if !ok || err != nil || !d.Known() {
		return s
	}
	switch whole := strings.HasSuffix(first, "-01") && strings.HasSuffix(d.Last.AddDays(1).String(), "-01"); {
	case whole && first[:7] == last[:7]:
		return first[:7]
	case first[4:] == "-01-01" && last == first[:4]+"-12-31":
		return first[:4]
	}
	return first + " to " + last
}

func dated(d casefold.Date) string { return word(d.String()) }

// A rowName is a row as pages name it, with the place of its verbatim bytes.
type rowName struct {
	Name   string // source:row_key
	Source string
	Anchor string
}

// A toldBy is the rows behind something said, and whose they are.
type toldBy struct {
	Person string
	Rows   []rowName
}

// Sources names the sources of the rows, each once.
func (t toldBy) Sources() string {
	var out []string
	for _, r := range t.Rows {
		if !slices.Contains(out, r.Source) {
			out = append(out, r.Source)
		}
	}
	return strings.Join(out, ", ")
}

// anchor names a row inside a page's address. Row keys may be people's
// numbers, so it is a hash.
func anchor(t casefold.Teller) string {
	sum := sha256.Sum256([]byte(t.String()))
	return "row-" + hex.EncodeToString(sum[:6])
}

func rowNames(ts []casefold.Teller) []rowName {
	out := make([]rowName, len(ts))
	for i, t := range ts {
		out[i] = rowName{t.String(), t.Source, anchor(t)}
	}
	return out
}

// sources names the sources of rows, each once.
func sources(ts []casefold.Teller) string {
	var out []string
	for _, t := range ts { // sorted by source
		if len(out) == 0 || out[len(out)-1] != t.Source {
			out = append(out, t.Source)
		}
	}
	return strings.Join(out, ", ")
}

// agencyName is a court's or agency's name as it is to be read.
func agencyName(a casefold.Agency) string { return cmp.Or(a.Name, a.Verbatim, a.ORI) }

// chargeText is a charge as the contract writes it, else as it was told.
func chargeText(o *casefold.Offense) string {
	if o == nil {
		return "charge not told"
	}
	return cmp.Or(o.Statute.String(), o.Verbatim, "charge not told")
}

// fullName is LAST, FIRST MIDDLE SUFFIX.
func fullName(n casefold.Name) string {
	return strings.Trim(n.Last+", "+strings.Join(strings.Fields(n.First+" "+n.Middle+" "+n.Suffix), " "), ", ")
}

// plural puts a number before a noun.
func plural(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return itoa(n) + " " + many
}

// cutLaw takes a count's name apart: "prop64 review".
func cutLaw(name string) (law, outcome string, ok bool) {
	law, outcome, ok = strings.Cut(name, " ")
	return law, outcome, ok && strings.HasPrefix(law, "prop")
}
