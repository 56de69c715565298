package synth

import (
	"strings"

	"github.com/casefold/casefold"
)

// A kinship is how a person resembles the person one index before.
type kinship int

const (
	noKin kinship = iota
	twin
	fatherAndSon // the later index is the son, of the same name
	namesake     // a stranger of the same name, born within 400 days
	sibling
)

// An identity is who a person is. It never changes; what agencies are told does.
type identity struct {
	index   int
	woman   bool
	group   people
	race    byte // as told to agencies: W B H A O
	birth   casefold.Day
	first   string
	middle  string
	last    []string // surname words: "DE LA CRUZ" is three; paternal before maternal
	parted  int      // words of the paternal surname, 0 where there is one surname only
	suffix  string
	nick    string
	married casefold.Day // from here on she is called marriedTo
	newName []string     // surname by marriage, joined to her own where hyphenated
	alias   [2]string    // last, first: the invented name the person uses
	lie     casefold.Day // the birth date the person gives with the alias
	kin     kinship
	other   int // index of the person resembled, -1 if none

	cii, cii2, fbi, ssn, cdl, idCard string
	birthPlace                       string
	height, weight                   int // inches, pounds
	eye, hair                        string
	home                             []home
}

// A home is where a person lives from a day on.
type home struct {
	from           casefold.Day
	number, street string
	unit           string
	place          place
	phone          string
}

// base is the index of the person whom i resembles, and how. Only persons of
// odd index resemble their even neighbour, so that nobody resembles a copy.
func (w *world) base(i int) (int, kinship) {
	if i%2 == 0 {
		return -1, noKin
	}
	r := newStream(w.opts.Seed, topicKin, i)
	x := r.float()
	for _, k := range []struct {
		kin  kinship
		rate float64
	}{{twin, w.opts.Rates.Twins}, {fatherAndSon, w.opts.Rates.FatherSon}, {namesake, w.opts.Rates.Namesakes}, {sibling, w.opts.Rates.Siblings}} {
		if x < k.rate {
			return i - 1, k.kin
		}
		x -= k.rate
	}
	return -1, noKin
}

// resembles is the kinship of an even person to the odd neighbour after.
func (w *world) resembles(i int) kinship {
	if i%2 == 0 && i+1 < w.opts.People {
		_, k := w.base(i + 1)
		return k
	}
	return noKin
}

// identity is who the person of that index is: a function of seed, rates and
// index.
func (w *world) identity(i int) *identity {
	p := w.plainIdentity(i)
	other, kin := w.base(i)
	if kin == noKin {
		if w.resembles(i) == fatherAndSon {
			w.makeFather(p)
		}
		return p
	}
	q := w.identity(other)
	p.kin, p.other = kin, other
	p.group, p.race = q.group, q.race
	p.last, p.parted = q.last, q.parted
	switch kin {
	case twin:
		w.makeTwin(p, q)
	case fatherAndSon:
		w.makeSon(p, q)
	case namesake:
		w.makeNamesake(p, q)
	case sibling:
		w.makeSibling(p, q)
	}
	return p
}

// makeFather sees to it that an even person can have a son of his name.
func (w *world) makeFather(p *identity) {
	r := newStream(w.opts.Seed, topicKin, p.index)
	if p.woman {
		p.woman = false
		p.first, p.middle = w.givenName(&r, p), w.middleName(&r, p)
		p.married, p.newName = 0, nil
	}
	if y := p.birth.Year(); y > 1968 {
		p.birth = casefold.MakeDay(1935+y%33, p.birth.Month(), min(p.birth.DayOfMonth(), 28))
	}
	p.suffix = "SR"
}

func (w *world) makeTwin(p, q *identity) {
	r := newStream(w.opts.Seed, topicKin, p.index).fork(1)
	p.birth, p.home, p.birthPlace = q.birth, append([]home{}, q.home...), q.birthPlace
	if r.chance(.75) {
		p.woman = q.woman
	}
	p.married, p.newName = 0, nil
	p.first = w.givenName(&r, p)
	if r.chance(.4) { // twins are often named alike: MARIA and MARIO, JAYDEN and JAYLEN
		for range 40 {
			if p.first[0] == q.first[0] && p.first != q.first {
				break
			}
			p.first = w.givenName(&r, p)
		}
	}
	for p.first == q.first {
		p.first = w.givenName(&r, p)
	}
	p.middle = w.middleName(&r, p)
	p.nick = w.nickname(&r, p.first)
	p.height, p.eye, p.hair = q.height, q.eye, q.hair
}

func (w *world) makeSon(p, q *identity) {
	r := newStream(w.opts.Seed, topicKin, p.index).fork(2)
	p.woman, p.first, p.middle, p.suffix = false, q.first, q.middle, "JR"
	p.married, p.newName, p.nick = 0, nil, w.nickname(&r, q.first)
	p.birth = q.birth.AddYears(r.between(17, 33)).AddDays(r.between(0, 364))
	if r.chance(.3) { // the father's home is the son's first
		p.home[0] = q.home[0]
	}
	if r.chance(.15) {
		p.suffix = pick(&r, []string{"II", "III"})
	}
}

func (w *world) makeSibling(p, q *identity) {
	r := newStream(w.opts.Seed, topicKin, p.index).fork(4)
	days := r.between(330, 3300)
	if r.chance(.5) {
		days = -days
	}
	p.birth, p.home[0] = q.birth.AddDays(days), q.home[0]
	p.home[0].from = p.birth
}

func (w *world) makeNamesake(p, q *identity) {
	r := newStream(w.opts.Seed, topicKin, p.index).fork(3)
	p.woman, p.first = q.woman, q.first
	p.married, p.newName, p.nick = 0, nil, w.nickname(&r, q.first)
	p.middle = w.middleName(&r, p)
	if r.chance(.4) && q.middle != "" { // the initial is the same by chance
		p.middle = q.middle[:1]
		for range 60 {
			if m := w.middleName(&r, p); m != "" && m[0] == q.middle[0] {
				p.middle = m
				break
			}
		}
	}
	days := r.between(1, 400)
	switch r.below(4) {
	case 0: // same day and month, another year
		days = 365
	case 1: // a few days
		days = r.between(1, 31)
	}
	if r.chance(.5) {
		days = -days
	}
	p.birth = q.birth.AddDays(days)
}

// plainIdentity is a person who resembles nobody.
func (w *world) plainIdentity(i int) *identity {
	r := newStream(w.opts.Seed, topicIdentity, i)
	p := &identity{index: i, other: -1}
	p.woman = r.chance(.22)
	p.group = people(weigh(&r, 40, 17, 33, 10))
	p.race = "WBHA"[p.group]
	if r.chance(.04) {
		p.race = 'O'
	}
	// Years of birth of people who met the police between 1966 and 2026.
	year := 1938 + r.below(34) + r.below(34)
	month := r.between(1, 12)
	p.birth = casefold.MakeDay(year, month, r.between(1, casefold.DaysIn(year, month)))
	p.last, p.parted = w.surname(&r, p.group)
	p.first = w.givenName(&r, p)
	p.middle = w.middleName(&r, p)
	if r.chance(.015) && !p.woman {
		p.suffix = pick(&r, []string{"JR", "JR", "III", "II"})
	}
	p.nick = w.nickname(&r, p.first)
	w.marry(&r, p)
	p.alias = [2]string{strings.Join(first2(w.surname(&r, p.group)), " "), w.givenName(&r, p)}
	p.lie = p.birth.AddDays(r.between(-1500, 1500))
	w.issueNumbers(&r, p)
	w.describe(&r, p)
	w.settle(&r, p)
	return p
}

func first2(words []string, _ int) []string { return words }

// vietnamese are the most frequent Vietnamese surnames in California.
var vietnamese = map[string]bool{
	"NGUYEN": true, "TRAN": true, "LE": true, "PHAM": true, "HUYNH": true, "VU": true, "VO": true, "HOANG": true, "PHAN": true,
	"DANG": true, "BUI": true, "DO": true, "NGO": true, "DUONG": true, "DINH": true, "TRUONG": true, "LUONG": true, "TRINH": true,
}

func (w *world) givenName(r *stream, p *identity) string {
	sex := 0
	if p.woman {
		sex = 1
	}
	d := min(max(p.birth.Year()/10-193, 0), 7)
	if own := r.chance(.6); own && len(p.last) > 0 && vietnamese[p.last[0]] {
		return w.t.viet[sex].draw(r)
	}
	return w.t.given[p.group][sex][d].draw(r)
}

func (w *world) middleName(r *stream, p *identity) string {
	have := .8
	if p.group == hispanic {
		have = .5
	} else if p.group == asian {
		have = .35
	}
	m := w.givenName(r, p)
	if !r.chance(have) || m == p.first {
		return ""
	}
	return strings.Fields(m)[0]
}

// Surnames of several words, which tables of the census run together.
var particled = [peoples][]string{
	white:    {"VAN DYKE", "VAN HORN", "ST JOHN", "ST CLAIR", "MC DONALD", "MC CARTHY", "O BRIEN", "O CONNOR", "DI MARCO", "LA ROSE", "VON RUDEN", "DE YOUNG", "VAN DER MEER"},
	black:    {"ST JULIEN", "DE BOSE", "LA SALLE", "MC COY", "VAN BUREN"},
	hispanic: {"DE LA CRUZ", "DE LA TORRE", "DE LA ROSA", "DE LEON", "DE JESUS", "DE LOS SANTOS", "DEL RIO", "DEL TORO", "DEL REAL", "DE ANDA", "DE LA O", "SAN MIGUEL", "PONCE DE LEON"},
	asian:    {"DE GUZMAN", "DELA CRUZ", "DEL ROSARIO", "DE LOS REYES", "SAN JUAN"},
}

// surname draws a surname; parted is the number of words of the paternal one
// where there are two.
func (w *world) surname(r *stream, g people) (words []string, parted int) {
	one := func() []string {
		if r.chance(map[people]float64{white: .02, black: .01, hispanic: .05, asian: .03}[g]) {
			return strings.Fields(pick(r, particled[g]))
		}
		return []string{w.t.surnames[g].draw(r)}
	}
	words = one()
	if g == hispanic && r.chance(.45) {
		parted = len(words)
		words = append(words, one()...)
	}
	return words, parted
}

func (w *world) nickname(r *stream, first string) string {
	l, ok := w.t.nicknames[first]
	if !ok {
		r.next()
		return ""
	}
	return l.draw(r)
}

func (w *world) marry(r *stream, p *identity) {
	age := r.between(19, 45)
	name, _ := w.surname(r, p.group)
	hyphen := r.chance(.12)
	if !r.chance(w.opts.Rates.Married) || !p.woman {
		return
	}
	p.married = p.birth.AddYears(age)
	p.newName = name[:min(len(name), 3)]
	if hyphen {
		p.newName = append(append([]string{}, p.last...), p.newName...)
	}
}

// issueNumbers gives a person the numbers that agencies issue. Each is a
// scattering of the index (a product with a prime, so a permutation), so that no
// two people share one.
func (w *world) issueNumbers(r *stream, p *identity) {
	n := uint64(p.index) + w.opts.Seed*7919
	scatter := func(k, space uint64) uint64 { return (n%space*k + w.opts.Seed%space) % space }
	s := scatter(48_271, 127*99*9999) // areas 773-899 were never issued
	p.ssn = digits(773+s/(99*9999), 3) + digits(1+s/9999%99, 2) + digits(1+s%9999, 4)
	p.cii = "A" + digits(4_000_000+scatter(15_485_863, 35_999_983), 8)
	p.cii2 = "A" + digits(40_000_000+scatter(32_452_843, 9_999_991), 8)
	f := scatter(49_979_687, 89_999_999)
	p.fbi = digits(100_000+f%900_000, 6) + string(rune('A'+f/900_000%24)) + string("ABCDEFGHJKLMNPRTVWX"[f/21_600_000%19]) + digits(f%10, 1)
	c := scatter(86_028_121, 26*9_999_991)
	p.cdl = string(rune('A'+c/9_999_991)) + digits(c%9_999_991, 7)
	if r.chance(.2) {
		p.idCard, p.cdl = p.cdl, ""
	}
}

// digits writes n with at least width digits.
func digits(n uint64, width int) string {
	var b [20]byte
	i := len(b)
	for n > 0 || width > 0 {
		i--
		b[i] = byte('0' + n%10)
		n /= 10
		width--
	}
	return string(b[i:])
}

func (w *world) describe(r *stream, p *identity) {
	p.height, p.weight = r.between(65, 74), r.between(135, 230)
	if p.woman {
		p.height, p.weight = r.between(60, 69), r.between(105, 190)
	}
	if p.group == white {
		p.eye, p.hair = pick(r, []string{"BLU", "BRO", "GRN", "HAZ"}), pick(r, []string{"BRO", "BRO", "BLN", "BLK", "RED"})
	} else {
		p.eye, p.hair = "BRO", pick(r, []string{"BLK", "BLK", "BRO"})
	}
	p.birthPlace = "CA"
	switch weigh(r, 70, 18, 12) {
	case 1:
		p.birthPlace = pick(r, []string{"TX", "IL", "NY", "LA", "OR", "WA", "NV", "AZ", "OK"})
	case 2:
		p.birthPlace = map[people]string{white: "OH", black: "MS", hispanic: "MM", asian: "VM"}[p.group]
	}
}
