package outcome

import (
	"strings"

	"github.com/casefold/casefold"
	"github.com/casefold/casefold/normalize/caseno"
	"github.com/casefold/casefold/normalize/statute"
	"github.com/casefold/casefold/normalize/text"
)

// CommentFacts are what a comment tells beside the row's own columns. All of it
// is low confidence: a person looks at what decides.
type CommentFacts struct {
	Charges  []statute.CommentCharge // Origin comment
	Relief   []casefold.Relief       // undated
	Sentence []casefold.SentencePart
	// Counts are the counts that the comment speaks of: "1", "1-3", "BOTH", in
	// order; none told means the row's own.
	Counts   []string
	Related  []casefold.CaseNumber // numbers of other cases: consolidated, refiled, transferred
	Bookings []string              // warrant, citation and scan numbers are no cases; WARRANT NBR A-400000
	Warrant  bool                  // a warrant is spoken of
}

// Comment reads a comment: parts divided by semicolons and by the marks of
// printed rap sheets (COM:, CHRG-, SEN-, XSEN:, ADR-, SCN-, DCN-, ATI-).
func Comment(s string) CommentFacts { return comment(s, nil) }

// ExplainComment is Comment with the rules that fired.
func ExplainComment(s string) (CommentFacts, []text.Step) {
	var t text.Trace
	f := comment(s, &t)
	return f, t.Steps
}

func comment(s string, t *text.Trace) CommentFacts {
	var f CommentFacts
	folded := fold(s)
	if folded == "" {
		return f
	}
	f.Charges = statute.InComment(s)
	for _, c := range f.Charges {
		t.Add("charge", c.Statute.String())
		f.count(c.Count)
	}
	for piece := range statute.CommentParts(folded) {
		f.piece(piece, t)
	}
	return f
}

// piece reads one part.
func (f *CommentFacts) piece(p string, t *text.Trace) {
	p = strings.TrimSpace(strings.TrimPrefix(p, "COM:"))
	switch at, mark := partMarks.Find(p, 0); {
	case at != 0:
	case strings.HasPrefix(mark, "SEN"), strings.HasPrefix(mark, "XSEN"):
		rest := p[len(mark):]
		if parts := sentence(rest, nil); len(parts) > 0 && parts[0].Kind != casefold.OtherSentence || len(parts) > 1 {
			f.Sentence = append(f.Sentence, parts...)
			t.Add("sentence", rest)
		}
		return
	case mark == "WARRANT NBR":
		f.Warrant = true
		f.Bookings = append(f.Bookings, caseno.Booking(firstField(p[len(mark):]))...)
		t.Add("warrant", p[len(mark):])
		f.countsIn(p)
		return
	default:
		return // an address, a scan number; charges are read by statute.InComment
	}
	f.Warrant = f.Warrant || strings.Contains(p, "WARRANT")
	f.related(p, t)
	f.countsIn(p)
	for _, one := range readRelief(p, false, casefold.Date{}, nil) {
		f.event(one)
		t.Add("later event", string(one.Kind))
	}
}

// event adds a later event; one of its kind that names its law is told better.
func (f *CommentFacts) event(r casefold.Relief) {
	for i := range f.Relief {
		if f.Relief[i].Kind == r.Kind {
			if f.Relief[i].Law == "" {
				f.Relief[i] = r
			}
			return
		}
	}
	f.Relief = append(f.Relief, r)
}

// Related are the numbers of other cases that a disposition or a text of relief
// names: CONSOLIDATED INTO 04F13002, TRANSFERRED TO YOLO CASE 06-4242.
func Related(s string) []casefold.CaseNumber {
	folded := fold(s)
	if !strings.ContainsAny(folded, "0123456789") {
		return nil
	}
	var f CommentFacts
	f.related(folded, nil)
	return f.Related
}

// relations are the words before the number of another case.
var relations = statute.NewFinder("CONSOLIDATED IN ", "CONSOL INTO", "CONSOL WITH", "CONS INTO", "CONS WITH", "COMBINED INTO", "FILED UNDER", "CONSOLIDATED UNDER", "JOINED WITH", "MERGED INTO", "MERGED WITH", "REFILED IN", "REFILED:", "REFILED -", "REFILED TO", "SUPERSEDED BY", "YOLO CASE", "CO CASE", "COUNTY CASE", "IN CASE", "UNDER CASE", "AS CASE", "CONSOLIDATED WITH", "CONSOLIDATED INTO", "CONSOL W/", "CONSOLIDATED W/", "COMBINED WITH", "REFILED AS", "REFILED UNDER", "REFILED FROM", "FORMERLY", "TRANSFERRED FROM", "TRANSFERRED TO", "TRANSFER FROM",
	"TRANSFER TO", "ORIG CASE", "ORIGINAL CASE", "OLD CASE", "NEW CASE", "RELATED CASE", "SEE CASE", "CRT CASE", "CRT #", "CRT#", "CASE #", "CASE NO", "AKA CASE", "XFER FROM", "XFER TO", "1203.9 FROM", "1203.9 TO")

// partMarks begin the parts of a comment that are no free text.
var partMarks = statute.NewFinder("SEN-", "SEN:", "XSEN:", "XSEN-", "WARRANT NBR", "ADR-", "SCN-", "DCN-", "ATI-", "CHRG-", "CHRG:")

// related finds the numbers of other cases.
func (f *CommentFacts) related(p string, t *text.Trace) {
	for from := 0; ; {
		at, words := relations.Find(p, from)
		if at < 0 {
			return
		}
		from = at + len(words)
		for _, n := range caseno.Parse(numberAfter(p[from:]), casefold.Agency{}, "") {
			known := ofRelief(n.Key)
			for _, have := range f.Related {
				known = known || have.Key == n.Key
			}
			if !known {
				f.Related = append(f.Related, n)
				t.Add("other case", n.Key)
			}
		}
	}
}

// ofRelief reports whether what stands behind the word of a relation is the
// section of a law of relief or supervision: TRANSFERRED TO YOLO PER 1203.9 PC.
func ofRelief(key string) bool {
	key = strings.TrimPrefix(strings.TrimPrefix(key, "PER"), "PC")
	for _, section := range [...]string{"1203-", "1170-", "11361-", "1000-", "1001-", "1210-"} {
		if strings.HasPrefix(key, section) {
			return true
		}
	}
	return key == "1000" || key == "1203" || key == "1385"
}

// numberAfter is the text from the first word that holds a digit to the next
// word that holds none and is longer than a case-type prefix.
func numberAfter(s string) string {
	start := -1
	fields := strings.Fields(strings.ReplaceAll(s, "#", " "))
	end := 0
	for i, w := range fields {
		digit := strings.ContainsAny(w, "0123456789")
		switch {
		case start < 0 && digit:
			start, end = i, i+1
			if i > 0 && len(fields[i-1]) <= 3 && strings.Trim(fields[i-1], "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == "" && fields[i-1] != "NO" && fields[i-1] != "CO" && fields[i-1] != "NBR" {
				start = i - 1
			}
		case start >= 0 && (digit || w == "&" || w == "AND"):
			end = i + 1
		case start >= 0:
			return strings.Join(fields[start:end], " ")
		}
	}
	if start < 0 {
		return ""
	}
	return strings.Join(fields[start:end], " ")
}

func firstField(s string) string {
	for _, w := range strings.Fields(s) {
		if strings.ContainsAny(w, "0123456789") {
			return w
		}
	}
	return ""
}

func (f *CommentFacts) count(c string) {
	first, last, isRange := strings.Cut(c, "-")
	if c = strings.TrimLeft(first, "0"); isRange {
		c += "-" + strings.TrimLeft(last, "0")
	}
	if c == "" {
		return
	}
	for _, have := range f.Counts {
		if have == c {
			return
		}
	}
	f.Counts = append(f.Counts, c)
}

// countsIn finds the counts that a part names.
func (f *CommentFacts) countsIn(p string) {
	if strings.Contains(p, "BOTH C") {
		f.count("BOTH")
	}
	if strings.Contains(p, "ALL C") && (strings.Contains(p, "ALL CNT") || strings.Contains(p, "ALL COUNT") || strings.Contains(p, "ALL CTS")) {
		f.count("ALL")
	}
	for _, c := range statute.CountsIn(p) {
		f.count(c)
	}
}
