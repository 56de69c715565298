package caseno

import (
	"strconv"
	"strings"

	"github.com/casefold/casefold"
	"github.com/casefold/casefold/normalize/text"
)

// Parse reads the case numbers of a field by what the writing itself shows.
// court gives their family; defendant is the mark in a column of its own, "" if
// there is none. Fillers give no number. The order is that of the field, and no
// key comes twice.
func Parse(verbatim string, court casefold.Agency, defendant string) []casefold.CaseNumber {
	return Scheme{}.Parse(verbatim, court, defendant)
}

// Explain is Parse with the rules that fired.
func Explain(verbatim string, court casefold.Agency, defendant string) ([]casefold.CaseNumber, []text.Step) {
	var t text.Trace
	numbers := Scheme{}.parse(verbatim, court, defendant, &t)
	return numbers, t.Steps
}

// Parse reads the case numbers of a field as the scheme has learned them.
func (s Scheme) Parse(verbatim string, court casefold.Agency, defendant string) []casefold.CaseNumber {
	return s.parse(verbatim, court, defendant, nil)
}

func (s Scheme) parse(verbatim string, court casefold.Agency, defendant string, t *text.Trace) []casefold.CaseNumber {
	folded := fold(verbatim)
	if folded == "" {
		t.Add("no number: blank or a filler", "")
		return nil
	}
	t.Change("fold to upper case, one blank", verbatim, folded)
	var sp splitter
	sp.numbers = sp.buf[:0]
	numbers := sp.split(folded)
	family := court.CourtFamily()
	mark := Mark(defendant)
	var out []casefold.CaseNumber
	var before parts
	for i := range numbers {
		n := &numbers[i]
		if n.filler() {
			t.Add("no number: only zeros, nines or letters", folded[n.start:n.end])
			continue
		}
		p := s.parts(n, before, mark)
		if p.seq == "" || p.seq == "0" && p.year == "" || p.prefix+p.year+p.suffix == "" && len(p.seq) >= 4 && strings.Trim(p.seq, "9") == "" {
			t.Add("no number: its sequence is zero or nines", folded[n.start:n.end])
			continue
		}
		if key := p.key(); keyGroups(key) > maxKeyGroups || strings.Trim(digitsOf(key), "0") == "" {
			t.Add("no number: too many parts, or only zeros", folded[n.start:n.end])
			continue
		}
		before = p
		c := casefold.CaseNumber{Verbatim: verbatimOf(verbatim, folded, n, len(numbers)), Family: family, Key: p.key(), Defendant: p.defendant}
		if mark != "" {
			c.Defendant = mark
		}
		if t != nil {
			t.Add("shape", string(n.pattern(nil)))
			t.Add(p.why(), c.Key)
			if c.Defendant != "" {
				t.Add("defendant", c.Defendant)
			}
		}
		if !contains(out, c) {
			out = append(out, c)
		}
	}
	return out
}

// verbatimOf is the piece of the field that a number was read from; the whole
// field, trimmed, where it is the only one.
func verbatimOf(verbatim, folded string, n *number, count int) string {
	verbatim = text.Trim(verbatim)
	if count == 1 {
		return verbatim
	}
	if len(verbatim) == len(folded) { // folding moved nothing
		return verbatim[n.start:n.end]
	}
	return folded[n.start:n.end]
}

func contains(have []casefold.CaseNumber, c casefold.CaseNumber) bool {
	for _, h := range have {
		if h.Key == c.Key && h.Defendant == c.Defendant {
			return true
		}
	}
	return false
}

// Mark normalizes a defendant's mark, so that marks written in different ways
// compare: the words DEF and DEFENDANT and leading zeros cut, a single letter as
// its place in the alphabet. "001", "A" and "Def. A" are "1".
func Mark(s string) string {
	if text.IsFiller(s) {
		return ""
	}
	b := make([]byte, 0, 8)
	u := text.Upper(s)
	for _, w := range []string{"DEFENDANT", "DEFT", "DEFN", "DEF", "DFT", "NO", "#"} {
		u = strings.TrimLeft(strings.TrimPrefix(u, w), " .#:-")
	}
	for i := 0; i < len(u); i++ {
		if isDigit(u[i]) || isLetter(u[i]) {
			b = append(b, u[i])
		}
	}
	if len(b) > 1 && b[0] == 'D' && allDigits(string(b[1:])) {
		b = b[1:] // D02
	}
	return ordinal(string(b))
}

// ordinal is the number of a mark: letters count from A, for the first defendant
// is A in one system and 1 or 01 in the next.
func ordinal(s string) string {
	if len(s) == 1 && isLetter(s[0]) {
		return strconv.Itoa(int(s[0]-'A') + 1)
	}
	return trimZeros(s)
}

func allDigits(s string) bool {
	for i := range len(s) {
		if !isDigit(s[i]) {
			return false
		}
	}
	return s != ""
}

func trimZeros(s string) string {
	t := strings.TrimLeft(s, "0")
	if t == "" && s != "" {
		return "0"
	}
	return t
}
