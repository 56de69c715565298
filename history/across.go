package history

import (
	"cmp"
	"hash/fnv"
	"slices"
	"strconv"
	"strings"

	"github.com/casefold/casefold"
	"github.com/casefold/casefold/normalize/caseno"
)

// Shared finds persons that may be one whom the linkage left in two, by what
// their convictions have in common: a number of a case, written in any way or
// only named as another file's, with a birth date or two words of a name; or a
// birth date with a day in court, or with a section and its year; or the day and
// section of a judgment with its number or with the day of the arrest, which
// co-defendants share too; or a number of the person, whatever name and birth
// date came with it. It keeps sixteen bytes for each
// mark, some ten marks for a conviction. Add histories in any order; Merge
// accumulators of several goroutines; the zero value is ready.
type Shared struct {
	marks []sharedMark
	words [][2]string // scratch
	seen  []uint64    // scratch
}

type sharedMark struct {
	what   uint64
	person int32
}

// sharedNames is how many of a person's names are marked, the most told first.
const sharedNames = 4

// Add notes a person's convictions. person is the caller's.
func (s *Shared) Add(person int32, h *casefold.History) {
	if len(h.Convictions) == 0 {
		return
	}
	s.words, s.seen = nameWords(s.words[:0], h), s.seen[:0]
	for i := range h.Convictions {
		c := &h.Convictions[i]
		for _, n := range c.Numbers {
			s.number(h, n)
		}
		for _, n := range c.Related {
			s.number(h, n)
		}
		s.judgment(c)
		for _, f := range [...]casefold.Fact[casefold.Date]{c.ConvictionDate, c.SentenceDate, c.PleaDate} {
			for _, d := range variants(f) {
				if d.Exact() {
					s.birth(h, "day "+d.String())
				}
			}
		}
		if d := c.ConvictionDate.Value; d.Known() {
			s.birth(h, "section "+c.Offense.Value.Section+" "+strconv.Itoa(d.First.Year()))
		}
	}
	for i := range h.Identifiers {
		id := &h.Identifiers[i].Value
		s.mark("person "+string(id.Kind), id.Issuer, id.Value)
	}
	slices.Sort(s.seen)
	for _, what := range slices.Compact(s.seen) {
		s.marks = append(s.marks, sharedMark{what, person})
	}
}

// number marks a number with the births and the names of a person.
func (s *Shared) number(h *casefold.History, n casefold.CaseNumber) {
	loose := caseno.Loose(n)
	if loose == "" {
		return
	}
	s.birth(h, "number "+loose)
	for _, w := range s.words {
		s.mark("number "+loose, w[0], w[1])
	}
}

// judgment marks what two tellers of one judgment have in common, whoever they
// hold the person to be: the day and the section, with the number or with the day
// of the arrest.
func (s *Shared) judgment(c *casefold.Conviction) {
	day, section := c.ConvictionDate.Value, c.Offense.Value.Section
	if !day.Exact() || section == "" {
		return
	}
	what := day.String() + " " + section
	for _, list := range [...][]casefold.CaseNumber{c.Numbers, c.Related} {
		for i := range list {
			if loose := caseno.Loose(list[i]); loose != "" {
				s.mark("judgment "+what, loose, "")
			}
		}
	}
	if c.ArrestDate.Value.Exact() {
		s.mark("judgment "+what, "", c.ArrestDate.Value.String())
	}
}

func (s *Shared) birth(h *casefold.History, what string) {
	for i := range h.Births {
		if d := h.Births[i].Value; d.Exact() {
			s.mark(what, d.String(), "")
		}
	}
}

func (s *Shared) mark(what, a, b string) {
	hash := fnv.New64a()
	for _, part := range [...]string{what, a, b} {
		hash.Write([]byte(part)) // a hash takes everything
		hash.Write([]byte{0})
	}
	s.seen = append(s.seen, hash.Sum64())
}

// nameWords are the pairs of a surname's word and a first name, in order of the
// alphabet, for names are told the other way round too.
func nameWords(out [][2]string, h *casefold.History) [][2]string {
	for _, told := range h.Names[:min(sharedNames, len(h.Names))] {
		for last := range strings.FieldsSeq(told.Value.Last) {
			if first := told.Value.First; first != "" {
				out = append(out, [2]string{min(last, first), max(last, first)})
			}
		}
	}
	slices.SortFunc(out, func(a, b [2]string) int { return cmp.Or(strings.Compare(a[0], b[0]), strings.Compare(a[1], b[1])) })
	return slices.Compact(out)
}

// Merge adds what another accumulator noted.
func (s *Shared) Merge(other *Shared) { s.marks = append(s.marks, other.marks...) }

// Pairs are the pairs of persons that share a mark, the smaller first, sorted,
// each once. A mark of more persons than limit is left out: a filler, which says
// nothing.
func (s *Shared) Pairs(limit int) [][2]int32 {
	slices.SortFunc(s.marks, func(a, b sharedMark) int {
		return cmp.Or(cmp.Compare(a.what, b.what), cmp.Compare(a.person, b.person))
	})
	s.marks = slices.Compact(s.marks)
	var out [][2]int32
	for i := 0; i < len(s.marks); {
		j := i + 1
		for j < len(s.marks) && s.marks[j].what == s.marks[i].what {
			j++
		}
		for a := i; a < j && j-i <= limit; a++ {
			for b := a + 1; b < j; b++ {
				out = append(out, [2]int32{s.marks[a].person, s.marks[b].person})
			}
		}
		i = j
	}
	slices.SortFunc(out, func(a, b [2]int32) int { return cmp.Or(cmp.Compare(a[0], b[0]), cmp.Compare(a[1], b[1])) })
	return slices.Compact(out)
}

// Doubles are the pairs of convictions of two persons that may be one
// conviction, as indexes into the two lists. They are to name each other as
// possibly the same: nobody has decided that the two persons are one. linked
// says that the linkage of persons holds them to be possibly one, so that other
// names and birth dates on the captions do not tell the convictions apart: an
// alias has both. So does a number of the person that both are told under. Two
// defendant marks of one court do tell them apart.
func Doubles(a, b *casefold.History, linked bool) [][2]int {
	var out [][2]int
	linked = linked || oneNumber(a, b)
	strange := strangersByName(a, b)
	for i := range a.Convictions {
		for j := range b.Convictions {
			x, y := &a.Convictions[i], &b.Convictions[j]
			if x.Kind == casefold.InferredByMarker || y.Kind == casefold.InferredByMarker || twoDefendants(x, y) {
				continue
			}
			r := Compare(x, y)
			possible := r.Answer != Different
			if r.Accused == Different || possible && strange && !linked { // captions may be missing
				possible = onePersonAfterAll(x, y, &r, linked)
			}
			if possible {
				out = append(out, [2]int{i, j})
			}
		}
	}
	return out
}

// onePersonAfterAll reports whether two convictions whose captions differ in name
// and birth may still be one: their persons are linked, or all else says so, no
// source tells of both and no marks tell two defendants apart. A source tells of
// each of two co-defendants; of one of them the court alone and of the other the
// state alone, with one judgment of one day, are most often one defendant, whom
// one of the two knows under another name.
func onePersonAfterAll(x, y *casefold.Conviction, r *Relation, linked bool) bool {
	answer := further(DefaultWeights().answer(r.FileBits, r.CountBits), r.Sources)
	if linked {
		return answer != Different
	}
	if answer != Same {
		return false
	}
	for i := range x.Numbers {
		for j := range y.Numbers {
			if compareNumber(&x.Numbers[i], &y.Numbers[j]) == numberOtherAccused {
				return false
			}
		}
	}
	theirs := sourcesOf(y.Tellers)
	return !slices.ContainsFunc(sourcesOf(x.Tellers), func(s string) bool { return slices.Contains(theirs, s) })
}

// Close reports whether two persons of whom a conviction may be one share a
// number, or the convictions' captions a name: then what happened to one of the
// two may have happened to the other. Co-defendants on one day under neighboring
// numbers share neither.
func Close(a, b *casefold.History, x, y *casefold.Conviction) bool {
	return oneNumber(a, b) || compareAccused(x, y) == Same
}

// oneNumber reports whether a number of a person, of one issuer, is told of both.
func oneNumber(a, b *casefold.History) bool {
	for i := range a.Identifiers {
		x := &a.Identifiers[i].Value
		for j := range b.Identifiers {
			if y := &b.Identifiers[j].Value; x.Kind == y.Kind && x.Issuer == y.Issuer && x.Value == y.Value {
				return true
			}
		}
	}
	return false
}

// strangersByName reports whether two histories have neither a birth date nor a
// name in common.
func strangersByName(a, b *casefold.History) bool {
	for i := range a.Births {
		for j := range b.Births {
			if a.Births[i].Value.Overlaps(b.Births[j].Value) {
				return false
			}
		}
	}
	theirs := nameWords(nil, b)
	return len(theirs) > 0 && len(a.Names) > 0 && !slices.ContainsFunc(nameWords(nil, a), func(w [2]string) bool { return slices.Contains(theirs, w) })
}
