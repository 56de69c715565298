package statute

import (
	"github.com/casefold/casefold"
	"github.com/casefold/casefold/normalize/text"
)

// Qualifiers cuts a list of two-character qualifier codes, run together or
// divided by blanks and marks, into its codes in the order told. Codes that no
// manual lists are kept: real data holds many.
func Qualifiers(s string) []string {
	s = text.Upper(s)
	var out []string
	for i := 0; i < len(s); {
		if !isDigit(s[i]) && !isLetter(s[i]) {
			i++
			continue
		}
		if i+1 >= len(s) || !isDigit(s[i+1]) && !isLetter(s[i+1]) {
			i++ // half a code says nothing
			continue
		}
		out = append(out, s[i:i+2])
		i += 2
	}
	return out
}

// QualifierLayer is the inchoate layer that a qualifier code tells, "" for the
// others. Source: the state's offence qualifier codes (our table
// offense_qualifier_codes).
func QualifierLayer(code string) string {
	switch code {
	case "AB", "BI", "BJ", "BK", "BL":
		return "664"
	case "CS":
		return "32"
	case "EB":
		return "182(a)(1)"
	case "EC":
		return "182(a)(2)"
	case "ED":
		return "182(a)(3)"
	case "EE":
		return "182(a)(4)"
	case "EF":
		return "182(a)(5)"
	case "EG":
		return "182(a)(6)"
	case "EH":
		return "21 USC 846"
	}
	return ""
}

// applyQualifiers adds the qualifiers and the layer they tell.
func applyQualifiers(o *casefold.Offense, s string, t *text.Trace) {
	o.Qualifiers = Qualifiers(s)
	if o.Section == "" || layerOf(o.Statute) != "" {
		return
	}
	for _, q := range o.Qualifiers {
		layer := QualifierLayer(q)
		if federal(layer) && o.Code != "US" || layer == "" {
			continue
		}
		if strength(layer) > strength(o.Inchoate) || strength(layer) == strength(o.Inchoate) && len(layer) > len(o.Inchoate) {
			o.Inchoate = layer
			t.Add("inchoate layer told by qualifier "+q, o.Statute.String())
		}
	}
}
