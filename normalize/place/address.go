package place

import (
	"strings"

	"github.com/casefold/casefold"
	"github.com/casefold/casefold/normalize/text"
)

// A Verdict says how an address was read.
type Verdict string

const (
	OK          Verdict = ""
	Missing     Verdict = "missing"     // nothing told
	Placeholder Verdict = "placeholder" // TRANSIENT, GENERAL DELIVERY: no place of living; city and the like are kept
)

// An AddressInput is what a row tells of one address, a column a field. Whole
// is for an address in one column; what stands apart prevails over it.
type AddressInput struct{ Whole, Number, Street, Unit, City, State, Postal string }

// Address reads an address.
func Address(in AddressInput) (casefold.Address, Verdict) { return AddressTraced(in, nil) }

// AddressTraced is Address with its steps. What was read is read again, part by
// part, until it stays as it is: an odd address may be understood only when its
// ends are gone.
func AddressTraced(in AddressInput, t *text.Trace) (casefold.Address, Verdict) {
	a, verdict := readAddress(in, t)
	for range maxRounds {
		again, v := readAddress(AddressInput{Number: a.Number, Street: a.Street, Unit: a.Unit, City: a.City, State: a.State, Postal: a.Postal}, nil)
		if again == a {
			break
		}
		a = again
		if v == Placeholder {
			verdict = v
		}
		if t != nil {
			t.Add("read again", strings.Join([]string{a.Number, a.Street, a.Unit, a.City, a.State, a.Postal}, " | "))
		}
	}
	if verdict == OK && a == (casefold.Address{}) {
		verdict = Missing
	}
	return a, verdict
}

// maxRounds bounds the readings of one address. Each takes something away, and
// an address has six parts.
const maxRounds = 6

func readAddress(in AddressInput, t *text.Trace) (casefold.Address, Verdict) {
	a := casefold.Address{City: City(in.City), State: State(in.State), Postal: Postal(in.Postal)}
	verdict := OK
	var buf [24]string
	switch {
	case !text.IsFiller(in.Street):
		street := text.Upper(in.Street)
		u := street
		if !text.IsFiller(in.Number) {
			u = text.Upper(in.Number) + " " + u
		}
		if noFixedAddress(u) {
			verdict = Placeholder
			break
		}
		setStreet(&a, readStreet(addressTokens(u, buf[:0]), street))
	case !text.IsFiller(in.Whole):
		u := text.Upper(strings.ReplaceAll(text.Trim(in.Whole), "\n", ", "))
		if noFixedAddress(u) {
			verdict = Placeholder
			u = behindPlaceholder(u)
		}
		w := wholeAddress{trace: t}
		w.read(u, a)
		if verdict == OK {
			setStreet(&a, w.line)
		}
		a.City, a.State, a.Postal = firstOf(a.City, w.city), firstOf(a.State, w.state), firstOf(a.Postal, w.postal)
	}
	if !text.IsFiller(in.Unit) && a.Street != "" {
		a.Unit = unitValue("", addressTokens(text.Upper(in.Unit), buf[:0]))
	}
	if t != nil {
		if verdict == Placeholder {
			t.Add("no place of living", "")
		}
		t.Add("number | street | unit | city | state | postal", strings.Join([]string{a.Number, a.Street, a.Unit, a.City, a.State, a.Postal}, " | "))
	}
	return a, verdict
}

func setStreet(a *casefold.Address, l streetLine) {
	a.Number, a.Street, a.Unit = l.number, l.street, l.unit
}

// homeless are the words for having no fixed address, by their first letter.
var homeless = func() (table ['Z' + 1][]string) {
	for _, w := range [...]string{"TRANSIENT", "HOMELESS", "GENERAL DELIVERY", "GEN DELIVERY", "GEN DEL", "NO FIXED", "NO PERMANENT", "NO PERM ADD", "NO ADDRESS", "NO LOCAL ADDRESS",
		"NO KNOWN ADDRESS", "ADDRESS UNKNOWN", "UNKNOWN ADDRESS", "AT LARGE", "UNDOMICILED", "UNSHELTERED", "UNHOUSED", "LIVES IN CAR", "LIVES IN VEH", "LIVING IN ", "ON THE STREET", "ON STREETS"} {
		table[w[0]] = append(table[w[0]], w)
	}
	return table
}()

// noFixedAddress reports the words for having none.
func noFixedAddress(u string) bool {
	for i := 0; i < len(u); i++ {
		if u[i] > 'Z' {
			continue
		}
		for _, w := range homeless[u[i]] {
			if len(u)-i >= len(w) && u[i+1] == w[1] && u[i:i+len(w)] == w {
				return true
			}
		}
	}
	switch u {
	case "NFA", "NPA", "STREETS", "STREET", "THE STREETS", "SAME", "SAME AS ABOVE", "TRANS", "NONE GIVEN", "OOC", "IN CUSTODY", "ANYWHERE", "VARIOUS":
		return true
	}
	return false
}

// behindPlaceholder is what follows the words: TRANSIENT, SACRAMENTO CA 95814.
func behindPlaceholder(u string) string {
	if i := strings.IndexByte(u, ','); i >= 0 {
		return u[i:]
	}
	for _, w := range [...]string{"TRANSIENT", "HOMELESS", "GENERAL DELIVERY", "GEN DELIVERY", "GEN DEL"} {
		if rest, ok := strings.CutPrefix(u, w+" "); ok {
			return ", " + rest
		}
	}
	return ""
}

// wholeAddress takes an address in one text apart from its end.
type wholeAddress struct {
	trace               *text.Trace
	line                streetLine
	city, state, postal string
	country             string
}

// read takes apart folded text; known holds parts that stand in columns of
// their own.
func (w *wholeAddress) read(u string, known casefold.Address) {
	var wordBuf [24]string
	var segBuf [6][]string
	words, segs := wordBuf[:0], segBuf[:0]
	for part := range strings.SplitSeq(u, ",") {
		from := len(words)
		if words = addressTokens(part, words); len(words) > from {
			segs = append(segs, words[from:len(words):len(words)])
		}
	}
	segs = w.takeCountry(segs)
	segs = w.takePostal(segs)
	segs = w.takeState(segs)
	if len(segs) == 0 {
		return
	}
	street, city := w.divide(segs, known.City, firstOf(known.Postal, w.postal))
	w.city = City(strings.Join(city, " "))
	w.line = readStreet(street, "")
	w.trace.Add("city", w.city)
}

// pop takes n tokens off the last segment.
func pop(segs [][]string, n int) [][]string {
	last := segs[len(segs)-1]
	if n >= len(last) {
		return segs[:len(segs)-1]
	}
	segs[len(segs)-1] = last[:len(last)-n]
	return segs
}

func (w *wholeAddress) takeCountry(segs [][]string) [][]string {
	if len(segs) == 0 {
		return segs
	}
	last := segs[len(segs)-1]
	if !endsCountry(last[len(last)-1]) {
		return segs
	}
	for n := min(4, len(last)); n > 0; n-- {
		switch strings.Join(last[len(last)-n:], " ") {
		case "USA", "UNITED STATES", "UNITED STATES OF AMERICA", "U S A":
			return pop(segs, n)
		case "US":
			if n == len(last) {
				return pop(segs, n)
			}
		case "UNITED KINGDOM", "UK", "ENGLAND", "SCOTLAND", "WALES", "AUSTRALIA", "CANADA", "MEXICO", "GERMANY", "FRANCE", "INDIA", "PHILIPPINES":
			if n == len(last) {
				w.country = strings.Join(last, " ")
				return pop(segs, n)
			}
		}
	}
	return segs
}

// endsCountry reports the last words of the countries that takeCountry knows.
func endsCountry(w string) bool {
	switch w {
	case "USA", "STATES", "AMERICA", "A", "US", "KINGDOM", "UK", "ENGLAND", "SCOTLAND", "WALES", "AUSTRALIA", "CANADA", "MEXICO", "GERMANY", "FRANCE", "INDIA", "PHILIPPINES":
		return true
	}
	return false
}

// takePostal takes a postal code off the end: a ZIP code, or two tokens of a
// British or Canadian one.
func (w *wholeAddress) takePostal(segs [][]string) [][]string {
	if len(segs) == 0 {
		return segs
	}
	last := segs[len(segs)-1]
	n := len(last)
	switch {
	case isZIP(last[n-1]) && (n > 1 || len(segs) > 1):
		w.postal = last[n-1][:5]
		return pop(segs, 1)
	case n > 1 && len(last[n-1]) == 4 && text.Digits(last[n-1]) == last[n-1] && isAustralianState(last[n-2]):
		w.postal = last[n-1]
		return pop(segs, 1)
	case n > 1 && foreignPostal(last[n-2], last[n-1]):
		w.postal = last[n-2] + last[n-1]
		return pop(segs, 2)
	}
	return segs
}

// isZIP reports 95814 or 95814-1234.
func isZIP(s string) bool {
	if len(s) != 5 && len(s) != 9 && len(s) != 10 {
		return false
	}
	for i := 0; i < len(s); i++ {
		if !isDigitByte(s[i]) && !(i == 5 && s[i] == '-') {
			return false
		}
	}
	return true
}

// foreignPostal reports the two halves of a British or Canadian postal code:
// LE11 1UU, K1A 0B1.
func foreignPostal(a, b string) bool {
	mixed := func(s string) bool { return text.Digits(s) != "" && len(text.Digits(s)) < len(s) }
	return len(b) == 3 && isDigitByte(b[0]) && mixed(b) && len(a) >= 2 && len(a) <= 4 && !isDigitByte(a[0]) && mixed(a)
}

// takeState takes a state off the end. Without a ZIP code or a comma before it,
// codes that are also words of streets and cities are not believed.
func (w *wholeAddress) takeState(segs [][]string) [][]string {
	if len(segs) == 0 {
		return segs
	}
	last := segs[len(segs)-1]
	for n := min(3, len(last)); n > 0; n-- {
		joined := last[len(last)-1]
		if n > 1 {
			joined = strings.Join(last[len(last)-n:], "")
		}
		code, ok := stateNames[joined]
		if !ok && n == 1 && stateCodes[joined] {
			code, ok = joined, true
		}
		if !ok && n == 1 && isAustralianState(joined) {
			code, ok = joined, true
		}
		alone := n == len(last)
		if !ok || alone && len(segs) == 1 {
			continue
		}
		if w.postal == "" && !alone && len(joined) == 2 && len(segs) == 1 && (len(last) < 4 && code != "CA" || meansMore(joined)) {
			continue
		}
		w.state = code
		return pop(segs, n)
	}
	return segs
}

// meansMore reports state codes that mean something else at the end of a street
// line: a court, Los Angeles, northeast, Spanish and English words.
func meansMore(code string) bool {
	switch code {
	case "CT", "LA", "NE", "DE", "AL", "IN", "OR", "ME", "HI", "OK", "PR":
		return true
	}
	return false
}

func isAustralianState(s string) bool {
	switch s {
	case "NSW", "VIC", "QLD", "TAS", "ACT":
		return true
	}
	return false
}
