package relief

import (
	"strings"

	"github.com/casefold/casefold"
)

// An inchoate layer lies around an offence: attempted, conspired, helped after,
// solicited.
type inchoate uint8

const (
	complete inchoate = iota
	attempt
	conspiracy
	accessory
	solicitation
	unclearLayer
)

var inchoateWords = []string{"complete", "attempt", "conspiracy", "accessory", "solicitation", "unclear"}

// A qualifier is a two-character code of the state extract that has an effect
// in law.
type qualifier struct {
	code, class, meaning string
}

var qualifierClasses = []string{"attempt", "conspiracy", "accessory", "life", "homicide",
	"prior_serious", "prior_sex", "prior_other", "registration", "none"}

func (l *loader) readQualifiers(file string, src []byte) map[string]*qualifier {
	t, rows := readTable(file, src, "code", "class", "meaning")
	out := map[string]*qualifier{}
	for _, r := range rows {
		q := &qualifier{r.get("code"), r.word("class", qualifierClasses...), r.get("meaning")}
		if out[q.code] != nil {
			t.errorf(r.line, "qualifier %q stands twice", q.code)
		}
		out[q.code] = q
	}
	l.problems = append(l.problems, t.problems...)
	return out
}

// layerOf reads the inchoate layer from the statute and from the qualifiers.
// Two different layers are unclear.
func (l *Law) layerOf(o *casefold.Offense) inchoate {
	layer := layerOfSection(o.Inchoate)
	for _, code := range o.Qualifiers {
		q := l.qualifiers[code]
		if q == nil {
			continue
		}
		seen := complete
		switch q.class {
		case "attempt":
			seen = attempt
		case "conspiracy":
			seen = conspiracy
		case "accessory":
			seen = accessory
		}
		switch {
		case seen == complete || seen == layer:
		case layer == complete:
			layer = seen
		default:
			layer = unclearLayer
		}
	}
	return layer
}

func layerOfSection(s string) inchoate {
	number := strings.ToLower(s)
	if i := strings.IndexByte(number, '('); i >= 0 {
		number = number[:i]
	}
	switch number {
	case "":
		return complete
	case "664", "664.1", "664.2", "664.3", "21a":
		return attempt
	case "182", "21 usc 846":
		return conspiracy
	case "32", "33":
		return accessory
	case "653f":
		return solicitation
	}
	return unclearLayer
}
