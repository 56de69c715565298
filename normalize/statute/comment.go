package statute

import (
	"strings"

	"github.com/casefold/casefold"
	"github.com/casefold/casefold/normalize/text"
)

// A CommentCharge is a charge found in free text.
type CommentCharge struct {
	casefold.Offense        // Origin is FromComment, Verbatim the piece it was read from
	Count            string // "01", "01-03", "BOTH", as told with it; "" not told
	marked           bool   // a mark such as CHRG- stands before it
}

// chargeMarks introduce a charge in a comment.
var chargeMarks = NewFinder("CHRG-", "CHRG:", "CHRG ", "CHRGS-", "CHRGS:", "CHG-", "CHG:", "CHARGE:", "CHARGE-", "CHARGE ", "CHARGES:", "CONV OF ", "CONVICTED OF ",
	"PLED TO ", "PLEAD TO ", "PLEADED TO ", "PLED GUILTY TO ", "PLEA TO ", "PLED NOLO TO ", "REDUCED TO ", "AMENDED TO ", "ADD CNT ", "LESSER OF ", "LIO ")

// notCharges begin the parts of a comment that hold numbers and no charge.
var notCharges = NewFinder("SEN-", "SEN:", "XSEN", "ADR-", "SCN-", "DCN-", "ATI-", "WARRANT NBR", "CRT #", "CRT#", "CASE #")

// pointsToComment reports whether a charge text only says that the charge
// stands in the comment.
func pointsToComment(s string) bool {
	u := text.Upper(s)
	return strings.Contains(u, "COMMENT") || strings.Contains(u, "SEE COM") || strings.HasPrefix(u, "SEE REMARK")
}

// InComment finds the charges that a comment names, in order. Sections that
// speak of procedure, sentence or relief (1203.4, 17(b), 1170.18, 290) are no
// charges. A section needs a mark such as CHRG- before it, or a code word at
// it: bare numbers in free text are amounts and dates.
func InComment(s string) []CommentCharge {
	if !strings.ContainsAny(s, "0123456789") {
		return nil
	}
	var r reader
	var out []CommentCharge
	for part := range CommentParts(r.fold(s)) {
		out = r.chargesIn(part, out)
	}
	return out
}

// chargesIn reads the charges of one part.
func (r *reader) chargesIn(piece string, out []CommentCharge) []CommentCharge {
	if at, _ := notCharges.Find(piece, 0); at == 0 || !strings.ContainsAny(piece, "0123456789") {
		return out
	}
	body := piece
	at, mark := chargeMarks.Find(piece, 0)
	marked := at >= 0
	if marked {
		body = piece[at+len(mark):]
	}
	for tries := 0; tries < maxItems && body != ""; tries++ {
		o, next := r.oneCharge(body, marked)
		if o.Parsed {
			o.Verbatim = strings.TrimSpace(piece)
			out = append(out, CommentCharge{Offense: o, Count: countIn(piece), marked: marked})
		}
		if next <= 0 || next >= len(body) {
			break
		}
		body = body[next:]
	}
	return out
}

// oneCharge reads the first charge of a body of text and says where to go on.
func (r *reader) oneCharge(body string, marked bool) (o casefold.Offense, next int) {
	r.read(body)
	if r.n == 0 {
		return o, 0
	}
	next = len(body)
	if r.stop < len(r.toks) {
		next = int(r.toks[r.stop].start)
	}
	explicit := false
	for i := 0; i < r.n; i++ {
		explicit = explicit || r.items[i].explicit()
	}
	if !explicit && (!marked || r.junk > 4) {
		return o, next
	}
	r.assignCodes("")
	for i := 0; i < r.n; i++ {
		r.resolve(&r.items[i], r.rest(r.stop))
	}
	if !r.believable() {
		return o, next
	}
	r.assemble(&o)
	if IsProcedure(o.Statute) {
		return casefold.Offense{}, next
	}
	if layer := layerInWords(&o, r.lead, ""); strength(layer) > strength(o.Inchoate) {
		o.Inchoate = layer
	}
	o.Level, o.Parsed, o.Origin = r.level, true, casefold.FromComment
	return o, next
}

// CountsIn are the counts that a folded text names, as told: CNT 1 gives "1",
// CNTS 1-3 gives "1-3", BOTH CNTS gives "BOTH".
func CountsIn(piece string) []string {
	if c := countIn(piece); c != "" {
		return []string{c}
	}
	return nil
}

func countIn(piece string) string {
	if strings.Contains(piece, "BOTH C") {
		return "BOTH"
	}
	for from := 0; from < len(piece); {
		at, mark := countMarks.Find(piece, from)
		if at < 0 {
			return ""
		}
		j := at + len(mark)
		k := j
		for k < len(piece) && (isDigit(piece[k]) || piece[k] == '-' && k > j && k+1 < len(piece) && isDigit(piece[k+1])) {
			k++
		}
		if k > j {
			return piece[j:k]
		}
		from = j
	}
	return ""
}

// countMarks stand before the number of a count.
var countMarks = NewFinder("CNTS ", "CNTS:", "CNT ", "CNT:", "CNT-", "COUNTS ", "COUNT ", "CTS ", "CT ", "CT:")

// joinCharges makes one charge of those a comment names: the first, with the
// others beside it.
func joinCharges(charges []CommentCharge) casefold.Offense {
	o := charges[0].Offense
	o.Also = append([]casefold.Statute(nil), o.Also...)
	for _, c := range charges[1:] {
		if c.Statute != o.Statute {
			o.Also = append(o.Also, c.Statute)
		}
	}
	return o
}

// IsProcedure reports whether a section names no crime but a step of procedure,
// a sentence, a registration or a relief.
func IsProcedure(s casefold.Statute) bool {
	n := s.Section
	switch s.Code {
	case "PC", "":
		switch n {
		case "17", "290", "296", "457.1", "654", "667", "849", "849.5", "851.8", "851.85", "851.86", "851.87", "851.90", "851.91", "851.93", "853.6", "859", "871", "977", "978.5", "987",
			"995", "999", "1000", "1000.1", "1000.2", "1000.3", "1000.4", "1001", "1001.36", "1001.80", "1001.95", "1008", "1016", "1018", "1098", "1099", "1100", "1118", "1118.1", "1181", "1185", "1188", "1191",
			"1192.5", "1192.7", "1202.4", "1202.45", "1209", "1210", "1210.1", "1213", "1214", "1237", "1261", "1269", "1275", "1367", "1368", "1369", "1370", "1372", "1377", "1378", "1381", "1382", "1385", "1473.7",
			"1538.5", "2900.5", "2933", "2933.1", "3000", "3000.08", "3056", "3060", "3081", "4019", "4852.01", "667.5", "236.14", "13151.1", "1524", "1531":
			return true
		}
		return strings.HasPrefix(n, "1203") || strings.HasPrefix(n, "1170")
	case "HS":
		return n == "11361.5" || n == "11361.7" || n == "11361.8" || n == "11361.9" || n == "11590" || n == "11591" || n == "11362.1" || n == "11362.5"
	case "WI":
		switch n {
		case "300", "601", "602", "602.3", "654", "654.2", "663", "707", "725", "727", "730", "777", "778", "781", "782", "786", "786.5", "788", "790", "793", "1731.5", "3051", "3151", "3200", "3201", "5150", "6600":
			return true
		}
	}
	return false
}
