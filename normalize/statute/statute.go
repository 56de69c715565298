package statute

import (
	"slices"
	"strings"

	"github.com/casefold/casefold"
	"github.com/casefold/casefold/normalize/text"
)

// An Input is what a row tells of one charge, a column a field. Any may be "".
type Input struct {
	Text       string // statute text: "11359 HS-POSSESS FOR SALE"
	Code       string // code where it stands in a column of its own: "HS"
	CJIS       string // five-digit offence code
	Level      string // F, M, I or words
	Qualifiers string // two-character codes run together
	Literal    string // wording where it stands apart from the statute
	Comment    string // free text that may hold the charge
}

// maxRemembered bounds the parser's memory. Charges are few (a state has some
// ten thousand written forms); where a comment makes each row different, the
// memory is emptied and begun again.
const maxRemembered = 1 << 16

// A Parser reads charges and remembers them: equal inputs give the same
// pointer. It is for one goroutine.
type Parser struct {
	reader
	memo map[Input]remembered
}

// remembered is an answer; unheard says that a comment, had there been one,
// would have been asked.
type remembered struct {
	offense *casefold.Offense
	unheard bool
}

// New returns a parser with an empty memory.
func New() *Parser { return &Parser{memo: map[Input]remembered{}} }

// Offense is the charge that an input tells; nil if it tells none. The result
// is shared and must not be changed.
func (p *Parser) Offense(in Input) *casefold.Offense {
	comment := in.Comment
	in.Comment = "" // most charges are read without it, and comments seldom repeat
	r := p.remember(in)
	if comment == "" || !r.unheard && !namesCannabis(comment) {
		return r.offense
	}
	in.Comment = comment
	return p.remember(in).offense
}

func (p *Parser) remember(in Input) remembered {
	if r, ok := p.memo[in]; ok {
		return r
	}
	var r remembered
	r.offense, r.unheard = p.offense(in, nil)
	if len(p.memo) >= maxRemembered {
		clear(p.memo)
	}
	p.memo[in] = r
	return r
}

// Explain is Offense with the rules that fired.
func Explain(in Input) (*casefold.Offense, []text.Step) {
	var t text.Trace
	o, _ := New().offense(in, &t)
	return o, t.Steps
}

// offense joins what the columns tell: the CJIS code before the text, the text
// before the literal, the comment last. unheard reports that text and literal
// name no section, so that the comment decides.
func (p *Parser) offense(in Input, t *text.Trace) (offense *casefold.Offense, unheard bool) {
	cjis := CJISCode(in.CJIS)
	hasText := !text.IsFiller(in.Text)
	var o casefold.Offense
	if hasText {
		o = p.parse(in.Text, codeOf(text.Upper(in.Code)), t)
	}
	if !o.Parsed && !text.IsFiller(in.Literal) {
		if lit := p.parse(in.Literal, "", t); lit.Parsed && p.items[0].explicit() {
			verbatim := o.Verbatim
			o = lit
			if verbatim != "" {
				o.Verbatim = verbatim
			}
		}
	} else if o.Parsed && o.Inchoate == "" {
		o.Inchoate = layerInWords(&o, "", text.Upper(in.Literal))
	}
	unheard = !o.Parsed
	if unheard {
		hear(&o, in, hasText, t)
	} else if namesCannabis(in.Comment) {
		overhear(&o, in.Comment, t)
	}
	p.applyCode(&o, cjis, t)
	if o.Verbatim == "" && o.CJIS == "" && !o.Parsed {
		if text.IsFiller(in.Literal) {
			return nil, unheard
		}
		o.Verbatim, o.Origin = text.Trim(in.Literal), casefold.FromText
	}
	if level := Level(in.Level); level != "" {
		o.Level = level
	}
	applyQualifiers(&o, in.Qualifiers, t)
	return &o, unheard
}

// hear takes the charge from the comment where the text points to it or is
// silent, or where a mark such as CHRG- stands before it.
func hear(o *casefold.Offense, in Input, hasText bool, t *text.Trace) {
	charges := InComment(in.Comment)
	if len(charges) == 0 || hasText && !pointsToComment(in.Text) && !charges[0].marked {
		return
	}
	verbatim := o.Verbatim
	*o = joinCharges(charges)
	if verbatim != "" {
		o.Verbatim = verbatim
	}
	t.Add("charge found in the comment", o.Statute.String())
}

// namesCannabis is a cheap first look: HS 11357 to 11360.
func namesCannabis(comment string) bool {
	return strings.Contains(comment, "1135") || strings.Contains(comment, "11360")
}

// overhear sets the cannabis sections that a comment names behind a mark such as
// CHRG- beside a charge of other words: the plea may have been to them. Which of
// the sections the conviction is of is then open.
func overhear(o *casefold.Offense, comment string, t *text.Trace) {
	for _, c := range InComment(comment) {
		s := c.Statute
		if !c.marked || s.Code != "HS" || s.Section < "11357" || s.Section > "11360" || len(s.Section) != 5 || s == o.Statute || slices.Contains(o.Also, s) {
			continue
		}
		o.Also = append(o.Also[:len(o.Also):len(o.Also)], s)
		t.Add("the comment names another charge", s.String())
	}
}

// applyCode lets the five-digit code speak. Where the table knows it, it beats
// the text: its section is the charge. The text adds what a code cannot tell,
// the inchoate layer and further sections, and a finer path of the same section
// where the code has one meaning only.
func (p *Parser) applyCode(o *casefold.Offense, cjis string, t *text.Trace) {
	if cjis == "" {
		return
	}
	o.CJIS = cjis
	e := offences().byCJIS[cjis]
	if e == nil || e.Statute.Section == "" {
		if o.Origin == "" {
			o.Origin = casefold.FromCode
		}
		return
	}
	told := o.Statute
	layer := layerOf(e.Statute)
	switch {
	case o.Parsed && layer != "":
		// The code names the layer only (182(A)(1)); the target is in the text.
		if told.Section == e.Statute.Section && told.Code == e.Statute.Code {
			break
		}
		if strength(layer) > strength(told.Inchoate) || told.Inchoate != "" && layer[:2] == told.Inchoate[:2] {
			o.Inchoate = layer
		}
		fillCode(o, e)
		return
	case o.Parsed && told.Code == e.Statute.Code && told.Section == e.Statute.Section && !e.InForce.Known() &&
		len(told.Path) > len(e.Statute.Path) && told.Path[:len(e.Statute.Path)] == e.Statute.Path:
		o.Origin = casefold.FromCode
		fillCode(o, e)
		return
	}
	o.Statute = e.Statute
	o.Inchoate = told.Inchoate
	o.Origin, o.Parsed = casefold.FromCode, true
	o.Also = alsoOf(o, e, told)
	fillCode(o, e)
	t.Add("the five-digit code "+cjis+" beats the text", o.Statute.String())
}

// fillCode sets what only the code tells: the level where the row tells none,
// and the dates in which the code could be charged.
func fillCode(o *casefold.Offense, e *entry) {
	if o.Level == "" {
		o.Level = e.Level
	}
	o.InForce = e.InForce
}

// alsoOf are the further sections of a charge whose code names e: the code's
// own, and those of a compound text that holds the code's section.
func alsoOf(o *casefold.Offense, e *entry, told casefold.Statute) []casefold.Statute {
	var also []casefold.Statute
	if e.Also != "" {
		section, path := splitSection(e.Also)
		also = append(also, casefold.Statute{Code: e.Statute.Code, Section: section, Path: path})
	}
	same := told.Code == e.Statute.Code && told.Section == e.Statute.Section
	inside := false
	for _, s := range o.Also {
		inside = inside || s.Code == e.Statute.Code && s.Section == e.Statute.Section
	}
	if !same && !inside {
		return also
	}
	if inside && !same {
		also = addStatute(also, casefold.Statute{Code: told.Code, Section: told.Section, Path: told.Path}, e)
	}
	for _, s := range o.Also {
		also = addStatute(also, s, e)
	}
	return also
}

func addStatute(also []casefold.Statute, s casefold.Statute, e *entry) []casefold.Statute {
	if s.Code == e.Statute.Code && s.Section == e.Statute.Section {
		return also
	}
	for _, have := range also {
		if have == s {
			return also
		}
	}
	return append(also, s)
}

// splitSection cuts "490.5(a)" into section and path.
func splitSection(s string) (section, path string) {
	for i := 0; i < len(s); i++ {
		if s[i] == '(' {
			return s[:i], s[i:]
		}
	}
	return s, ""
}

// Contradicts reports whether a charge's code and its text name different
// sections: something a person should see. The code has prevailed.
func Contradicts(o *casefold.Offense) bool {
	if o == nil || o.Origin != casefold.FromCode || o.Verbatim == "" {
		return false
	}
	t, _ := Parse(o.Verbatim)
	if !t.Parsed || t.Section == "" {
		return false
	}
	for _, s := range append(t.Also, t.Statute) {
		if s.Section == o.Section && (s.Code == o.Code || s.Code == "") {
			return false
		}
	}
	return true
}
