package synth

import (
	"strings"

	"github.com/casefold/casefold"
)

// A face is a person as one arrest shows them: the name, birth date and
// numbers given there. The agencies that deal with the arrest copy the face,
// each with its own slips.
type face struct {
	first, middle, suffix string
	last                  []string
	parted                int
	birth                 casefold.Day
	ssn, cdl              string // "" not told
	home                  *home
	claimed               int // index of the person whose name was given, -1 if one's own
	alias                 bool
}

// face draws how a person appears at an arrest. Neighbours are the people of
// the same hundred, among whom an impersonator finds a name to give.
func (w *world) face(r *stream, a *arrest, neighbours []*life) face {
	p := a.who
	rates := w.opts.Rates
	f := face{first: p.first, middle: p.middle, last: p.last, parted: p.parted, suffix: p.suffix, birth: p.birth, home: p.homeOn(a.day), claimed: -1}
	if p.married != 0 && a.day >= p.married && !r.chance(.1) {
		f.last, f.parted = p.newName, 0
	}
	nick, alias, lies := r.chance(rates.Nickname), r.chance(rates.Alias), r.chance(.3)
	impersonates, victim := r.chance(rates.Impersonation), r.below(max(len(neighbours), 1))
	f.middle = w.middleAsTold(r, f.middle)
	if told := r.chance(.6); !told && p.kin != fatherAndSon && p.suffix != "SR" {
		f.suffix = ""
	} else if !told && r.chance(.5) {
		f.suffix = ""
	}
	ssnTold, cdlTold := r.chance(.75), r.chance(.6)
	if ssnTold {
		f.ssn = p.ssn
	}
	if cdlTold && p.cdl != "" && a.day >= p.birth.AddYears(16) {
		f.cdl = p.cdl
	}
	switch {
	case impersonates && w.claim(&f, a, neighbours, victim):
	case alias:
		f.alias = true
		f.last, f.parted, f.suffix, f.middle = strings.Fields(p.alias[0]), 0, "", ""
		if lies {
			f.first, f.birth = p.alias[1], p.lie
		}
		f.ssn, f.cdl = "", ""
	case nick && p.nick != "":
		f.first = p.nick
	}
	return f
}

func (w *world) middleAsTold(r *stream, m string) string {
	how := weigh(r, 45, 30, 25)
	if m == "" || how == 2 {
		return ""
	}
	if how == 1 {
		return m[:1]
	}
	return m
}

// claim gives the face of somebody else of the same sex and nearly the same
// age; false if there is nobody.
func (w *world) claim(f *face, a *arrest, neighbours []*life, start int) bool {
	p := a.who
	for i := range neighbours {
		q := neighbours[(start+i)%len(neighbours)].identity
		years := q.birth.Year() - p.birth.Year()
		if q.index == p.index || q.woman != p.woman || years > 8 || years < -8 || a.day < q.birth.AddYears(15) {
			continue
		}
		f.first, f.middle, f.last, f.parted, f.suffix, f.birth = q.first, initial(q.middle), q.last, q.parted, q.suffix, q.birth
		f.ssn, f.cdl, f.claimed = "", "", q.index
		if q.cdl != "" {
			f.cdl = q.cdl // the number that comes up when the name is looked up
		}
		return true
	}
	return false
}

func initial(s string) string {
	if s == "" {
		return ""
	}
	return s[:1]
}

// upper is strings.ToUpper for the ASCII of the tables.
func upper(s string) string { return strings.ToUpper(s) }
