package project

import (
	"os"
	"path/filepath"

	"github.com/casefold/casefold"
)

// FileName is the project file's usual name.
const FileName = "casefold.yaml"

// A Project is what a project file says, with defaults filled in.
type Project struct {
	Path    string // of the project file
	Dir     string // its folder: relative names start here
	Office  casefold.Office
	Sources []casefold.Source
	AsOf    casefold.Day // 0: not set
	Store   string       // folder of the store
	// CaptionFrom are the tellers that may speak for a motion's caption, in
	// order of preference.
	CaptionFrom []casefold.TellerKind
	Policy      string // name or file of a county policy, "" none
	Matching    Matching

	refs     []sourceRefs // where each source's words stand, by source
	policyAt spot
}

// PolicyProblem is a fault of the policy that the file names, at its place.
func (p *Project) PolicyProblem(text string) casefold.Problem {
	return casefold.Problem{File: p.Path, Line: p.policyAt.line, Column: p.policyAt.column, Text: text}
}

// Matching overrides what the model says about links. Nil is "not set".
type Matching struct {
	// FalseLinkCost and MissedLinkCost are the costs from which the threshold
	// is chosen: only their ratio matters.
	FalseLinkCost, MissedLinkCost *float64
	// LinkBits and PossibleBits replace the thresholds themselves, in bits.
	LinkBits, PossibleBits *float64
}

// sourceRefs are the places of a source's words that a look at its files may
// prove wrong.
type sourceRefs struct {
	at      spot // of the source
	files   []placed
	columns []placed
}

// A placed is a word with its place.
type placed struct {
	word string
	at   spot
}

// A spot is a line and a column of the project file.
type spot struct{ line, column int }

// Load reads a project file. The Project is nil if there is any problem.
func Load(path string) (*Project, []casefold.Problem) {
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, []casefold.Problem{{File: path, Text: unreadable(err)}}
	}
	return Parse(path, data)
}

func unreadable(err error) string {
	switch {
	case os.IsNotExist(err):
		return "there is no such file; `casefold init FILE...` writes one"
	case os.IsPermission(err):
		return "the file may not be read"
	}
	return err.Error()
}

// Parse reads the text of a project file that stands, or would stand, at path.
func Parse(path string, data []byte) (*Project, []casefold.Problem) {
	c := &checker{file: path}
	root := c.parse(data)
	if root == nil {
		return nil, c.sorted()
	}
	c.check(root, projectKeys.value(), "")
	p := c.project(root, filepath.Dir(path))
	if problems := c.sorted(); len(problems) > 0 {
		return nil, problems
	}
	p.Path = path
	return p, nil
}

// ParseSourceEntry reads one entry of a project file's `sources:` that stands
// alone in a file: the entry itself, a list of one, or `sources:` with one.
// Name, files and format need not be given.
func ParseSourceEntry(path string, data []byte) (casefold.Source, []casefold.Problem) {
	c := &checker{file: path, lone: true}
	root := c.parse(data)
	if root == nil {
		return casefold.Source{}, c.sorted()
	}
	if list := root.get("sources"); list != nil && len(root.entries) == 1 {
		root = list
	}
	if root.kind == listNode {
		if len(root.items) != 1 {
			c.problem(root.at, "one source is wanted here, not %d", len(root.items))
			return casefold.Source{}, c.sorted()
		}
		root = root.items[0]
	}
	c.check(root, sourceKeys.value(), "source")
	src, _ := c.source(root)
	return src, c.sorted()
}
