package lint

import (
	"go/parser"
	"go/token"
	"io/fs"
	"path"
	"path/filepath"
	"sort"
	"strconv"
	"strings"
	"testing"
)

const module = "github.com/casefold/casefold"

// policy says, for each folder, which of our packages and which third-party
// modules it may import. Arrows run one way, as the stages do. A folder's
// entry holds for its subfolders unless they have their own; "self" (the
// folder and what lies below it) is always allowed. Do not widen a line to
// mend a build: move the code, or say in an ADR why the arrow is right.
var policy = map[string]struct{ ours, theirs string }{
	".":                   {"", ""},
	"normalize":           {". normalize", "golang.org/x/text github.com/antzucaro/matchr"},
	"mention":             {". normalize matcher/similarity", ""},
	"matcher/similarity":  {"", "github.com/antzucaro/matchr"},
	"matcher":             {". normalize mention matcher", ""},
	"index/blocking":      {". normalize mention matcher/similarity", ""},
	"index/search":        {". normalize matcher/similarity", "github.com/blevesearch/bleve github.com/blevesearch/bleve_index_api"},
	"history":             {". normalize", "github.com/goccy/go-yaml"},
	"relief":              {".", "github.com/goccy/go-yaml"},
	"filing":              {". relief history internal/disk internal/journal internal/store", ""},
	"internal/source":     {".", "github.com/klauspost/compress golang.org/x/text"},
	"internal/project":    {". normalize internal/source", "github.com/goccy/go-yaml"},
	"internal/disk":       {"", ""}, // the one seam for crash tests: ADR 0070
	"internal/segment":    {"internal/disk", "github.com/klauspost/compress"},
	"internal/store":      {". internal/disk", "github.com/dgraph-io/badger golang.org/x/sys"},
	"internal/journal":    {"internal/disk", "golang.org/x/mod"},
	"internal/identity":   {".", ""},
	"internal/disclosure": {".", ""},
	"internal/synth":      {". normalize/caseno normalize/place", "github.com/klauspost/compress"}, // the scorer asks whether two spellings are one
	"internal/chart":      {".", ""},
	"internal/report":     {". relief history matcher internal/engine internal/chart", ""},
	"internal/crash":      {"internal/disk", ""},
	"internal/lint":       {"", ""},
	"internal/engine":     {". normalize mention matcher index history relief filing internal", "golang.org/x/sync"},
	"internal/server":     {". relief history matcher internal/engine internal/chart internal/report", "github.com/danielgtaylor/huma"},
	"cmd/casefold":        {". internal normalize relief matcher history filing", "github.com/alecthomas/kong github.com/vbauerster/mpb golang.org/x/term"},
}

func TestImports(t *testing.T) {
	for dir, imports := range packages(t) {
		rule, name := ruleFor(dir)
		if name == "" {
			t.Errorf("%s: no line in the import policy; add one with its reason", dir)
			continue
		}
		for _, imp := range imports {
			switch {
			case imp == module || strings.HasPrefix(imp, module+"/"):
				own := strings.TrimPrefix(strings.TrimPrefix(imp, module), "/")
				if own == "" {
					own = "."
				}
				if !within(own, name) && !anyWithin(own, strings.Fields(rule.ours)) {
					t.Errorf("%s imports %s, which its policy line (%s) does not allow", dir, own, name)
				}
			case strings.Contains(strings.SplitN(imp, "/", 2)[0], "."):
				if !anyPrefix(imp, strings.Fields(rule.theirs)) {
					t.Errorf("%s imports %s, which its policy line (%s) does not allow", dir, imp, name)
				}
			}
		}
	}
}

// TestNothingImportsBackwards names the arrows that must never exist, whatever
// the table above says.
func TestNothingImportsBackwards(t *testing.T) {
	never := map[string][]string{
		"index":     {"matcher/train", "matcher/cluster"},
		"matcher":   {"index"},
		"relief":    {"matcher", "normalize", "mention"},
		"history":   {"matcher", "mention", "relief"},
		"normalize": {"mention", "history"},
	}
	for dir, imports := range packages(t) {
		for from, tos := range never {
			if !within(dir, from) {
				continue
			}
			for _, imp := range imports {
				for _, to := range tos {
					if within(strings.TrimPrefix(imp, module+"/"), to) && strings.HasPrefix(imp, module+"/") {
						t.Errorf("%s imports %s: backwards", dir, imp)
					}
				}
			}
		}
	}
}

func ruleFor(dir string) (rule struct{ ours, theirs string }, name string) {
	for d := dir; ; d = path.Dir(d) {
		if r, ok := policy[d]; ok && (d != "." || dir == ".") {
			return r, d
		}
		if d == "." {
			return rule, ""
		}
	}
}

func within(dir, parent string) bool {
	if parent == "." {
		return dir == "."
	}
	return dir == parent || strings.HasPrefix(dir, parent+"/")
}

func anyWithin(dir string, parents []string) bool {
	for _, p := range parents {
		if within(dir, p) {
			return true
		}
	}
	return false
}

func anyPrefix(imp string, prefixes []string) bool {
	for _, p := range prefixes {
		if imp == p || strings.HasPrefix(imp, p+"/") {
			return true
		}
	}
	return false
}

// packages lists the non-test imports of every folder that holds Go files.
func packages(t *testing.T) map[string][]string {
	t.Helper()
	out := map[string]map[string]bool{}
	walkGo(t, func(dir, file string) {
		if strings.HasSuffix(file, "_test.go") {
			return
		}
		f, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.ImportsOnly)
		if err != nil {
			t.Fatal(err)
		}
		if out[dir] == nil {
			out[dir] = map[string]bool{}
		}
		for _, spec := range f.Imports {
			p, _ := strconv.Unquote(spec.Path.Value)
			out[dir][p] = true
		}
	})
	lists := map[string][]string{}
	for dir, set := range out {
		for p := range set {
			lists[dir] = append(lists[dir], p)
		}
		sort.Strings(lists[dir])
	}
	return lists
}

func walkGo(t *testing.T, fn func(dir, file string)) {
	t.Helper()
	root := filepath.Join("..", "..")
	err := filepath.WalkDir(root, func(p string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		rel, _ := filepath.Rel(root, p)
		if d.IsDir() && (strings.HasPrefix(d.Name(), ".") && rel != "." || d.Name() == "testdata" || d.Name() == "node_modules") {
			return filepath.SkipDir
		}
		// bench is a module of its own; its imports are its own affair.
		if d.IsDir() && rel == "bench" {
			return filepath.SkipDir
		}
		if strings.HasSuffix(p, ".go") {
			fn(filepath.ToSlash(filepath.Dir(rel)), p)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}
