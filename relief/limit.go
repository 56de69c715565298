package relief

import "github.com/casefold/casefold"

// The limit of HS 11361.5 in its text of before Proposition 64, as read: records
// of an arrest or conviction under 11357(b) to (e) or 11360(b) are destroyed two
// years after the conviction, or the arrest where none followed. It spoke of
// records from 1976 on (older ones were destroyed on application) and of the law
// of that time. Such a record may clear a person and may not be used against
// anyone (HS 11361.7); searches and pages hide it. The present, wider text was
// not read; nothing is hidden on its strength.
const (
	limitFrom  casefold.Day = 19760101
	limitUntil casefold.Day = 20161108 // last day of the old sections
	limitYears              = 2
)

// PastDestructionLimit answers whether a conviction's record is past the limit
// of HS 11361.5 on a day.
func PastDestructionLimit(c *casefold.Conviction, asOf casefold.Day) casefold.Truth {
	told, may := limited(&c.Offense.Value), false
	for i := range c.Offense.Others { // tellers contradict about the section
		may = may || limited(&c.Offense.Others[i].Value) != told
	}
	if !told && !may || c.OffenseDate.Value.First > limitUntil {
		return casefold.False
	}
	t := pastLimit(c.ConvictionDate.Value, asOf)
	if may && t == casefold.True {
		return casefold.Unknown
	}
	return t
}

// PastArrestLimit answers the same of the record of an arrest or a charge of a
// day that did not end in a conviction for it.
func PastArrestLimit(o *casefold.Offense, on casefold.Date, asOf casefold.Day) casefold.Truth {
	if o == nil || !limited(o) || on.First > limitUntil {
		return casefold.False
	}
	return pastLimit(on, asOf)
}

// limited reports whether the section is one of which records are destroyed.
func limited(o *casefold.Offense) bool {
	s := &o.Statute
	if s.Code != "HS" && s.Code != "" || s.Inchoate != "" {
		return false
	}
	switch s.Section {
	case "11357":
		return len(s.Path) >= 3 && s.Path[1] >= 'b' && s.Path[1] <= 'e'
	case "11360":
		return pathCovers("(b)", s.Path)
	}
	return false
}

func pastLimit(on casefold.Date, asOf casefold.Day) casefold.Truth {
	if !on.Known() {
		return casefold.Unknown
	}
	if on.Last < limitFrom {
		return casefold.False
	}
	limit := casefold.Between(on.First.AddYears(limitYears), on.Last.AddYears(limitYears))
	switch {
	case limit.Last < asOf && on.First >= limitFrom:
		return casefold.True
	case limit.First >= asOf:
		return casefold.False
	}
	return casefold.Unknown
}
