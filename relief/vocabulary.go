package relief

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/goccy/go-yaml/ast"

	"github.com/casefold/casefold"
)

// An argKind is the type of a predicate's argument.
type argKind uint8

const (
	argWords   argKind = iota // one or several of the predicate's words
	argDay                    // a civil day
	argInt                    // a whole number
	argDecimal                // a number with up to three decimals
	argYes                    // yes or no: the answer asked for
)

var argKindWords = []string{"words", "day", "whole number", "number", "yes or no"}

// An arg is a predicate's argument, compiled.
type arg struct {
	kind  argKind
	words []string
	set   []int // where the words index something: lists
	day   casefold.Day
	n     int
	milli int64
	yes   bool
}

func (a *arg) key() string {
	switch a.kind {
	case argDay:
		return a.day.String()
	case argInt:
		return strconv.Itoa(a.n)
	case argDecimal:
		return a.decimal()
	case argYes:
		return yesWord(a.yes)
	}
	return strings.Join(a.words, ",")
}

// decimal writes thousandths without trailing zeros: 28500 is "28.5".
func (a *arg) decimal() string {
	return strings.TrimRight(strings.TrimRight(fmt.Sprintf("%d.%03d", a.milli/1000, a.milli%1000), "0"), ".")
}

func yesWord(b bool) string {
	if b {
		return "yes"
	}
	return "no"
}

// A predicate is one question of the closed vocabulary. Its eval answers for
// the thing that the scope points at; with a proof it also says what it found,
// which rows tell it, and what is missing.
type predicate struct {
	name  string
	on    []domain // what it can be asked of
	arg   argKind
	words func(*Law) []string // allowed words of an argWords argument; nil: any
	says  string              // "the offence was committed before %s"
	deny  string              // its denial, in the same form
	fact  string              // what it reads, for the documentation
	sure  bool                // can never be unknown
	never truths              // answers it can never give, beside what sure says
	eval  func(x *scope, a *arg, proof *Node) verdict
}

func (p *predicate) standsIn(d domain) bool { return slices.Contains(p.on, d) }

// noPredicate stands in for an unknown name, so that compiling goes on.
var noPredicate = predicate{name: "?", eval: func(*scope, *arg, *Node) verdict { return unknown(missing) }}

var (
	onAny        = []domain{ofSubject, ofConviction, ofEvent, ofRegistration, ofCharge}
	onConviction = []domain{ofSubject, ofConviction}
	onOther      = []domain{ofConviction}
	onEvent      = []domain{ofEvent}
	onCharge     = []domain{ofCharge}
	onReg        = []domain{ofRegistration}
	onSubject    = []domain{ofSubject}
)

// vocabulary is every predicate a law or policy may use, in the order in which
// they are documented.
func vocabulary() []predicate {
	return slices.Concat(offensePredicates, datePredicates, factPredicates, listPredicates, eventPredicates, policyPredicates)
}

var predicates = vocabulary()

func findPredicate(name string) *predicate {
	for i := range predicates {
		if predicates[i].name == name {
			return &predicates[i]
		}
	}
	return nil
}

func predicateNames() []string {
	out := make([]string, len(predicates))
	for i := range predicates {
		out[i] = predicates[i].name
	}
	return out
}

// A Word documents one predicate for docs and for law check.
type Word struct{ Name, Argument, Asks, Reads string }

// Vocabulary lists the predicates that laws and policies may use.
func Vocabulary() []Word {
	var out []Word
	for _, p := range predicates {
		asks := p.says
		if strings.Contains(asks, "%") {
			asks = fmt.Sprintf(asks, "…")
		}
		out = append(out, Word{p.name, argKindWords[p.arg], asks, p.fact})
	}
	return out
}

// argument compiles and types the argument of a predicate.
func (l *loader) argument(f *yamlFile, p *predicate, n ast.Node) arg {
	a := arg{kind: p.arg}
	switch p.arg {
	case argDay:
		if a.day = f.day(n); a.day == 0 {
			f.errorf(n, "%s asks for a day", p.name)
		}
	case argInt:
		a.n = f.int(n)
	case argDecimal:
		milli, ok := parseMilli(f.text(n))
		if !ok {
			f.errorf(n, "%s asks for a number such as 28.5", p.name)
		}
		a.milli = milli
	case argYes:
		a.yes = f.yesNo(n)
	case argWords:
		l.words(f, p, n, &a)
	}
	return a
}

func (l *loader) words(f *yamlFile, p *predicate, n ast.Node, a *arg) {
	var allowed []string
	if p.words != nil {
		allowed = p.words(l.law)
	}
	for _, item := range f.items(n) {
		w := f.text(item)
		if allowed != nil && !slices.Contains(allowed, w) {
			f.errorf(item, "%s knows no %q%s", p.name, w, nearest(w, allowed))
		}
		a.words = append(a.words, w)
		a.set = append(a.set, slices.Index(allowed, w))
	}
	if len(a.words) == 0 {
		f.errorf(n, "%s asks for one word or more", p.name)
	}
	slices.Sort(a.words)
	slices.Sort(a.set)
}

// parseMilli reads a plain decimal number into thousandths; false for anything
// else.
func parseMilli(s string) (int64, bool) {
	whole, frac, _ := strings.Cut(strings.TrimSpace(s), ".")
	if len(frac) > 3 {
		frac = frac[:3]
	}
	for len(frac) < 3 {
		frac += "0"
	}
	v, err := strconv.ParseInt(whole+frac, 10, 64)
	if err != nil || v < 0 || whole == "" {
		return 0, false
	}
	return v, true
}
