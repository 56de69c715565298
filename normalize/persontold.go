package normalize

import (
	"strings"

	"github.com/casefold/casefold"
	"github.com/casefold/casefold/normalize/date"
	"github.com/casefold/casefold/normalize/name"
	"github.com/casefold/casefold/normalize/text"
)

// readNames is what a value tells of names.
type readNames struct {
	list []casefold.Name
	odd  string
}

func names(list []casefold.Name, v name.Verdict) readNames {
	if v == name.Digits {
		return readNames{list, string(v)}
	}
	return readNames{list: list}
}

// names reads the primary name first, from its parts if they stand apart, then
// the whole name where it tells more, aliases and a maiden name.
func (n *Normalizer) names(p *personPlan, v view) []casefold.Name {
	var out []casefold.Name
	if p.has(fLast) || p.has(fFirst) || p.has(fMiddle) {
		last, first, middle, suffix := v.joined(fLast), v.joined(fFirst), v.joined(fMiddle), v.joined(fSuffix)
		if plain, ok := name.Plain(last, first, middle); ok && suffix == "" {
			out = n.oneName.one(plain)
		} else {
			n.key = appendPart(appendPart(appendPart(appendPart(n.key[:0], last), first), middle), suffix)
			out = take(p, out, n.m.parts.getKey(n.key), fLast)
		}
	}
	if p.has(fName) {
		whole := n.m.whole.get(v.joined(fName))
		if len(out) == 0 {
			out = take(p, out, whole, fName)
			if s := n.m.suffix.get(v.first(fSuffix)); s != "" && len(out) > 0 && out[0].Suffix == "" && !p.has(fLast) {
				out = append([]casefold.Name(nil), out...)
				out[0].Suffix = s
			}
		} else {
			out = complete(out, whole.list)
		}
	}
	for i := range v.cells[fAlias] {
		if s := v.cells[fAlias][i].value(v.values, v.group); s != "" {
			for _, alias := range n.m.alias.get(s).list {
				out = addName(out, alias)
			}
		}
	}
	if maiden := v.first(fMaiden); maiden != "" && len(out) > 0 {
		for _, m := range n.m.maiden.get(maiden).list {
			m.First, m.Middle = out[0].First, out[0].Middle
			out = addName(out, m)
		}
	}
	return out
}

// take notes what was odd and returns the names; the slice is shared, so it is
// clipped.
func take(p *personPlan, out []casefold.Name, r readNames, f fieldID) []casefold.Name {
	if r.odd != "" {
		p.note(r.odd, f)
	}
	if len(out) == 0 {
		return r.list[:len(r.list):len(r.list)]
	}
	return append(out, r.list...)
}

// complete adds to a name read from parts what the whole name tells besides: a
// middle name or suffix of the same name, other names.
func complete(out, whole []casefold.Name) []casefold.Name {
	for i, w := range whole {
		p := out[0]
		if i == 0 && w.Last == p.Last && w.First == p.First {
			if w.Middle != "" && p.Middle == "" || w.Suffix != "" && p.Suffix == "" {
				out = append([]casefold.Name(nil), out...)
				if p.Middle == "" {
					out[0].Middle = w.Middle
				}
				if p.Suffix == "" {
					out[0].Suffix = w.Suffix
				}
			}
			continue
		}
		if i == 0 {
			w.Kind = casefold.AliasName
		}
		out = addName(out, w)
	}
	return out
}

// addName adds a name that is told and not there yet.
func addName(out []casefold.Name, m casefold.Name) []casefold.Name {
	if m.Last == "" && m.First == "" {
		return out
	}
	for _, o := range out {
		if o.Last == m.Last && o.First == m.First && o.Middle == m.Middle && o.Suffix == m.Suffix {
			return out
		}
	}
	return append(out[:len(out):len(out)], m)
}

// readBirth is what a value tells of a date of birth.
type readBirth struct {
	date     casefold.Date
	alone    []casefold.Date // the date alone, for all who tell no other
	verdict  date.Verdict
	verbatim string
}

// birthDates reads the dates of birth; impossible ones and ones in the future
// are left out, but if there is no other, what was told is quoted.
func (n *Normalizer) birthDates(p *personPlan, v view, facts *casefold.PersonFacts) {
	told := ""
	defer func() { facts.BirthVerbatim = orElse(facts.BirthVerbatim, told) }()
	add := func(s string, f fieldID) {
		if d, ok := date.ISO(s); ok && len(facts.Births) == 0 && d.First <= latestOf(n.dates) {
			facts.BirthVerbatim, facts.Births = strings.Clone(s), n.oneDate.one(d)
			return
		}
		r := n.m.birth.get(s)
		switch {
		case r.verdict == date.Missing:
			return
		case r.verdict != date.OK:
			p.note(string(r.verdict), f)
			told = orElse(told, r.verbatim)
			return
		case r.date.First > latestOf(n.dates):
			p.note("birth_in_future", f)
			told = orElse(told, r.verbatim)
			return
		}
		for _, d := range facts.Births {
			if d == r.date {
				return
			}
		}
		if len(facts.Births) == 0 {
			facts.BirthVerbatim, facts.Births = r.verbatim, r.alone
			return
		}
		facts.Births = append(facts.Births, r.date)
	}
	if s, verbatim, ok := v.threeParts(fBirth); ok {
		add(s, fBirth)
		if facts.BirthVerbatim != "" || told != "" {
			facts.BirthVerbatim = strings.Clone(verbatim)
		}
	} else {
		for i := range v.cells[fBirth] {
			if s := v.cells[fBirth][i].value(v.values, v.group); s != "" {
				add(s, fBirth)
			}
		}
	}
	for i := range v.cells[fAliasBirth] {
		if s := v.cells[fAliasBirth][i].value(v.values, v.group); s != "" {
			add(s, fAliasBirth)
		}
	}
}

func orElse(s, t string) string {
	if s != "" {
		return s
	}
	return t
}

// threeParts joins a date whose year, month and day stand in columns of their
// own. verbatim is the parts as told, joined by blanks; ok is false where three
// columns are three dates.
func (v view) threeParts(f fieldID) (joined, verbatim string, ok bool) {
	cells := v.cells[f]
	if len(cells) != 3 {
		return "", "", false
	}
	var part [3]string
	for i := range cells {
		part[i] = cells[i].value(v.values, v.group)
		if len(part[i]) > 4 && text.Digits(part[i]) == part[i] || len(part[i]) > 9 {
			return "", "", false
		}
		if strings.ContainsAny(part[i], "/-. ") {
			return "", "", false
		}
	}
	switch {
	case part[0] == "" && part[1] == "" && part[2] == "":
		return "", "", false
	case len(part[0]) != 4 && len(part[2]) == 4: // month, day, year
		part[0], part[1], part[2] = part[2], part[0], part[1]
	}
	verbatim = v.joined(f)
	for i := range part[1:] {
		if part[i+1] == "" {
			part[i+1] = "00"
		}
	}
	return strings.Join(part[:], "-"), verbatim, true
}
