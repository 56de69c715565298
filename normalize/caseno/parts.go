package caseno

// parts are what a number is made of.
type parts struct {
	prefix    string // letters of the case type or courthouse: CR, SCD, BA
	year      string // two digits, "" not told
	seq       string // sequence, leading zeros cut
	suffix    string // what else belongs to the key, "-" before each part
	defendant string
	rule      yearRule
}

// key writes the parts as they are compared.
func (p parts) key() string {
	if p.year != "" {
		return p.prefix + p.year + "-" + p.seq + p.suffix
	}
	return p.prefix + p.seq + p.suffix
}

func (p parts) why() string {
	switch p.rule {
	case yearApart:
		return "prefix, year, sequence: the year stands apart"
	case yearFirst2:
		return "prefix, year, sequence: the first two digits are the year"
	case yearFirst4:
		return "prefix, year, sequence: the first four digits are the year"
	}
	return "prefix, sequence"
}

// parts takes a number apart. before is the number before it in the field: of
// "CR94-1234/1235" the second has prefix and year of the first.
func (s Scheme) parts(n *number, before parts, mark string) parts {
	shape := s.shapeOf(n)
	var p parts
	i := p.head(n, shape)
	if stopWord(p.prefix) {
		p.prefix = ""
	}
	if n.n == 1 && p.year == "" && p.seq != "" && before.seq != "" && len(p.seq) == len(before.seq) && (before.prefix != "" || before.year != "") {
		switch {
		case before.year != "":
			p.prefix, p.year, p.rule = before.prefix, before.year, before.rule
		default:
			whole := number{n: 2}
			whole.groups[0] = group{text: before.prefix}
			whole.groups[1] = n.groups[0]
			p = parts{}
			p.head(&whole, nil)
		}
	}
	p.tail(n, i, shape, mark)
	return p
}

// head reads prefix, year and sequence and returns the first group behind them.
func (p *parts) head(n *number, shape *Shape) int {
	g := n.groups[:n.n]
	i := 0
	for i < len(g) && !g[i].digit { // letters in front
		p.prefix += g[i].text
		i++
	}
	if i == len(g) {
		return i
	}
	d := g[i].text
	// A year, then letters or a separator, then the sequence.
	first := d
	for len(first) > 2 && first[0] == '0' {
		first = first[1:] // 003F01234 is 03F01234 with a zero too many
	}
	if year, ok := yearOf(first); ok && shape.yearRule() != yearNone {
		j := i + 1
		letters := ""
		for j < len(g) && !g[j].digit && len(g[j].text) <= 4 && letters == "" {
			letters = g[j].text
			j++
		}
		if j < len(g) && g[j].digit && len(g[j].text) <= 7 && (len(g[j].text) >= 3 || g[j].sep != 0) {
			p.prefix += letters
			p.year, p.seq, p.rule = year, trimZeros(g[j].text), yearApart
			return j + 1
		}
	}
	if len(d) > 9 {
		d = trimZeros(d)
	}
	rule := shape.yearRule()
	if rule == yearUnknown {
		rule = showsYear(p.prefix, d)
	}
	switch {
	case rule == yearFirst2 && len(d) >= 5:
		p.year, p.seq, p.rule = d[:2], trimZeros(d[2:]), yearFirst2
	case rule == yearFirst4 && len(d) >= 7 && isYear4(d[:4]):
		p.year, p.seq, p.rule = d[2:4], trimZeros(d[4:]), yearFirst4
	default:
		p.seq = trimZeros(d)
	}
	return i + 1
}

// yearOf reads a group as a year that stands apart: 94, 1994.
func yearOf(d string) (string, bool) {
	switch {
	case len(d) == 2:
		return d, true
	case isYear4(d):
		return d[2:], true
	}
	return "", false
}

// showsYear finds a year inside a run of digits where the writing alone shows
// it: letters and seven digits or more (CR9401234, RIF1200123), or the letters
// of a case type and six digits that begin with a year of the last century,
// which no running number under such letters reaches (CR941234).
func showsYear(prefix, d string) yearRule {
	switch {
	case prefix == "" || len(d) < 6 || len(d) > 9 || trimZeros(d[2:]) == "0":
		return yearNone
	case len(d) >= 7 && (d[0] >= '6' || d[0] <= '2'):
		return yearFirst2
	case len(d) == 6 && d[0] >= '6' && caseType(prefix):
		return yearFirst2
	}
	return yearNone
}

// caseType reports whether letters name the kind of a case and not a courthouse:
// criminal, felony, misdemeanor, traffic.
func caseType(prefix string) bool {
	switch prefix {
	case "CR", "CRF", "CRM", "CF", "CM", "FE", "MI", "FEL", "MIS", "SCR", "MCR", "CRI", "CRIM", "TR", "CRTR", "NCR":
		return true
	}
	return false
}

// tail reads what stands behind the sequence: the defendant's mark, or more of
// the key. Marks stand last; where two do (01-B), both are the mark.
func (p *parts) tail(n *number, i int, shape *Shape, mark string) {
	g := n.groups[i:n.n]
	last := len(g)
	for last > 0 && (g[last-1].def || last >= 2 && g[last-2].def || p.isMark(g[last-1], shape, mark)) {
		last--
	}
	if last < len(g) && last >= 2 && g[last-2].text == "D" && g[last-1].digit && len(g[last-1].text) <= 2 {
		g[last-2].def = true // 100D0 and the column's mark: D0 is a mark itself, once nothing stands behind it
		last -= 2
	}
	for _, part := range g[:last] {
		switch {
		case part.sep == 0:
			p.suffix += part.text
		default:
			p.suffix += "-" + part.text
		}
	}
	for _, part := range g[last:] {
		switch {
		case part.def:
		case p.defendant == "":
			p.defendant = ordinal(part.text)
		default:
			p.defendant += "-" + ordinal(part.text)
		}
	}
}

// isMark decides whether the last group is the defendant's mark: a single
// letter or two digits that stand apart. A letter that is joined, or a single
// digit, is one where the scheme or the column says so, and behind a number that
// tells its year, whose sequence is complete without it (A to E only: F and M
// are felony and misdemeanor in some courts).
func (p *parts) isMark(g group, shape *Shape, mark string) bool {
	if mark != "" && ordinal(g.text) == mark {
		return true
	}
	if shape != nil && shape.Defendant != "" {
		return shape.Defendant != MarkNone && g.digit == (shape.Defendant == MarkDigits) && len(g.text) <= 3
	}
	switch {
	case g.sep == 0:
		return !g.digit && len(g.text) == 1 && g.text <= "E" && p.year != "" && p.prefix != ""
	case !g.digit:
		return len(g.text) == 1
	case len(g.text) == 1:
		return p.year != "" && p.prefix != "" && g.text != "0"
	}
	return len(g.text) == 2 && g.text < "50" && g.text != "00" || len(g.text) == 3 && g.text[0] == '0' && g.text != "000"
}
