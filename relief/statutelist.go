package relief

import (
	"strings"

	"github.com/casefold/casefold"
)

// A StatuteList is a list of offences that a law refers to, such as those of
// PC 290(c). Entries compare parsed keys: code, section, subdivision path.
// Within one group the entry with the longest path that is a prefix of the
// conviction's path speaks; a conviction whose path is shorter than a differing
// entry's is "subdivision missing". Groups are alternatives.
type StatuteList struct {
	Name    string
	Title   string
	entries []*listEntry
	by      map[string][]*listEntry // section -> entries, in file order
}

// answer is a table's word for a question that has a fixed answer or needs a
// person: yes, no, review.
type answer uint8

const (
	answerNo answer = iota
	answerYes
	answerReview
)

// A listEntry is one row: what it names, and what else must be true.
type listEntry struct {
	line                int
	group               string
	code, section, path string
	offense             string
	condition           string // "", felony, prison, file
	what                string // for condition file: what the file must show
	from, to            casefold.Day
	attempt, conspiracy answer
	verified            bool
	cite                *Citation
}

func parseAnswer(r row, column string) answer {
	switch r.word(column, "yes", "no", "review") {
	case "yes":
		return answerYes
	case "review":
		return answerReview
	}
	return answerNo
}

// readList reads a list file. Its columns: group, code, section, path,
// offense, condition, what, from, to, attempt, conspiracy, verified, cite.
func (l *loader) readList(name, file string, src []byte) *StatuteList {
	t, rows := readTable(file, src, "group", "code", "section", "path", "offense", "condition",
		"what", "from", "to", "attempt", "conspiracy", "verified", "cite")
	list := &StatuteList{Name: name, by: map[string][]*listEntry{}}
	for _, r := range rows {
		e := &listEntry{
			line: r.line, group: r.get("group"), code: r.get("code"), section: r.get("section"),
			path: r.get("path"), offense: r.get("offense"), what: r.get("what"),
			condition: r.word("condition", "", "felony", "prison", "file"),
			from:      r.day("from"), to: r.day("to"),
			attempt: parseAnswer(r, "attempt"), conspiracy: parseAnswer(r, "conspiracy"),
			verified: r.word("verified", "yes", "no") == "yes",
		}
		if e.condition == "file" && e.what == "" {
			t.errorf(r.line, "condition file does not say what the file must show")
		}
		if c, ok := l.law.citations[r.get("cite")]; ok {
			e.cite = c
			l.usedCitations[c.ID] = true
		} else {
			t.errorf(r.line, "unknown citation %q", r.get("cite"))
		}
		list.entries = append(list.entries, e)
		list.by[e.section] = append(list.by[e.section], e)
	}
	l.problems = append(l.problems, t.problems...)
	return list
}

// A listHit is an entry that speaks of a statute, and how surely the statute
// is the entry's.
type listHit struct {
	entry *listEntry
	why   string // "" sure; else what is missing: the subdivision, the code
	layer answer // what the inchoate layer leaves: yes, review (no: not a hit)
}

// match lists the entries that speak of s, one per group at most.
func (l *StatuteList) match(s casefold.Statute, layer inchoate) []listHit {
	var hits []listHit
	for _, e := range l.by[s.Section] {
		why := ""
		switch {
		case s.Code != e.code && s.Code != "":
			continue
		case s.Code == "":
			why = "the code of"
		}
		switch {
		case pathCovers(e.path, s.Path):
			if l.longer(e, s.Path) {
				continue
			}
			if l.split(e, s.Path) {
				why = "the subdivision of"
			}
		case pathCovers(s.Path, e.path) && !l.covered(e, s.Path):
			why = "the subdivision of"
		default:
			continue
		}
		left := e.inchoateAnswer(layer)
		if left == answerNo {
			continue
		}
		hits = append(hits, listHit{e, why, left})
	}
	return hits
}

func (e *listEntry) inchoateAnswer(layer inchoate) answer {
	switch layer {
	case complete:
		return answerYes
	case attempt:
		return e.attempt
	case conspiracy:
		return e.conspiracy
	case accessory:
		return answerNo // PC 32 is an offence of its own
	}
	return answerReview
}

// longer reports whether another entry of e's group covers path more closely.
func (l *StatuteList) longer(e *listEntry, path string) bool {
	for _, o := range l.by[e.section] {
		if o != e && o.group == e.group && len(o.path) > len(e.path) && pathCovers(o.path, path) {
			return true
		}
	}
	return false
}

// split reports whether below path the group has an entry with other terms
// than e, so that path alone does not settle which speaks.
func (l *StatuteList) split(e *listEntry, path string) bool {
	for _, o := range l.by[e.section] {
		if o != e && o.group == e.group && len(o.path) > len(path) && pathCovers(path, o.path) && o.condition != e.condition {
			return true
		}
	}
	return false
}

// covered reports whether some entry of e's group covers path itself.
func (l *StatuteList) covered(e *listEntry, path string) bool {
	for _, o := range l.by[e.section] {
		if o.group == e.group && pathCovers(o.path, path) {
			return true
		}
	}
	return false
}

// pathCovers reports whether every path that begins like path lies under
// prefix: "(a)" covers "(a)(1)" and not "(ab)".
func pathCovers(prefix, path string) bool { return strings.HasPrefix(path, prefix) }
