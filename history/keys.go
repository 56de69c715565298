package history

import (
	"cmp"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"slices"
	"strconv"
	"strings"

	"github.com/casefold/casefold"
)

// A ConvictionKey is one of the keys a conviction was ever told under: a number
// with all counts, sections and dates told with the conviction. Family and Key
// are empty for a conviction without a number.
type ConvictionKey struct {
	Family    string `json:"family,omitempty"`
	Key       string `json:"key,omitempty"`
	Defendant string `json:"defendant,omitempty"`
	Count     string `json:"count,omitempty"`
	Section   string `json:"section,omitempty"`

	ConvictionDate casefold.Date `json:"conviction_date,omitzero"`
	SentenceDate   casefold.Date `json:"sentence_date,omitzero"`
	ArrestDate     casefold.Date `json:"arrest_date,omitzero"`
}

// Keys are the keys of a conviction: one for each number, count and section it
// was told under, sorted; at least one.
func Keys(c *casefold.Conviction) []ConvictionKey {
	numbers := c.Numbers
	if len(numbers) == 0 {
		numbers = []casefold.CaseNumber{{Family: c.Court.Value.CourtFamily()}}
	}
	var out []ConvictionKey
	for _, n := range numbers {
		for _, count := range variants(c.Count) {
			for _, o := range variants(c.Offense) {
				out = append(out, ConvictionKey{
					Family: n.Family, Key: n.Key, Defendant: n.Defendant, Count: count, Section: o.String(),
					ConvictionDate: c.ConvictionDate.Value, SentenceDate: c.SentenceDate.Value,
					ArrestDate: c.ArrestDate.Value,
				})
			}
		}
	}
	slices.SortFunc(out, compareKeys)
	return slices.Compact(out)
}

// variants are all values told of a fact; the zero value if none is.
func variants[T any](f casefold.Fact[T]) []T {
	out := []T{f.Value}
	for _, o := range f.Others {
		out = append(out, o.Value)
	}
	return out
}

// nameConvictions gives each conviction its provisional ID: a function of what
// is told and by whom, so that it is the same in any order. Equal content gets
// a number in the order of the list.
func nameConvictions(list []casefold.Conviction) {
	seen := make(map[string]int, len(list))
	for i := range list {
		id := contentID(&list[i])
		n := seen[id]
		seen[id]++
		if n > 0 {
			id += "-" + strconv.Itoa(n+1)
		}
		list[i].ID = id
	}
}

func contentID(c *casefold.Conviction) string {
	var space [512]byte
	b := space[:0]
	part := func(s string) { b = append(append(b, s...), 0) }
	for _, k := range Keys(c) {
		part(k.Family)
		part(k.Key)
		part(k.Defendant)
		part(k.Count)
		part(k.Section)
		b = binary.BigEndian.AppendUint32(b, uint32(k.ConvictionDate.First))
		b = binary.BigEndian.AppendUint32(b, uint32(k.ConvictionDate.Last))
	}
	part(string(c.Kind))
	for _, t := range c.Tellers {
		part(t.Source)
		part(t.RowKey)
	}
	sum := sha256.Sum256(b)
	return "c" + hex.EncodeToString(sum[:10])
}

func compareKeys(a, b ConvictionKey) int {
	return cmp.Or(strings.Compare(a.Family, b.Family), strings.Compare(a.Key, b.Key),
		strings.Compare(a.Defendant, b.Defendant), compareOrder(a.Count, b.Count),
		strings.Compare(a.Section, b.Section))
}

// accountOfConviction is a finished conviction as an account, every variant of
// its facts included.
func accountOfConviction(c *casefold.Conviction) account {
	a := account{outcome: outcomeConvicted, numbers: c.Numbers, related: c.Related, sentence: c.Sentence}
	for _, v := range variants(c.Court) {
		if f := v.CourtFamily(); f != "" {
			a.families = addTo(a.families, f)
		}
	}
	for _, n := range c.Numbers {
		if n.Family != "" {
			a.families = addTo(a.families, n.Family)
		}
	}
	for _, d := range variants(c.ArrestDate) {
		a.arrested = addDate(a.arrested, d)
	}
	for _, d := range variants(c.FiledDate) {
		a.filed = addDate(a.filed, d)
	}
	hear := func(r role, f casefold.Fact[casefold.Date]) {
		for _, d := range variants(f) {
			a.hear(r, d)
		}
	}
	hear(rolePlea, c.PleaDate)
	hear(roleConviction, c.ConvictionDate)
	hear(roleSentence, c.SentenceDate)
	a.judged = c.ConvictionDate.Value
	charges := func(s stage, f casefold.Fact[casefold.Offense]) {
		if f.Status == casefold.FactUnknown {
			return
		}
		a.charge(s, &f.Value)
		for i := range f.Others {
			a.charge(s, &f.Others[i].Value)
		}
	}
	charges(stageArrested, c.Arrested)
	charges(stageFiled, c.Filed)
	charges(stageConvicted, c.Offense)
	for _, n := range variants(c.Count) {
		if n != "" {
			a.counts = addTo(a.counts, n)
		}
	}
	for _, l := range variants(c.LevelAtEntry) {
		a.setLevel(l)
	}
	for _, l := range variants(c.Level) {
		a.setLevel(l)
	}
	return a
}
