package synth

import "strings"

// earlierFile writes the lines of another file of the case: the one that was
// dismissed and filed again, or the one that was taken into this.
func (s *courtFile) earlierFile(l *life, a *arrest, r *stream, cp courtPerson, level string) {
	c := a.file
	number, from, text := c.refiledFrom, 0, "DISMISSED - REFILED"
	day := c.filed
	if number == "" && c.consolidated != "" {
		number, from, text, day = c.consolidated, 1, "CONSOLIDATED INTO "+c.number, c.plea.AddDays(-3)
	}
	if number == "" {
		return
	}
	for _, k := range c.counts[from:] {
		id := scattered(l.index, a.n, 50+k.n, 0)
		values := []string{id, number, "C", a.incident, cp.name, cp.race, cp.sex, cp.dob, cp.xref, cp.cii, cp.fbi, cp.ssn, cp.dl, level, shortDate(a.day.AddDays(2)),
			itoa(k.n), "", "", "", "", s.statute(r, k.filed), levelLetter(k.filed.level), k.filed.literal, "NG", "", "26", text, shortDate(day), "", "", "", c.number, "", "", "E"}
		say := saying{arrest: a, print: cp.cii != "" && a.printed, event: true, key: id}
		if s.row(l, quarter(a.day), []byte(strings.Join(values, "|")), say) {
			l.birthTold = l.birthTold || cp.birthTrue
		}
	}
}

// reissue writes a line twice under one charge id: as it stood before the
// outcome was entered, and as it stands.
func (s *courtFile) reissue(l *life, at int, before, now []byte, say saying) bool {
	earlier := say
	earlier.tells = nil
	keys := sharedKeys(say.key, before, now)
	earlier.key, say.key = keys[0], keys[1]
	s.rows += 2
	s.put(at, before)
	s.tell(l, before, earlier)
	s.put(at, now)
	s.tell(l, now, say)
	return true
}
