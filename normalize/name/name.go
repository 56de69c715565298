package name

import (
	"strings"

	"github.com/casefold/casefold"
	"github.com/casefold/casefold/normalize/text"
)

// A Verdict says how a name was read. Digits is a finding code.
type Verdict string

const (
	OK          Verdict = ""
	Missing     Verdict = "missing"        // blank, filler
	Placeholder Verdict = "placeholder"    // JOHN DOE, FNU LNU: nobody in particular
	Digits      Verdict = "digits_in_name" // read, but it holds digits
)

// The orders in which a source may write whole names.
const (
	LastFirst = "last_first"
	FirstLast = "first_last"
)

// maxWords bounds the words of a name that are looked at; the rest is kept as
// further given names.
const maxWords = 24

// Parse reads a whole name. The first name returned is the primary one; then
// come nicknames and other names that the value holds. A value that is blank
// or a filler gives none. The order is LastFirst or FirstLast; "" decides by the
// comma, and without one by which reading has the more usual names.
func Parse(whole, order string) ([]casefold.Name, Verdict) { return ParseTraced(whole, order, nil) }

// ParseTraced is Parse with its steps.
func ParseTraced(whole, order string, t *text.Trace) ([]casefold.Name, Verdict) {
	if text.IsFiller(whole) {
		t.Add("filler: missing", "")
		return nil, Missing
	}
	verbatim := text.Trim(whole)
	s := text.Upper(verbatim)
	t.Change("folded to A-Z", verbatim, s)
	p := parser{trace: t, verbatim: verbatim}
	s = p.cutAsides(s)
	first, others := p.splitAKA(s)
	primary := p.whole(first, order)
	primary.Kind = casefold.PrimaryName
	names := append(make([]casefold.Name, 0, 1+len(others)+len(p.asides)), primary)
	for _, o := range others {
		names = p.addAlias(names, o, order)
	}
	for _, a := range p.asides {
		names = p.addAside(names, a, order)
	}
	return names, p.verdict(names[0], s)
}

// ParseParts reads a name whose parts stand apart. Verbatim is the parts as
// told, joined by blanks in reading order: first, middle, last, suffix.
func ParseParts(last, first, middle, suffix string) ([]casefold.Name, Verdict) {
	return ParsePartsTraced(last, first, middle, suffix, nil)
}

// ParsePartsTraced is ParseParts with its steps.
func ParsePartsTraced(last, first, middle, suffix string, t *text.Trace) ([]casefold.Name, Verdict) {
	last, first, middle, suffix = told(last), told(first), told(middle), told(suffix)
	if last == "" && first == "" && middle == "" {
		t.Add("filler: missing", "")
		return nil, Missing
	}
	if first == "" && middle == "" && strings.IndexByte(last, ',') > 0 {
		return ParseTraced(strings.TrimRight(last+" "+suffix, " "), LastFirst, t) // a whole name in the surname's column
	}
	p := parser{trace: t, verbatim: joinTold(first, middle, last, suffix)}
	l := p.cutAsides(text.Upper(last))
	f := p.cutAsides(text.Upper(first))
	m := text.Upper(middle)
	var lw, gw [maxWords]string
	lasts := words(l, lw[:0])
	givens := words(f, gw[:0])
	nFirst := len(givens)
	givens = words(m, givens)
	primary := p.build(lasts, givens, nFirst, suffixField(text.Upper(suffix)))
	primary.Kind = casefold.PrimaryName
	names := append(make([]casefold.Name, 0, 1+len(p.asides)), primary)
	for _, a := range p.asides {
		names = p.addAside(names, a, "")
	}
	if t != nil {
		t.Add("parts: surname | first | middle | suffix", show(primary))
	}
	return names, p.verdict(primary, l+" "+f+" "+m)
}

// told is a part of a name, "" for fillers. NIL, NA and BLANK are people's names
// when they stand as a part of one.
func told(s string) string {
	if text.IsFiller(s) {
		switch t := text.Trim(s); strings.ToUpper(t) {
		case "NIL", "NA", "BLANK":
			return t
		}
		return ""
	}
	return text.Trim(s)
}

func joinTold(parts ...string) string {
	n := 0
	only := ""
	for _, s := range parts {
		if s != "" {
			n++
			only = s
		}
	}
	if n == 1 {
		return only
	}
	var b strings.Builder
	for _, s := range parts {
		if s == "" {
			continue
		}
		if b.Len() > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(s)
	}
	return b.String()
}

func show(n casefold.Name) string {
	return n.Last + " | " + n.First + " | " + n.Middle + " | " + n.Suffix
}

// parser holds what one value's reading gathers.
type parser struct {
	trace    *text.Trace
	verbatim string
	asides   []string // what stood in quotes or parentheses, folded
	suffix   string   // a suffix that stood in an aside
}

func (p *parser) verdict(n casefold.Name, folded string) Verdict {
	switch {
	case n.Last == "" && n.First == "" && n.Middle == "":
		p.trace.Add("placeholder: nobody in particular", "")
		return Placeholder
	case hasDigits(folded):
		return Digits
	}
	return OK
}

// whole reads a folded whole name without asides.
func (p *parser) whole(s, order string) casefold.Name {
	if strings.Contains(s, "<<") { // the machine-readable zone of a passport
		s = strings.Replace(s, "<<", ",", 1)
		s = strings.ReplaceAll(s, "<", " ")
	}
	switch {
	case strings.IndexByte(s, ',') >= 0:
		return p.divided(s, ',', order)
	case strings.IndexByte(s, '/') >= 0:
		return p.divided(s, '/', order)
	case strings.IndexByte(s, '^') >= 0:
		return p.divided(s, '^', order)
	}
	var buf [maxWords]string
	return p.free(compounds(s, buf[:0]), order)
}

// divided reads LAST, FIRST MIDDLE SUFFIX; LAST/FIRST/MIDDLE; and a free name
// with only a suffix or degree behind the comma.
func (p *parser) divided(s string, sep byte, order string) casefold.Name {
	var lw, gw, pw [maxWords]string
	lasts, givens := lw[:0], gw[:0]
	suffix, given, behind := "", false, false
	for i := 0; ; i++ {
		part, rest, more := cutByte(s, sep)
		ws := words(part, pw[:0])
		switch {
		case i == 0:
			lasts = append(lasts, ws...)
		case len(ws) > 0 && onlySuffix(ws, &suffix, given):
			behind = true
		default:
			given = given || len(ws) > 0
			givens = append(givens, ws...)
		}
		if s = rest; !more {
			break
		}
	}
	if !given && len(lasts) > 1 && (behind || mostlyGiven(lasts[0])) { // JOHN SMITH, JR; JOHN SMITH,
		p.suffix = suffix
		return p.free(lasts, order)
	}
	n := p.build(lasts, givens, len(givens), suffix)
	if p.trace != nil {
		p.trace.Add("divided by "+string(sep)+": surname | first | middle | suffix", show(n))
	}
	return n
}

func cutByte(s string, sep byte) (before, after string, found bool) {
	if i := strings.IndexByte(s, sep); i >= 0 {
		return s[:i], s[i+1:], true
	}
	return s, "", false
}

// onlySuffix reports a part that holds a suffix or degrees and nothing else,
// and notes the suffix. JUNIOR and SENIOR are given names of their own unless
// another one is told.
func onlySuffix(ws []string, suffix *string, given bool) bool {
	found := ""
	for _, w := range ws {
		switch {
		case !given && (w == "JUNIOR" || w == "SENIOR"):
			return false
		case suffixOf(w) != "" && w != "V" || w == "V" && len(ws) == 1 && *suffix == "":
			found = suffixOf(w)
		case isDegree(w):
		default:
			return false
		}
	}
	if found != "" {
		*suffix = found
	}
	return true
}

// Suffix reads a column of suffixes: JR, SR, II, III, IV, V, or "".
func Suffix(value string) string {
	if text.IsFiller(value) {
		return ""
	}
	return suffixField(text.Upper(value))
}
