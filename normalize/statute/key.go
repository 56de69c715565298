package statute

import (
	"fmt"
	"strings"

	"github.com/casefold/casefold"
	"github.com/casefold/casefold/normalize/text"
)

// A Key names a section and a head of its subdivision path, as the lists of a
// law do: PC 288(a) stands for PC 288(a)(1) too, and never for PC 288.5. The
// zero Key covers nothing. Keys are comparable.
type Key struct {
	Code    string // PC, HS
	Section string // upper case: "288A"
	Path    string // "(a)(2)", lower case; "" the whole section
}

// KeyOf is the key of a statute's target, without its inchoate layer.
func KeyOf(s casefold.Statute) Key { return Key{s.Code, s.Section, s.Path} }

// MakeKey reads a key from three columns of a list; the path may be in capitals.
func MakeKey(code, section, path string) (Key, error) {
	return ParseKey(strings.TrimSpace(code) + " " + strings.TrimSpace(section) + strings.TrimSpace(path))
}

// ParseKey reads "PC 288(a)". It wants a code, a section and parentheses, and
// consults no table: what a list says is what it means.
func ParseKey(s string) (Key, error) {
	code, rest, ok := strings.Cut(text.Upper(s), " ")
	if !ok || code == "" || rest == "" {
		return Key{}, fmt.Errorf("%q is not a section; write it as PC 288(a)", s)
	}
	section, path := splitSection(rest)
	section = strings.TrimSpace(section)
	if section == "" || !isDigit(section[0]) || !wellFormed(path) {
		return Key{}, fmt.Errorf("%q is not a section; write it as PC 288(a)", s)
	}
	return Key{code, section, strings.ToLower(path)}, nil
}

// wellFormed reports whether a path is a run of "(x)".
func wellFormed(path string) bool {
	for path != "" {
		end := strings.IndexByte(path, ')')
		if path[0] != '(' || end < 2 {
			return false
		}
		for _, c := range []byte(path[1:end]) {
			if !isDigit(c) && !isLetter(c) && (c < 'a' || c > 'z') {
				return false
			}
		}
		path = path[end+1:]
	}
	return true
}

// String is the contract's form.
func (k Key) String() string {
	return casefold.Statute{Code: k.Code, Section: k.Section, Path: k.Path}.String()
}

// Covers answers whether a charge under s is one of the key: yes if the key is a
// head of s, no if section or subdivision differ, unknown where s leaves out
// what the key asks for (the subdivision, or the code).
func (k Key) Covers(s casefold.Statute) casefold.Truth {
	switch {
	case k.Section == "" || s.Section != k.Section || s.Code != k.Code && s.Code != "":
		return casefold.False
	case strings.HasPrefix(s.Path, k.Path):
		if s.Code == "" {
			return casefold.Unknown
		}
		return casefold.True
	case strings.HasPrefix(k.Path, s.Path):
		return casefold.Unknown
	}
	return casefold.False
}
