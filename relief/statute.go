package relief

import (
	"fmt"
	"strings"

	"github.com/casefold/casefold"
)

// ParseStatute reads the contract's form of a section: "HS 11357(a)",
// "PC 664/HS 11359", "US 21 844". It is what people write in facts and cases;
// the notations of sources are read by package normalize/statute.
func ParseStatute(s string) (casefold.Statute, error) {
	var out casefold.Statute
	rest := strings.TrimSpace(s)
	if before, after, ok := strings.Cut(rest, "/"); ok {
		_, section, found := strings.Cut(before, " ")
		if !found {
			section = before
		}
		out.Inchoate, rest = strings.ToLower(section), after
	}
	fields := strings.Fields(rest)
	switch len(fields) {
	case 1:
		rest = fields[0]
	case 2:
		out.Code, rest = strings.ToUpper(fields[0]), fields[1]
	case 3: // a title of federal or state regulations: US 21 844
		out.Code, rest = strings.ToUpper(fields[0]), fields[1]+" "+fields[2]
		if out.Code != "US" && out.Code != "CA" {
			return casefold.Statute{}, fmt.Errorf("%q is not a section; write it as HS 11357(a)", s)
		}
	default:
		return casefold.Statute{}, fmt.Errorf("%q is not a section; write it as HS 11357(a)", s)
	}
	section, path := rest, ""
	if i := strings.IndexByte(rest, '('); i >= 0 {
		section, path = rest[:i], strings.ToLower(rest[i:])
	}
	if section == "" || section[0] < '0' || section[0] > '9' || strings.Count(path, "(") != strings.Count(path, ")") {
		return casefold.Statute{}, fmt.Errorf("%q is not a section; write it as HS 11357(a)", s)
	}
	out.Section, out.Path = strings.ToUpper(section), path
	return out, nil
}
