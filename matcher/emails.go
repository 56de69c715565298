package matcher

import (
	"strings"

	"github.com/casefold/casefold/matcher/similarity"
	"github.com/casefold/casefold/mention"
)

// Many an email address is made of its owner's name at a provider that a great
// part of the file uses. That two such addresses are alike says no more than
// that the names are: JOHN.HARRIS at one provider and JOHNHARRIS60 at another
// are any two of that name. Equal addresses are one person's all the same.

// otherHost is the level of addresses that differ behind the @ alone.
const otherHost = 3

// commonHost is the share of all addresses from which a host is a provider.
const commonHost = 1.0 / 200

// providers marks the addresses at hosts that many use.
func providers(s *mention.Set) []bool {
	n := s.Email.Len()
	count, total := map[string]int{}, 0
	for v := 1; v < n; v++ {
		k := s.Email.Count(mention.Value(v))
		count[hostOf(s.Email.Text(mention.Value(v)))] += k
		total += k
	}
	out := make([]bool, n)
	for v := 1; v < n; v++ {
		out[v] = float64(count[hostOf(s.Email.Text(mention.Value(v)))]) >= max(commonHost*float64(total), 3)
	}
	return out
}

func hostOf(email string) string {
	_, host, _ := strings.Cut(email, "@")
	return host
}

// besideNames is the level of two unlike addresses of mentions whose names make
// the pattern: missing where both addresses are made of names that agree.
func (p *plan) besideNames(level uint8, a, b uint32, x Pattern) uint8 {
	if level == different || level >= firstEqual || p.given < 0 || p.surname < 0 {
		return level
	}
	if level == otherHost && p.nameAlone(a) && p.nameAlone(b) && !p.hostsAlike(a, b) {
		return 0
	}
	if x.Level(p.given) < near && x.Level(p.surname) < near || !p.madeOfName(a) || !p.madeOfName(b) {
		return level
	}
	return 0
}

// madeOfName: every address of the mention at a provider has one of its names in it.
func (p *plan) madeOfName(m uint32) bool {
	provider, made := false, true
	for _, e := range p.set.Emails.Of(m) {
		local, _, _ := strings.Cut(strings.ToUpper(p.set.Email.Text(e)), "@")
		provider = provider || p.provider[e]
		made = made && p.holdsName(local, m)
	}
	return provider && made
}

// nameAlone: some address of the mention is one of its names and no number.
func (p *plan) nameAlone(m uint32) bool {
	for _, e := range p.set.Emails.Of(m) {
		local, _, _ := strings.Cut(strings.ToUpper(p.set.Email.Text(e)), "@")
		if !strings.ContainsAny(local, "0123456789") && p.holdsName(local, m) {
			return true
		}
	}
	return false
}

// hostsAlike: two addresses may be at one host, miswritten.
func (p *plan) hostsAlike(a, b uint32) bool {
	for _, x := range p.set.Emails.Of(a) {
		for _, y := range p.set.Emails.Of(b) {
			if similarity.WithinTwo(hostOf(p.set.Email.Text(x)), hostOf(p.set.Email.Text(y))) {
				return true
			}
		}
	}
	return false
}

func (p *plan) holdsName(local string, m uint32) bool {
	for _, n := range p.set.Names.Of(m) {
		for _, v := range [...]mention.Value{n.Given, n.Surname} {
			if v == 0 {
				continue
			}
			if word, _, _ := strings.Cut(p.textOf(v), " "); len(word) >= 3 && strings.Contains(local, word) {
				return true
			}
		}
	}
	return false
}
