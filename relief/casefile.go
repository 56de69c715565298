package relief

import (
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"github.com/casefold/casefold"
)

// A Case is a small history with the answer a law must give to it, in words a
// lawyer can read and write. Case files stand beside the law; relief/laws/README.md
// gives the notation. Unless a case says otherwise: the day is 2026-11-24, the
// court of the office's county tells each conviction in one row, each is a case
// of its own, sentences are completed, every question is declared complete, the
// conviction was not listed under HS 11361.9, the offence was 30 days before
// the conviction, and the person was 30 years old at the first offence.
type Case struct {
	ID, Title string
	File      string
	Line      int
	History   casefold.History
	Context   Context
	Policy    string
	Wants     []Want
}

// A Want is what a case expects of one conviction.
type Want struct {
	Conviction              int // from 0
	Outcome                 Outcome
	Route                   string
	Needs, Reason, Cites    []string // texts that must occur
	Ours, Fileable          string   // "", yes, no, unknown
	EligibleFrom            casefold.Day
	File                    string
	Line                    int
	needsNothing, noOutcome bool
}

const (
	caseDay    = casefold.Day(20261124)
	caseCounty = "SACRAMENTO"
)

// ReadCases reads all case files (*.txt) of a folder, in order of their names.
func ReadCases(fsys fs.FS, dir string) ([]Case, []Problem) {
	entries, err := fs.ReadDir(fsys, dir)
	if err != nil {
		return nil, []Problem{{File: dir, Text: err.Error()}}
	}
	var cases []Case
	var problems []Problem
	seen := map[string]bool{}
	for _, e := range entries {
		if !strings.HasSuffix(e.Name(), ".txt") {
			continue
		}
		name := path.Join(dir, e.Name())
		src, err := fs.ReadFile(fsys, name)
		if err != nil {
			problems = append(problems, Problem{File: name, Text: err.Error()})
			continue
		}
		read, faults := ParseCases(name, string(src))
		for _, c := range read {
			if seen[c.ID] {
				faults = append(faults, Problem{File: name, Line: c.Line, Text: fmt.Sprintf("case %s stands twice", c.ID)})
			}
			seen[c.ID] = true
		}
		cases, problems = append(cases, read...), append(problems, faults...)
	}
	return cases, casefold.SortProblems(problems)
}

// A caseReader reads one file, line by line.
type caseReader struct {
	file     string
	line     int
	problems []Problem
	cases    []Case
	build    *caseBuilder
}

// ParseCases reads the text of a case file.
func ParseCases(file, text string) ([]Case, []Problem) {
	r := &caseReader{file: file}
	for i, raw := range strings.Split(text, "\n") {
		r.line = i + 1
		line, _, _ := strings.Cut(raw, "#")
		words := strings.TrimSpace(line)
		switch {
		case words == "":
		case line[0] != ' ' && line[0] != '\t':
			r.finish()
			r.begin(words)
		case r.build == nil:
			r.errorf("this line stands before any case")
		default:
			r.build.line(words)
		}
	}
	r.finish()
	return r.cases, r.problems
}

func (r *caseReader) errorf(format string, args ...any) {
	r.problems = append(r.problems, Problem{File: r.file, Line: r.line, Text: fmt.Sprintf(format, args...)})
}

// begin reads a head: "ID: title".
func (r *caseReader) begin(head string) {
	id, title, ok := strings.Cut(head, ":")
	if !ok || strings.ContainsAny(id, " \t") {
		r.errorf("a case begins with its ID and a colon, such as %q", "A12: sale after a lewd act")
		return
	}
	r.build = newCaseBuilder(r, Case{ID: id, Title: strings.TrimSpace(title), File: r.file, Line: r.line})
}

func (r *caseReader) finish() {
	if r.build == nil {
		return
	}
	r.cases = append(r.cases, r.build.finish())
	r.build = nil
}

// A caseBuilder gathers one case.
type caseBuilder struct {
	r          *caseReader
	c          Case
	people     []*caseConviction
	births     []casefold.Date
	noBirth    bool
	complete   []casefold.Question
	dead       *casefold.Date
	stays      []casefold.Stay
	regs       []casefold.Registration
	charges    []casefold.Statute
	sourceDays map[string]casefold.Day
	facts      []caseFact
}

type caseFact struct {
	conviction  int
	name, value string
	line        int
}

func newCaseBuilder(r *caseReader, c Case) *caseBuilder {
	b := &caseBuilder{r: r, c: c, sourceDays: map[string]casefold.Day{}}
	b.complete = []casefold.Question{casefold.AboutConvictions, casefold.AboutRelief, casefold.AboutListing, casefold.AboutSupervision}
	b.c.Context = Context{AsOf: caseDay, Office: casefold.Office{Name: "District Attorney", County: caseCounty}}
	return b
}

// line reads one line of a case: an expectation, a line about the person or the
// context, or a conviction.
func (b *caseBuilder) line(words string) {
	if strings.HasPrefix(words, "=") {
		b.want(words[1:])
		return
	}
	head, rest, _ := strings.Cut(words, " ")
	rest = strings.TrimSpace(rest)
	switch head {
	case "born":
		b.born(rest)
	case "deceased":
		d := b.date(rest)
		b.dead = &d
	case "registers":
		section, day, _ := strings.Cut(rest, " ")
		b.regs = append(b.regs, casefold.Registration{Statute: casefold.Statute{Code: "PC", Section: section}, Date: b.date(day)})
	case "supervision":
		from, to, _ := strings.Cut(rest, " to ")
		b.stays = append(b.stays, casefold.Stay{From: b.date(from), To: b.date(to)})
	case "charge":
		b.charges = append(b.charges, b.statute(rest))
	case "as":
		b.c.Context.AsOf = b.date(strings.TrimPrefix(rest, "of ")).First
	case "complete":
		b.completeFor(strings.TrimPrefix(rest, "for "))
	case "extract":
		source, day, _ := strings.Cut(rest, " ")
		b.sourceDays[source] = b.date(day).First
	case "fact":
		b.fact(rest)
	case "policy":
		b.c.Policy = rest
	case "office":
		b.office(rest)
	case "+":
		b.conviction(rest)
	default:
		b.conviction(words)
	}
}

func (b *caseBuilder) born(rest string) {
	if rest == "untold" {
		b.noBirth = true
		return
	}
	for _, s := range strings.Split(rest, " or ") {
		b.births = append(b.births, b.date(strings.TrimSpace(s)))
	}
}

// date reads a day, a year, a month (2003-05), an interval, or nothing.
func (b *caseBuilder) date(s string) casefold.Date {
	s = strings.TrimSpace(s)
	switch {
	case s == "" || s == "untold":
		return casefold.Date{}
	case len(s) == 4:
		s = s + "-01-01/" + s + "-12-31"
	case len(s) == 7:
		var y, m int
		if n, _ := fmt.Sscanf(s, "%d-%d", &y, &m); n == 2 && m >= 1 && m <= 12 {
			s = fmt.Sprintf("%s-01/%s-%02d", s, s, casefold.DaysIn(y, m))
		}
	}
	d, err := casefold.ParseDate(s)
	if err != nil {
		b.r.errorf("%v", err)
	}
	return d
}

func (b *caseBuilder) statute(s string) casefold.Statute {
	st, err := ParseStatute(s)
	if err != nil {
		b.r.errorf("%v", err)
	}
	return st
}

func (b *caseBuilder) completeFor(rest string) {
	b.complete = nil
	for _, q := range strings.Split(rest, ",") {
		switch q = strings.TrimSpace(q); casefold.Question(q) {
		case "nothing":
		case casefold.AboutConvictions, casefold.AboutRelief, casefold.AboutListing, casefold.AboutSupervision:
			b.complete = append(b.complete, casefold.Question(q))
		default:
			b.r.errorf("unknown question %q (allowed: nothing, convictions, relief, list-11361.9, supervision)", q)
		}
	}
}

// fact reads "fact NAME VALUE", or "fact 2 NAME VALUE" for the second
// conviction.
func (b *caseBuilder) fact(rest string) {
	f := caseFact{line: b.r.line}
	first, more, _ := strings.Cut(rest, " ")
	if n := 0; len(first) == 1 && first[0] >= '1' && first[0] <= '9' {
		n, rest = int(first[0]-'1'), more
		f.conviction = n
	}
	f.name, f.value, _ = strings.Cut(strings.TrimSpace(rest), " ")
	if err := CheckFact(f.name, f.value); err != nil {
		b.r.errorf("%v", err)
	}
	b.facts = append(b.facts, f)
}

func (b *caseBuilder) office(rest string) {
	for _, part := range strings.Split(rest, ",") {
		word, value, _ := strings.Cut(strings.TrimSpace(part), " ")
		switch word {
		case "county":
			b.c.Context.Office.County = value
		case "court":
			b.c.Context.Office.Courts = append(b.c.Context.Office.Courts, value)
		case "city":
			b.c.Context.Office.CityAttorneyCities = append(b.c.Context.Office.CityAttorneyCities, value)
		case "city-level":
			b.c.Context.Office.CityAttorneyLevels = append(b.c.Context.Office.CityAttorneyLevels, casefold.Level(value))
		default:
			b.r.errorf("an office line knows county, court, city and city-level; not %q", word)
		}
	}
}

// want reads an expectation: "= outcome, route R, needs TEXT, reason TEXT,
// cites TEXT, fileable yes, ours no, from DATE"; "=2 ..." speaks of the second
// conviction.
func (b *caseBuilder) want(rest string) {
	w := Want{File: b.r.file, Line: b.r.line}
	if len(rest) > 0 && rest[0] >= '1' && rest[0] <= '9' {
		w.Conviction, rest = int(rest[0]-'1'), rest[1:]
	}
	for i, part := range splitPhrases(rest) {
		word, value, _ := strings.Cut(part, " ")
		value = strings.Trim(strings.TrimSpace(value), `"`)
		switch word {
		case "route":
			w.Route = value
		case "needs":
			if value == "nothing" {
				w.needsNothing = true
			} else {
				w.Needs = append(w.Needs, value)
			}
		case "reason":
			w.Reason = append(w.Reason, value)
		case "cites":
			w.Cites = append(w.Cites, value)
		case "ours":
			w.Ours = value
		case "fileable":
			w.Fileable = value
		case "from":
			w.EligibleFrom = b.date(value).First
		case "none":
			w.noOutcome = true
		default:
			w.Outcome = Outcome(word)
			if i != 0 || !slices.Contains(Outcomes, w.Outcome) {
				b.r.errorf("unknown outcome %q%s", word, nearest(word, outcomeNames()))
			}
		}
	}
	b.c.Wants = append(b.c.Wants, w)
}

// splitPhrases cuts at commas outside quotes and parentheses.
func splitPhrases(s string) []string {
	var out []string
	depth, quoted, start := 0, false, 0
	for i := range len(s) {
		switch c := s[i]; {
		case c == '"':
			quoted = !quoted
		case c == '(' && !quoted:
			depth++
		case c == ')' && !quoted:
			depth--
		case c == ',' && !quoted && depth <= 0:
			out = append(out, strings.TrimSpace(s[start:i]))
			start = i + 1
		}
	}
	out = append(out, strings.TrimSpace(s[start:]))
	return slices.DeleteFunc(out, func(p string) bool { return p == "" })
}
