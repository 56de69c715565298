package outcome

import (
	"strings"

	"github.com/casefold/casefold"
	"github.com/casefold/casefold/normalize/text"
)

// Relief reads the later events of a text that stands in a column for them; each
// gets the date. There a bare DISMISSED is the dismissal of a conviction. A
// petition that was filed, is pending or was denied is no relief.
func Relief(s string, date casefold.Date) []casefold.Relief {
	return readRelief(s, true, date, nil)
}

// ExplainRelief is Relief with the rules that fired.
func ExplainRelief(s string, date casefold.Date) ([]casefold.Relief, []text.Step) {
	var t text.Trace
	r := readRelief(s, true, date, &t)
	return r, t.Steps
}

// readRelief finds the later events of a text; column says that it stands in a
// column for them.
func readRelief(s string, column bool, date casefold.Date, t *text.Trace) []casefold.Relief {
	folded := fold(s)
	if folded == "" {
		return nil
	}
	a := analyse(folded, t)
	defer a.done()
	out := a.relief(folded, column)
	for i := range out {
		out[i].Date = date
		t.Add("event", string(out[i].Kind))
	}
	return out
}

// lawKinds are the kinds of relief by the section or name that grants them.
var lawKinds = map[string]casefold.ReliefKind{
	"1203.4": casefold.Relief12034, "1203.4a": casefold.Relief12034a, "1203.41": casefold.Relief120341, "1203.42": casefold.Relief120342,
	"1203.43": casefold.Relief120343, "1203.425": casefold.Relief1203425, "1203.49": casefold.Relief120349,
	"1170.18": casefold.ReliefProp47, "11361.8": casefold.ReliefProp64, "17(b)": casefold.Relief17b, "851.8": casefold.SealedInnocent,
	"sealing": casefold.Sealed, "11361.5": casefold.Destroyed, "other": casefold.ReliefOtherLaw, "1473.7": casefold.Vacated,
}

// relief draws the later events from the phrases. column says that the text
// stands in a column for later events.
func (a *analysis) relief(folded string, column bool) []casefold.Relief {
	if a.has(cDeny, "") || a.has(cNot, "") {
		return nil
	}
	var f reliefFinder
	f.a, f.column = a, column
	f.laws()
	f.events()
	for i := range f.out {
		f.out[i].Verbatim = strings.Clone(folded)
	}
	return f.out
}

// A reliefFinder collects the events of one analysis.
type reliefFinder struct {
	a      *analysis
	column bool
	law    bool // a law of relief is named
	out    []casefold.Relief
}

func (f *reliefFinder) add(k casefold.ReliefKind, law string) {
	for _, have := range f.out {
		if have.Kind == k {
			return
		}
	}
	r := casefold.Relief{Kind: k, Law: law}
	switch k {
	case casefold.Relief17b, casefold.ReliefReduced, casefold.ReliefProp47, casefold.ReliefProp64, casefold.Resentenced:
		if f.a.has(cEvent, "reduced") || k == casefold.Relief17b || f.a.has(cEvent, "resentenced") {
			r.ToLevel = f.a.level()
		}
		if r.ToLevel == "" && k == casefold.Relief17b {
			r.ToLevel = casefold.Misdemeanor
		}
	}
	f.out = append(f.out, r)
}

// laws adds the events that a named law tells.
func (f *reliefFinder) laws() {
	for i := 0; i < f.a.n; i++ {
		m := f.a.atoms[i]
		if m.class != cLaw {
			continue
		}
		word := f.section(m)
		switch m.value {
		case "1203.3":
			f.supervision(word)
		case "1203.2":
			if !f.a.has(cStatus, "revocation") {
				f.add(casefold.Revoked, word)
			}
		case "1203.9":
			f.add(casefold.SupervisionMoved, word)
		case "other":
			// 1210.1 and 1170.9 are sentences too; only their end is relief.
			if f.column || f.a.has(cStatus, "dismissed") || f.a.has(cEvent, "") {
				f.law = true
				f.add(casefold.ReliefOtherLaw, word)
			}
		default:
			f.law = true
			f.add(lawKinds[m.value], word)
		}
	}
}

// section is the law of an atom as reports print it: the section's number
// ("1203.4a", "17(b)"), or the name by which it was told (PROP 64).
func (f *reliefFinder) section(m atom) string {
	if m.value == "17(b)" {
		return m.value
	}
	for i := m.from; i < m.to && f.a.word(m.from) != "AB"; i++ {
		if w := f.a.word(i); len(w) >= 3 && isDigit(w[0]) {
			return strings.ToLower(w)
		}
	}
	return strings.Clone(f.a.src[f.a.start[m.from]:f.a.end[m.to-1]])
}

// supervision reads 1203.3, under which probation is revoked, changed or ended.
func (f *reliefFinder) supervision(word string) {
	switch {
	case f.a.has(cEvent, "revoked"):
		f.add(casefold.Revoked, word)
	case f.a.has(cEvent, "modified"):
		f.add(casefold.SentenceModified, word)
	default:
		f.add(casefold.SupervisionEnded, word)
	}
}

// events adds what the words tell without naming a law, unless the law named
// already tells it.
func (f *reliefFinder) events() {
	for i := 0; i < f.a.n; i++ {
		m := f.a.atoms[i]
		switch {
		case m.class == cEvent:
			f.event(m.value)
		case m.class == cStatus && m.value == "dismissed":
			f.dismissal()
		case m.class == cStatus && m.value == "diverted":
			f.add(casefold.DiversionFinished, "")
		case m.class == cStatus && m.value == "exonerated" && f.column:
			f.add(casefold.SealedInnocent, "")
		}
	}
}

func (f *reliefFinder) event(value string) {
	switch value {
	case "set_aside", "post_conviction":
		if !f.law {
			f.setAside()
		}
	case "reduced":
		if !f.law && f.a.level() != "" && f.a.level() != casefold.Felony {
			f.add(casefold.ReliefReduced, "")
		}
	case "resentenced":
		if !f.law {
			f.add(casefold.Resentenced, "")
		}
	case "modified":
		f.add(casefold.SentenceModified, "")
	case "reversed":
		f.add(casefold.Reversed, "")
	case "vacated":
		if !f.law {
			f.add(casefold.Vacated, "")
		}
	case "sealed":
		if !f.law {
			f.add(casefold.Sealed, "")
		}
	case "destroyed":
		if !f.law {
			f.add(casefold.Destroyed, "")
		}
	case "revoked":
		f.add(casefold.Revoked, "")
	case "ended_early":
		f.add(casefold.SupervisionEnded, "")
	case "moved":
		f.add(casefold.SupervisionMoved, "")
	}
}

// setAside is the dismissal of a conviction whose law is not told, or is 1385.
func (f *reliefFinder) setAside() {
	if f.names1385() {
		f.add(casefold.Dismissed1385, "1385")
		return
	}
	f.add(casefold.DismissedUnknown, "")
}

// dismissal is relief only in a column of relief; elsewhere it is the outcome
// of a count.
func (f *reliefFinder) dismissal() {
	if f.law || !f.column {
		return
	}
	f.setAside()
}

func (f *reliefFinder) names1385() bool {
	return strings.Contains(f.a.src, "1385") || strings.Contains(f.a.src, "FURTHERANCE") || strings.Contains(f.a.src, "INTEREST OF JUSTICE")
}
