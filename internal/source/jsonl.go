package source

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/casefold/casefold"
)

// A jsonPlan reads one file of JSON lines: an object a line. A column is a path
// of keys ("person.name.last"); a path that leads through an array takes the
// values of all its elements, joined by ";". Two arrays of objects may be
// repeated parts of the row (CountsEach, PeopleEach): their elements become the
// row's groups.
type jsonPlan struct {
	paths  []string // scalar paths seen at the file's start, then mapped ones
	arrays []string // paths of arrays of objects seen
	unseen []string
	eaches []string
	tree   *node
	width  int // places that the tree fills
	groups int
	rows   assembly
}

func (p *jsonPlan) columns() []string { return p.paths }

// A node is a key on the way to the wanted values.
type node struct {
	children map[string]*node
	column   int  // place among the row's values, -1 none
	group    int  // place among the group's values, -1 none
	each     bool // elements of an array here are groups
}

func newNode() *node { return &node{column: -1, group: -1} }

// at is the node of a path, made if need be.
func (n *node) at(path string) *node {
	for _, key := range strings.Split(path, ".") {
		if n.children == nil {
			n.children = map[string]*node{}
		}
		if n.children[key] == nil {
			n.children[key] = newNode()
		}
		n = n.children[key]
	}
	return n
}

// planJSON looks at the start of a file.
func planJSON(src *casefold.Source, text string, whole bool) (*jsonPlan, error) {
	p := &jsonPlan{}
	for _, each := range []string{src.Mapping.CountsEach, src.Mapping.PeopleEach} {
		if each != "" {
			p.eaches = append(p.eaches, each)
		}
	}
	text = strings.TrimPrefix(text, bom)
	seen := &scout{eaches: p.eaches, known: map[string]bool{}}
	objects, other := 0, ""
	for line := range strings.Lines(text) {
		if !whole && !strings.HasSuffix(line, "\n") {
			break
		}
		if line = strings.TrimSpace(line); line == "" {
			continue
		}
		if line[0] == '{' && json.Valid([]byte(line)) {
			seen.value(line, 0, "")
			objects++
		} else if other == "" {
			other = line
		}
		if objects >= 10*sampleRows {
			break
		}
	}
	if other != "" && (objects == 0 || other == "[") {
		return nil, notLines(other)
	}
	p.paths, p.arrays = seen.paths, seen.arrays
	for _, ref := range References(src) {
		name := ref
		if !seen.known[ref] {
			name = ParseCut(ref).Column
		}
		if MatchColumn(p.paths, name) < 0 {
			p.paths = append(p.paths, name)
			p.unseen = append(p.unseen, name)
		}
	}
	for _, ref := range groupReferences(src) {
		if !seen.known[ref] {
			p.unseen = append(p.unseen, ref)
		}
	}
	return p, nil
}

// notLines explains what a file is that holds no JSON lines.
func notLines(line string) error {
	if line[0] == '[' || line == "{" {
		return fmt.Errorf("the file is one JSON text over many lines; JSON lines have one object in each line")
	}
	return fmt.Errorf("no line at the file's start is a JSON object")
}

// settle builds the tree of wanted paths.
func (p *jsonPlan) settle(layout casefold.Layout, extra []derived) {
	p.rows = newAssembly(layout, extra, p.paths)
	p.tree, p.width, p.groups = newNode(), len(p.paths), len(layout.Groups)
	for i, path := range p.paths {
		p.tree.at(path).column = i
	}
	for i, path := range layout.Groups {
		p.tree.at(path).group = i
	}
	for _, each := range p.eaches {
		p.tree.at(each).each = true
	}
}

// read hands out the pieces of the file.
func (p *jsonPlan) read(w *window, out *sink) error {
	j := &jsonRow{plan: p, rows: p.rows, values: make([]string, p.width)}
	j.rows.out = nil
	return eachLine(w, out, '\n', func(raw []byte, line string) error {
		switch {
		case !w.ascii && !utf8.ValidString(line):
			return out.emitBad(Bad{Lines: 1, Reason: BadUTF8, Raw: raw})
		case strings.IndexByte(line, 0) >= 0:
			return out.emitBad(Bad{Lines: 1, Reason: NulByte, Raw: raw})
		case !json.Valid(raw):
			return out.emitBad(Bad{Lines: 1, Reason: BadJSON, Raw: raw})
		}
		start := skipBlank(line, 0)
		if line[start] != '{' {
			return out.emitBad(Bad{Lines: 1, Reason: NotAnObject, Raw: raw})
		}
		clear(j.values)
		j.groups = j.groups[:0]
		j.walk(line, start, p.tree, nil)
		return out.emitRow(raw, j.rows.values(j.values), j.inOrder(), 1)
	})
}

// A jsonRow collects the wanted values of a line that is valid JSON.
type jsonRow struct {
	plan   *jsonPlan
	rows   assembly
	values []string
	groups [][]string
}

// walk reads the value at i and returns the place behind it. Group is where
// values of the current array element go, nil outside.
func (j *jsonRow) walk(s string, i int, n *node, group []string) int {
	i = skipBlank(s, i)
	if n == nil {
		return skipValue(s, i)
	}
	switch s[i] {
	case '{':
		end := j.object(s, i, n, group)
		if n.children == nil {
			j.put(n, group, s[i:end])
		}
		return end
	case '[':
		return j.array(s, i, n, group)
	}
	end := skipValue(s, i)
	j.put(n, group, scalar(s[i:end]))
	return end
}

func (j *jsonRow) object(s string, i int, n *node, group []string) int {
	for i = skipBlank(s, i+1); s[i] != '}'; {
		end := skipValue(s, i)
		key := scalar(s[i:end])
		i = skipBlank(s, end) + 1 // the colon
		i = skipBlank(s, j.walk(s, i, n.children[key], group))
		if s[i] == ',' {
			i = skipBlank(s, i+1)
		}
	}
	return i + 1
}

func (j *jsonRow) array(s string, i int, n *node, group []string) int {
	for i = skipBlank(s, i+1); s[i] != ']'; {
		into := group
		if n.each {
			into = j.newGroup(n)
		}
		i = skipBlank(s, j.walk(s, i, n, into))
		if s[i] == ',' {
			i = skipBlank(s, i+1)
		}
	}
	return i + 1
}

// newGroup is an empty group, reusing earlier rows' memory.
func (j *jsonRow) newGroup(n *node) []string {
	at := len(j.groups)
	if at < cap(j.groups) {
		j.groups = j.groups[:at+1]
	} else {
		j.groups = append(j.groups, nil)
	}
	if len(j.groups[at]) != j.plan.groups {
		j.groups[at] = make([]string, j.plan.groups)
	}
	clear(j.groups[at])
	return j.groups[at]
}

// inOrder are the groups as they stand in the row, nil if there are none.
func (j *jsonRow) inOrder() [][]string {
	if len(j.groups) == 0 {
		return nil
	}
	return j.groups
}

// put adds a value where a node says.
func (j *jsonRow) put(n *node, group []string, v string) {
	add := func(into []string, at int) {
		switch {
		case v == "":
		case into[at] == "":
			into[at] = v
		default:
			into[at] += ";" + v
		}
	}
	if n.group >= 0 && group != nil {
		add(group, n.group)
	}
	if n.column >= 0 {
		add(j.values, n.column)
	}
}

// scalar is the text of a string, number or word; null is "".
func scalar(s string) string {
	if s[0] != '"' {
		if s == "null" {
			return ""
		}
		return s
	}
	if strings.IndexByte(s, '\\') < 0 {
		return s[1 : len(s)-1]
	}
	var out string
	if json.Unmarshal([]byte(s), &out) != nil {
		return s[1 : len(s)-1]
	}
	return out
}

func skipBlank(s string, i int) int {
	for i < len(s) && (s[i] == ' ' || s[i] == '\t' || s[i] == '\r' || s[i] == '\n') {
		i++
	}
	return i
}

// skipValue is the place behind the value at i of valid JSON.
func skipValue(s string, i int) int {
	depth := 0
	for ; i < len(s); i++ {
		switch s[i] {
		case '"':
			for i++; s[i] != '"'; i++ {
				if s[i] == '\\' {
					i++
				}
			}
			if depth == 0 {
				return i + 1
			}
		case '{', '[':
			depth++
		case '}', ']':
			if depth == 0 {
				return i // the end of the enclosing value: a number or word ended
			}
			if depth--; depth == 0 {
				return i + 1
			}
		case ',', ':', ' ', '\t', '\r', '\n':
			if depth == 0 {
				return i
			}
		}
	}
	return i
}

// A scout lists the paths of a file's start, in the order of their first
// appearance.
type scout struct {
	eaches []string
	known  map[string]bool
	paths  []string
	arrays []string
}

// value walks the value at i, which stands at path.
func (c *scout) value(s string, i int, path string) int {
	i = skipBlank(s, i)
	switch s[i] {
	case '{':
		for i = skipBlank(s, i+1); s[i] != '}'; {
			end := skipValue(s, i)
			key := scalar(s[i:end])
			if path != "" {
				key = path + "." + key
			}
			i = skipBlank(s, c.value(s, skipBlank(s, end)+1, key))
			if s[i] == ',' {
				i = skipBlank(s, i+1)
			}
		}
		return i + 1
	case '[':
		for i = skipBlank(s, i+1); s[i] != ']'; {
			if s[i] == '{' && !slices.Contains(c.arrays, path) {
				c.arrays = append(c.arrays, path)
			}
			i = skipBlank(s, c.value(s, i, path))
			if s[i] == ',' {
				i = skipBlank(s, i+1)
			}
		}
		return i + 1
	}
	end := skipValue(s, i)
	if !c.known[path] {
		c.known[path] = true
		if !c.inGroup(path) {
			c.paths = append(c.paths, path)
		}
	}
	return end
}

// inGroup reports whether a path lies within a repeated part.
func (c *scout) inGroup(path string) bool {
	return slices.ContainsFunc(c.eaches, func(each string) bool { return strings.HasPrefix(path, each+".") })
}
