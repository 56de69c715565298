package relief

import (
	"slices"
	"strings"

	"github.com/goccy/go-yaml/ast"

	"github.com/casefold/casefold"
)

// A Citation is an authority that a clause rests on: a section with its
// subdivision, or a case. What is not verified may not decide.
type Citation struct {
	ID          string
	Section     string // "HS 11361.8", "People v. Banda (2018) 26 Cal.App.5th 349"
	Subdivision string // "(e)", "" for the whole
	From, Until casefold.Day
	Source      string // where its text was read
	Retrieved   casefold.Day
	Verified    bool
	Note        string

	file string
	line int
}

// String is the citation as a motion would write it: "HS 11361.8(e)".
func (c *Citation) String() string { return c.Section + c.Subdivision }

var citationKeys = []string{"section", "subdivision", "from", "until", "source", "retrieved", "verified", "note"}

// readCitations reads citations.yaml: a mapping from ID to citation. Section,
// source, retrieval date, begin of force and the verified mark are required.
func readCitations(f *yamlFile, src []byte) map[string]*Citation {
	out := map[string]*Citation{}
	for _, entry := range f.fields(f.parse(src)) {
		c := &Citation{ID: entry.key, file: f.name, line: entry.at.GetToken().Position.Line}
		var seen []string
		for _, v := range f.fields(entry.value, citationKeys...) {
			seen = append(seen, v.key)
			c.set(f, v)
		}
		for _, need := range []string{"section", "from", "source", "retrieved", "verified"} {
			if !slices.Contains(seen, need) {
				f.errorf(entry.at, "citation %q has no %s", entry.key, need)
			}
		}
		if c.Until != 0 && c.Until < c.From {
			f.errorf(entry.at, "citation %q ends before it begins", entry.key)
		}
		out[c.ID] = c
	}
	return out
}

func (c *Citation) set(f *yamlFile, v field) {
	switch v.key {
	case "section":
		c.Section = f.text(v.value)
	case "subdivision":
		c.Subdivision = f.text(v.value)
	case "from":
		c.From = f.day(v.value)
	case "until":
		c.Until = f.day(v.value)
	case "source":
		c.Source = f.text(v.value)
	case "retrieved":
		c.Retrieved = f.day(v.value)
	case "verified":
		c.Verified = f.yesNo(v.value)
	case "note":
		c.Note = f.text(v.value)
	}
}

// yesNo reads yes or no (also true and false, as YAML 1.1 writes them).
func (f *yamlFile) yesNo(n ast.Node) bool {
	switch strings.ToLower(f.text(n)) {
	case "yes", "true":
		return true
	case "no", "false":
		return false
	}
	f.errorf(n, "yes or no is expected here")
	return false
}

// cites resolves a list of citation IDs.
func (l *loader) cites(f *yamlFile, n ast.Node) []*Citation {
	var out []*Citation
	for _, item := range f.items(n) {
		id := f.text(item)
		c, ok := l.law.citations[id]
		if !ok {
			f.errorf(item, "unknown citation %q%s", id, nearest(id, sortedKeys(l.law.citations)))
			continue
		}
		l.usedCitations[id] = true
		out = append(out, c)
	}
	return out
}

// joinCites writes citations once each, in order.
func joinCites(cites []*Citation) string {
	var out []string
	for _, c := range cites {
		if s := c.String(); !slices.Contains(out, s) {
			out = append(out, s)
		}
	}
	return strings.Join(out, "; ")
}

func sortedKeys[V any](m map[string]V) []string {
	out := make([]string, 0, len(m))
	for k := range m {
		out = append(out, k)
	}
	slices.Sort(out)
	return out
}
