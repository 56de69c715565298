package project

import (
	"slices"
	"strconv"
	"strings"

	"github.com/casefold/casefold"
	"github.com/casefold/casefold/internal/source"
)

// check reports everything in which a node is not what the keys allow. Name is
// the key it stands under.
func (c *checker) check(n *node, v value, name string) {
	if n.kind == nullNode {
		return
	}
	if v.also != nil && !fits(n, v) && fits(n, *v.also) {
		v = *v.also
	}
	switch v.kind {
	case tableValue:
		if c.want(n, tableNode, name) {
			c.checkTable(n, v.keys, name)
		}
	case mapValue:
		if c.want(n, tableNode, name) {
			c.checkMap(n, v)
		}
	case listValue:
		c.checkList(n, v, name)
	default:
		if c.want(n, scalarNode, name) {
			c.checkWord(n, v, name)
		}
	}
}

// fits reports whether a node has the form of a value, whatever it holds.
func fits(n *node, v value) bool {
	switch v.kind {
	case tableValue, mapValue:
		return n.kind == tableNode
	case listValue:
		return n.kind == listNode || n.kind == scalarNode && v.of.kind <= countValue
	}
	return n.kind == scalarNode
}

func (c *checker) want(n *node, kind nodeKind, name string) bool {
	if n.kind == kind {
		return true
	}
	c.problem(n.at, "%s is %s; %s is wanted", quoted(name), n.kind, kind)
	return false
}

func quoted(name string) string {
	if name == "" {
		return "the file"
	}
	return strconv.Quote(name)
}

func (c *checker) checkTable(n *node, allowed keys, name string) {
	for _, e := range n.entries {
		k := allowed.find(e.key)
		if k == nil {
			c.unknownKey(e, allowed)
			continue
		}
		c.check(e.value, k.value, k.name)
	}
	for _, k := range allowed {
		if k.required && n.get(k.name) == nil && !(c.lone && name == "source") {
			if i := slices.IndexFunc(n.entries, func(e entry) bool { return e.key == k.name }); i >= 0 {
				c.problem(n.entries[i].at, "key %q is empty", k.name)
				continue
			}
			c.problem(n.at, "%s lacks the key %q: %s", quoted(name), k.name, k.doc)
		}
	}
}

// unknownKey tells where a known word would stand, or the nearest key.
func (c *checker) unknownKey(e entry, allowed keys) {
	if allowed.find("mapping") != nil && slices.Contains(fieldWords(), e.key) {
		c.problem(e.at, "%q is a field; it belongs under \"mapping\"", e.key)
		return
	}
	c.problem(e.at, "%s", unknown("key", e.key, allowed.names()))
}

// checkMap checks a table whose keys are a closed list of words, or any.
func (c *checker) checkMap(n *node, v value) {
	for _, e := range n.entries {
		if k := v.keys.find(e.key); k != nil {
			c.check(e.value, k.value, k.name)
			continue
		}
		if len(v.words) > 0 && !slices.Contains(v.words, e.key) {
			c.problem(e.at, "%s", unknown(v.what, e.key, append(v.keys.names(), v.words...)))
			continue
		}
		c.check(e.value, *v.of, e.key)
	}
}

func (c *checker) checkList(n *node, v value, name string) {
	if n.kind != listNode {
		if !fits(n, *v.of) {
			c.problem(n.at, "%s is %s; a list is wanted", quoted(name), n.kind)
			return
		}
		c.check(n, *v.of, name)
		return
	}
	single := strings.TrimSuffix(name, "s")
	for _, item := range n.items {
		if item.kind == nullNode {
			at := item.at
			if at.line == 0 {
				at = n.at
			}
			c.problem(at, "%s has an empty element", quoted(name))
			continue
		}
		c.check(item, *v.of, single)
	}
}

// checkWord checks a scalar.
func (c *checker) checkWord(n *node, v value, name string) {
	switch v.kind {
	case wordValue:
		if !slices.Contains(v.words, n.text) {
			c.problem(n.at, "%s", unknown(v.what, n.text, v.words))
		}
	case yesNoValue:
		if _, ok := yesNoOf(n.text); !ok {
			c.problem(n.at, "%s", unknown("value", n.text, []string{"true", "false"}))
		}
	case dayValue:
		if _, err := casefold.ParseDay(n.text); err != nil {
			c.problem(n.at, "%s: %s", name, err)
		}
	case numberValue:
		if _, err := strconv.ParseFloat(n.text, 64); err != nil {
			c.problem(n.at, "%s: %q is not a number", name, n.text)
		}
	case countValue:
		if i, err := strconv.Atoi(n.text); err != nil || i < 1 {
			c.problem(n.at, "%s: %q is not a whole number from 1", name, n.text)
		}
	case textValue:
		if open := strings.LastIndexByte(n.text, '['); open > 0 && strings.HasSuffix(n.text, "]") &&
			strings.Contains(n.text[open:], ":") && source.ParseCut(n.text).From == 0 {
			c.problem(n.at, "%q is not a cut of a column; write COLUMN[1:3] for characters 1 to 3, COLUMN[4:] for all from the fourth", n.text)
		}
	}
}

func yesNoOf(word string) (value, ok bool) {
	switch strings.ToLower(word) {
	case "true", "yes":
		return true, true
	case "false", "no":
		return false, true
	}
	return false, false
}
