package statute

import (
	"strings"

	"github.com/casefold/casefold"
	"github.com/casefold/casefold/normalize/text"
)

// Parse reads a charge from its text alone and tells which rules fired. Origin
// is FromText, Verbatim the text; Parsed is false where no section was found.
func Parse(s string) (casefold.Offense, []text.Step) {
	var r reader
	var t text.Trace
	o := r.parse(s, "", &t)
	return o, t.Steps
}

// parse reads a text; told is the code that a column of its own gives.
func (r *reader) parse(s, told string, t *text.Trace) casefold.Offense {
	o := casefold.Offense{Verbatim: text.Trim(s), Origin: casefold.FromText}
	folded := r.fold(s)
	t.Change("fold to upper case, one blank", s, folded)
	literal := r.sections(folded, told)
	if before := r.known(); before < r.n || r.n == 0 {
		if mended, ok := mendDigits(folded); ok {
			switch l := r.sections(mended, told); {
			case r.known() > before && r.mendable():
				t.Add("letters read as the digits they look like", mended)
				folded, literal = mended, l
			case r.known() > before:
				r.n = 0 // misread, and not for sure: say nothing
			default:
				literal = r.sections(folded, told)
			}
		}
	}
	if r.n == 0 {
		t.Add("no section in the text", "")
		return o
	}
	for i := 0; i < r.n && t != nil; i++ {
		it := &r.items[i]
		t.Add("section as written", strings.TrimSpace(it.explicitCode()+" "+it.number+strings.ToUpper(r.pathOf(it, 0))))
		t.Add(gradeWord(it.grade), it.statute().String())
	}
	if !r.believable() {
		t.Add("a number that no table and no code word makes a section", "")
		return o
	}
	r.assemble(&o)
	if layer := layerInWords(&o, r.lead, literal); strength(layer) > strength(o.Inchoate) {
		o.Inchoate = layer
		t.Add("inchoate layer told in words", o.Statute.String())
	}
	o.Level, o.Parsed = r.level, true
	if t != nil {
		if literal != "" {
			t.Add("literal", literal)
		}
		t.Add("statute", o.Statute.String())
	}
	return o
}

// sections reads and resolves the sections of a folded text and returns the
// literal behind them.
func (r *reader) sections(folded, told string) (literal string) {
	r.read(folded)
	literal = r.rest(r.stop)
	r.assignCodes(told)
	for i := 0; i < r.n; i++ {
		r.resolve(&r.items[i], literal)
	}
	return literal
}

// mendable reports whether mended digits may be believed: the table knows the
// section, nothing unexplained stands before it, and either a code word stands
// at it or it is five digits long.
func (r *reader) mendable() bool {
	for i := 0; i < r.n && r.junk == 0; i++ {
		if it := &r.items[i]; it.grade > unknownSection && (it.explicit() || len(it.number) >= 5) {
			return true
		}
	}
	return false
}

// known counts the sections read that the table knows.
func (r *reader) known() int {
	n := 0
	for i := 0; i < r.n; i++ {
		if r.items[i].grade > unknownSection {
			n++
		}
	}
	return n
}

// fold writes the text in capitals with the one half sign spelled out.
func (r *reader) fold(s string) string {
	if strings.Contains(s, "½") {
		s = strings.ReplaceAll(s, "½", " 1/2")
	}
	return text.Upper(s)
}

// believable reports whether a single number may stand for a section: a code
// word or the table vouches for it, or nothing else is in the text.
func (r *reader) believable() bool {
	for i := 0; i < r.n; i++ {
		if it := &r.items[i]; it.grade == unknownSection && isLetter(it.section[len(it.section)-1]) {
			if _, misread := asSection(it.section); misread {
				return false // 1117Z may be 11172, and what stands around does not tell
			}
		}
		if it := &r.items[i]; it.grade == unknownSection && it.digitsBehindLookalike() {
			return false // 11S59 is no section 11
		}
	}
	for i := 0; i < r.n; i++ {
		if it := &r.items[i]; it.grade > unknownSection || it.explicit() || it.code != "" {
			return true
		}
	}
	return r.n == 1 && (r.items[0].bare && len(r.items[0].number) >= 2 || r.junk == 0 && r.items[0].subdivided())
}

func (it *item) explicitCode() string {
	if it.before != "" {
		return it.before
	}
	return it.after
}

func gradeWord(grade int) string {
	switch grade {
	case knownPath:
		return "the offence table knows it"
	case knownPrefix:
		return "the offence table knows the section and a part of the path"
	case knownSection:
		return "the offence table knows the section, not the path"
	}
	return "the offence table does not know it"
}
