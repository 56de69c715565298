package relief

import (
	"fmt"
	"slices"
	"strings"

	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"

	"github.com/casefold/casefold"
)

// A Problem is a fault in a law, policy or case file, with its place.
type Problem = casefold.Problem

// A yamlFile reads one rule file node by node, so that every complaint has the
// place of the word it complains about. It collects problems and goes on.
type yamlFile struct {
	name     string
	problems []Problem
}

// A field is one key of a mapping with its value.
type field struct {
	key   string
	at    ast.Node
	value ast.Node
}

func (f *yamlFile) errorf(at ast.Node, format string, args ...any) {
	p := Problem{File: f.name, Text: fmt.Sprintf(format, args...)}
	if at != nil {
		if tok := at.GetToken(); tok != nil && tok.Position != nil {
			p.Line, p.Column = tok.Position.Line, tok.Position.Column
		}
	}
	f.problems = append(f.problems, p)
}

// parse returns the root mapping of the file, nil where there is none.
func (f *yamlFile) parse(src []byte) ast.Node {
	file, err := parser.ParseBytes(src, 0)
	if err != nil {
		f.problems = append(f.problems, yamlProblem(f.name, err))
		return nil
	}
	if len(file.Docs) != 1 || file.Docs[0].Body == nil {
		f.errorf(nil, "holds %d documents; write one", len(file.Docs))
		return nil
	}
	return file.Docs[0].Body
}

// yamlProblem takes place and message out of a syntax error of the parser,
// whose text begins with "[line:column] ".
func yamlProblem(name string, err error) Problem {
	p := Problem{File: name}
	text, _, _ := strings.Cut(err.Error(), "\n")
	if n, _ := fmt.Sscanf(text, "[%d:%d]", &p.Line, &p.Column); n == 2 {
		_, text, _ = strings.Cut(text, "] ")
	}
	p.Text = text
	return p
}

// fields lists a mapping's keys in order. With allowed keys given, any other
// key is a problem that names the nearest allowed one.
func (f *yamlFile) fields(n ast.Node, allowed ...string) []field {
	var values []*ast.MappingValueNode
	switch m := n.(type) {
	case *ast.MappingNode:
		values = m.Values
	case *ast.MappingValueNode:
		values = []*ast.MappingValueNode{m}
	case nil:
		return nil
	default:
		f.errorf(n, "a mapping is expected here")
		return nil
	}
	var out []field
	for _, v := range values {
		key := v.Key.GetToken().Value
		if len(allowed) > 0 && !slices.Contains(allowed, key) {
			f.errorf(v.Key, "unknown key %q%s", key, nearest(key, allowed))
			continue
		}
		if slices.ContainsFunc(out, func(x field) bool { return x.key == key }) {
			f.errorf(v.Key, "key %q is given twice", key)
			continue
		}
		out = append(out, field{key, v.Key, v.Value})
	}
	return out
}

// items lists a sequence; a single value counts as a sequence of one.
func (f *yamlFile) items(n ast.Node) []ast.Node {
	switch s := n.(type) {
	case *ast.SequenceNode:
		return s.Values
	case *ast.NullNode, nil:
		return nil
	}
	return []ast.Node{n}
}

// text is a scalar's text; a mapping or sequence is a problem.
func (f *yamlFile) text(n ast.Node) string {
	switch s := n.(type) {
	case *ast.LiteralNode:
		return strings.Join(strings.Fields(s.Value.Value), " ")
	case *ast.StringNode:
		return strings.Join(strings.Fields(s.Value), " ")
	case *ast.NullNode, nil:
		return ""
	case ast.ScalarNode:
		return n.GetToken().Value
	}
	f.errorf(n, "a single value is expected here")
	return ""
}

// texts is a list of scalars.
func (f *yamlFile) texts(n ast.Node) []string {
	var out []string
	for _, item := range f.items(n) {
		out = append(out, f.text(item))
	}
	return out
}

func (f *yamlFile) day(n ast.Node) casefold.Day {
	s := f.text(n)
	if s == "" {
		return 0
	}
	day, err := casefold.ParseDay(s)
	if err != nil {
		f.errorf(n, "%v", err)
	}
	return day
}

// nearest suggests the allowed word that differs least, and lists the rest
// while they are few.
func nearest(word string, allowed []string) string {
	best, bestDistance := "", 1+len(word)/2
	for _, a := range allowed {
		if d := editDistance(word, a); d < bestDistance || d == bestDistance && best != "" && a < best {
			best, bestDistance = a, d
		}
	}
	out := ""
	if best != "" {
		out = fmt.Sprintf("; did you mean %q?", best)
	}
	if len(allowed) <= 14 {
		out += " (allowed: " + strings.Join(allowed, ", ") + ")"
	}
	return out
}

// editDistance counts single-letter changes (Levenshtein).
func editDistance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			cost := diagonal
			if a[i] != b[j] {
				cost++
			}
			diagonal = row[j+1]
			row[j+1] = min(cost, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(b)]
}
