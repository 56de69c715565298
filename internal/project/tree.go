package project

import (
	"errors"
	"fmt"
	"strings"

	"github.com/casefold/casefold"
	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"
	"github.com/goccy/go-yaml/token"
)

// A node is a value of the file with its place. Scalars are text as written:
// `21` and `"21"` are the same word, and no `no` turns into false.
type node struct {
	kind    nodeKind
	at      spot
	text    string
	quoted  bool
	items   []*node
	entries []entry
}

type nodeKind uint8

const (
	nullNode nodeKind = iota
	scalarNode
	listNode
	tableNode
)

// An entry is a key of a table with its value.
type entry struct {
	key   string
	at    spot
	value *node
}

func (k nodeKind) String() string {
	return [...]string{"nothing", "a word", "a list", "a table"}[k]
}

// get is the value under a key, nil if there is none or it is empty.
func (n *node) get(key string) *node {
	if n == nil {
		return nil
	}
	for _, e := range n.entries {
		if e.key == key && e.value.kind != nullNode {
			return e.value
		}
	}
	return nil
}

// has reports whether the key is there, empty or not.
func (n *node) has(key string) bool {
	for _, e := range n.entries {
		if e.key == key {
			return true
		}
	}
	return false
}

// str is the text of a scalar, "" for anything else.
func (n *node) str() string {
	if n == nil || n.kind != scalarNode {
		return ""
	}
	return n.text
}

// list are the elements of a list; a single scalar counts as a list of one.
func (n *node) list() []*node {
	switch {
	case n == nil:
		return nil
	case n.kind == listNode:
		return n.items
	case n.kind == scalarNode:
		return []*node{n}
	}
	return nil
}

// words are the texts of a list of scalars.
func (n *node) words() []string {
	var out []string
	for _, item := range n.list() {
		if item.kind == scalarNode {
			out = append(out, item.text)
		}
	}
	return out
}

// A checker collects the problems of one file.
type checker struct {
	file     string
	problems []casefold.Problem
	lone     bool // a source that stands alone: name and files may be missing
	anchors  map[string]ast.Node
	depth    int
}

func (c *checker) problem(at spot, format string, args ...any) {
	c.problems = append(c.problems, casefold.Problem{File: c.file, Line: at.line, Column: at.column, Text: fmt.Sprintf(format, args...)})
}

// maxProblems is how many problems are told at once.
const maxProblems = 50

// sorted are the problems in order of place, the first ones if there are many.
func (c *checker) sorted() []casefold.Problem {
	all := casefold.SortProblems(c.problems)
	if more := len(all) - maxProblems; more > 0 {
		all = append(all[:maxProblems], casefold.Problem{File: c.file, Text: fmt.Sprintf("and %d more problems", more)})
	}
	return all
}

// parse turns YAML into nodes; nil if it is not YAML or not a table.
func (c *checker) parse(data []byte) *node {
	text := strings.TrimPrefix(string(data), "\ufeff")
	file, err := parser.ParseBytes([]byte(text), 0, parser.AllowDuplicateMapKey())
	if err != nil {
		c.syntax(err)
		return nil
	}
	c.anchors = map[string]ast.Node{}
	var root *node
	for _, doc := range file.Docs {
		if doc == nil || doc.Body == nil {
			continue
		}
		if root != nil {
			c.problem(placeOf(doc.Body.GetToken()), "a second YAML document; one file is one project")
			return nil
		}
		root = c.convert(doc.Body)
	}
	if root == nil || root.kind == nullNode {
		c.problem(spot{1, 1}, "the file is empty")
		return nil
	}
	if len(c.problems) > 0 {
		return nil
	}
	if root.kind != tableNode && !c.lone {
		c.problem(root.at, "the file is %s; keys with values are wanted", root.kind)
		return nil
	}
	return root
}

// syntax reports what the YAML parser complains of.
func (c *checker) syntax(err error) {
	var positioned yaml.Error
	if errors.As(err, &positioned) {
		c.problem(placeOf(positioned.GetToken()), "%s", plainSyntax(positioned.GetMessage()))
		return
	}
	c.problem(spot{}, "%s", err)
}

// plainSyntax adds what mostly causes a parser's complaint.
func plainSyntax(message string) string {
	switch {
	case strings.Contains(message, "tab"), strings.Contains(message, "found character '\t'"):
		return "not YAML: " + message + "; indent with blanks, not with tabs"
	case strings.Contains(message, "could not find end character"):
		return "not YAML: " + message + "; is a quote not closed?"
	}
	return "not YAML: " + message + "; is a line indented differently from its neighbors, or a colon without a blank behind it?"
}

func placeOf(tk *token.Token) spot {
	if tk == nil || tk.Position == nil {
		return spot{}
	}
	return spot{tk.Position.Line, tk.Position.Column}
}

// convert turns a parser's node into ours.
func (c *checker) convert(n ast.Node) *node {
	if c.depth++; c.depth > 100 {
		c.depth--
		return &node{}
	}
	defer func() { c.depth-- }()
	if n == nil {
		return &node{}
	}
	out := &node{at: placeOf(n.GetToken())}
	switch n := n.(type) {
	case *ast.NullNode:
	case *ast.MappingNode:
		out.kind = tableNode
		for _, v := range n.Values {
			c.entry(out, v)
		}
		if len(out.entries) > 0 && !n.IsFlowStyle {
			out.at = out.entries[0].at
		}
	case *ast.MappingValueNode:
		out.kind = tableNode
		c.entry(out, n)
		if len(out.entries) > 0 {
			out.at = out.entries[0].at
		}
	case *ast.SequenceNode:
		out.kind = listNode
		for _, v := range n.Values {
			out.items = append(out.items, c.convert(v))
		}
	case *ast.AnchorNode:
		c.anchors[n.Name.GetToken().Value] = n.Value
		return c.convert(n.Value)
	case *ast.AliasNode:
		name := n.Value.GetToken().Value
		target, ok := c.anchors[name]
		if !ok {
			c.problem(placeOf(n.Value.GetToken()), "the anchor %q is not defined above", name)
			return out
		}
		return c.convert(target)
	case *ast.TagNode:
		return c.convert(n.Value)
	case *ast.LiteralNode:
		out.kind, out.text, out.quoted = scalarNode, strings.TrimSuffix(n.Value.Value, "\n"), true
	case *ast.StringNode:
		out.kind, out.text = scalarNode, n.Value
		tk := n.GetToken().Type
		out.quoted = tk == token.SingleQuoteType || tk == token.DoubleQuoteType
	default:
		out.kind, out.text = scalarNode, n.GetToken().Value
	}
	return out
}

// entry adds a key and its value to a table.
func (c *checker) entry(table *node, v *ast.MappingValueNode) {
	tk := v.Key.GetToken()
	if v.Key.IsMergeKey() {
		merged := c.convert(v.Value)
		for _, e := range merged.entries {
			if !table.has(e.key) {
				table.entries = append(table.entries, e)
			}
		}
		return
	}
	key := tk.Value
	if s, ok := v.Key.(*ast.StringNode); ok {
		key = s.Value
	}
	if table.has(key) {
		c.problem(placeOf(tk), "key %q stands twice in this table", key)
		return
	}
	table.entries = append(table.entries, entry{key: key, at: placeOf(tk), value: c.convert(v.Value)})
}
