package outcome

import (
	"github.com/casefold/casefold"
	"github.com/casefold/casefold/normalize/text"
)

// Disposition reads the outcome of a count from its text, and from its code
// where no text stands. Later events told in the same text come back beside it,
// undated. A text that tells a later event only has no status.
func Disposition(s, code string) (casefold.Disposition, []casefold.Relief) {
	return disposition(s, code, nil)
}

// ExplainDisposition is Disposition with the rules that fired.
func ExplainDisposition(s, code string) (casefold.Disposition, []casefold.Relief, []text.Step) {
	var t text.Trace
	d, r := disposition(s, code, &t)
	return d, r, t.Steps
}

func disposition(s, code string, t *text.Trace) (casefold.Disposition, []casefold.Relief) {
	d := casefold.Disposition{Verbatim: text.Trim(s), Code: text.Trim(code)}
	told := s
	folded := fold(told)
	if folded == "" {
		told = code
		folded = fold(told)
	}
	if folded == "" {
		t.Add("nothing told", "")
		return d, nil
	}
	if status, ok := coded(told); ok {
		t.Add("code of a named system", string(status))
		d.Status = status
		return d, finished(status)
	}
	t.Change("fold to upper case, one blank", s, folded)
	a := analyse(folded, t)
	defer a.done()
	relief := a.relief(folded, false)
	d.Status = a.status(relief)
	if d.Status == casefold.Unrecognized && a.onlySentence(folded) {
		d.Status = casefold.Convicted
		t.Add("a sentence in place of the outcome", folded)
	}
	t.Add("status", string(d.Status))
	return d, relief
}

// onlySentence reports whether a text that names no outcome tells a sentence and
// nothing else: 90 DAYS JAIL, PROBATION 36 MONTHS, TIME SERVED. A kind without its
// length may be where somebody was held.
func (a *analysis) onlySentence(folded string) bool {
	if a.n > 0 {
		return false
	}
	s := scanner{split: true}
	s.scan(folded)
	s.look(phrases())
	for i := 0; i < s.n; i++ {
		if w := s.word(i); isDigit(w[0]) || sentenceUnit(w) {
			continue
		}
		if m, ok := phrases().match(&s, i); !ok || m.class != cNeutral {
			return false
		}
	}
	for _, p := range sentence(folded, nil) {
		switch p.Kind {
		case casefold.TimeServed:
			return true
		case casefold.Jail, casefold.PrisonTerm, casefold.CountyPrison, casefold.ProbationTerm, casefold.Fine, casefold.MandatorySup:
			if p.Length > 0 {
				return true
			}
		}
	}
	return false
}

func sentenceUnit(w string) bool {
	switch w {
	case "D", "DAY", "DAYS", "DYS", "M", "MO", "MOS", "MONTH", "MONTHS", "Y", "YR", "YRS", "YEAR", "YEARS", "SERVED", "TIME", "CREDIT":
		return true
	}
	return false
}

// finished is the event that a completed diversion is.
func finished(s casefold.DispositionStatus) []casefold.Relief {
	if s == casefold.DiversionDone {
		return []casefold.Relief{{Kind: casefold.DiversionFinished}}
	}
	return nil
}

// status decides the outcome of a count from the phrases, and from the relief
// already found in them.
func (a *analysis) status(relief []casefold.Relief) casefold.DispositionStatus {
	if a.lead > 0 || a.scanner.n == 0 {
		if a.lead > 0 && len(relief) > 0 && !a.has(cStatus, "") {
			return casefold.NoDisposition
		}
		return casefold.Unrecognized
	}
	found := casefold.NoDisposition
	seen, none := false, false
	for i := 0; i < a.n; i++ {
		m := a.atoms[i]
		switch m.class {
		case cNot:
			return casefold.Unrecognized
		case cStatus:
			if m.value == "none" {
				none = true
				continue
			}
			next := casefold.DispositionStatus(m.value)
			if next == casefold.Pending && a.has(cDeny, "") && a.has(cLaw, "") {
				continue // a petition for relief was filed, not the charge
			}
			if !seen {
				found, seen = next, true
				continue
			}
			both, ok := combine(found, next)
			if !ok {
				if !presupposes(relief) {
					return casefold.Unrecognized
				}
				both = casefold.Convicted // and the conviction was dismissed later
			}
			found = both
		}
	}
	switch {
	case !seen && (none || len(relief) > 0):
		return casefold.NoDisposition
	case !seen:
		return casefold.Unrecognized
	case found == casefold.DispDismissed && presupposes(relief), found == casefold.Transferred && moved(relief):
		return casefold.NoDisposition // a conviction was dismissed, not a count; probation moved, not the case
	}
	return found
}

// combine is what two outcomes in one text mean together. A conviction beside
// something that is none is a contradiction.
func combine(a, b casefold.DispositionStatus) (casefold.DispositionStatus, bool) {
	if a == b {
		return a, true
	}
	if rank(b) > rank(a) {
		a, b = b, a
	}
	if b == casefold.Convicted || a == casefold.Convicted {
		// Diversion, a warrant or a transfer before the conviction are steps on
		// the way to it; a dismissal or acquittal beside it are not.
		switch other(a, b, casefold.Convicted) {
		case casefold.Pending:
			return casefold.Convicted, true
		}
		return "", false
	}
	return a, true
}

func other(a, b, known casefold.DispositionStatus) casefold.DispositionStatus {
	if a == known {
		return b
	}
	return a
}

// rank orders the outcomes that are no convictions by how much they say: that a
// count was refiled says more than that it was dismissed.
func rank(s casefold.DispositionStatus) int {
	switch s {
	case casefold.Abated, casefold.NotGuiltyInsane:
		return 9
	case casefold.Combined, casefold.Refiled, casefold.AsRevocation:
		return 8
	case casefold.DiversionDone:
		return 7
	case casefold.JuvenileTransfer, casefold.JuvenileSustained, casefold.Transferred:
		return 6
	case casefold.Exonerated, casefold.DetentionOnly:
		return 5
	case casefold.Acquitted:
		return 4
	case casefold.DispDismissed, casefold.Declined:
		return 3
	case casefold.Released, casefold.DiversionOpen:
		return 2
	case casefold.Pending:
		return 1
	}
	return 0
}

// presupposes reports whether any of the events can only befall a conviction.
func presupposes(relief []casefold.Relief) bool {
	for _, r := range relief {
		if ProvesConviction(r.Kind) {
			return true
		}
	}
	return false
}

// moved reports whether the supervision was transferred to another county.
func moved(relief []casefold.Relief) bool {
	for _, r := range relief {
		if r.Kind == casefold.SupervisionMoved {
			return true
		}
	}
	return false
}

// ProvesConviction reports whether an event of this kind can only have befallen
// a conviction, so that a row that tells nothing else still witnesses one.
func ProvesConviction(k casefold.ReliefKind) bool {
	switch k {
	case casefold.ReliefProp64, casefold.ReliefProp47, casefold.Relief17b, casefold.ReliefReduced, casefold.Relief12034, casefold.Relief12034a,
		casefold.Relief120341, casefold.Relief120342, casefold.Relief1203425, casefold.Relief120349, casefold.Reversed, casefold.Vacated,
		casefold.Dismissed1385, casefold.DismissedUnknown, casefold.Resentenced, casefold.ReliefOtherLaw, casefold.Revoked, casefold.SupervisionEnded, casefold.SupervisionMoved:
		return true
	}
	return false
}
