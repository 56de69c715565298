package lint

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"strings"
	"testing"
)

// impure are calls that a library never makes: the clock, the environment and
// the random source are arguments, and words go to whoever called.
var impure = map[string]string{
	"time.Now": "the date is an argument", "time.Since": "the date is an argument",
	"os.Getenv": "configuration is an argument", "os.LookupEnv": "configuration is an argument", "os.Environ": "configuration is an argument",
	"fmt.Print": "libraries return", "fmt.Println": "libraries return", "fmt.Printf": "libraries return",
	"log.Print": "libraries return", "log.Println": "libraries return", "log.Printf": "libraries return", "log.Fatal": "libraries return", "log.Fatalf": "libraries return",
	"os.Exit": "libraries return", "rand.Int": "the seed is an argument", "rand.Intn": "the seed is an argument", "rand.IntN": "the seed is an argument", "rand.Float64": "the seed is an argument",
}

// mayReadClock are the folders at the edge of the program: the command and the
// server know the time and the terminal; the engine and the crash harness
// measure how long stages take.
var mayReadClock = []string{"cmd/casefold", "internal/server", "internal/engine", "internal/crash"}

func TestLibrariesAreArgumentsOnly(t *testing.T) {
	walkGo(t, func(dir, file string) {
		if strings.HasSuffix(file, "_test.go") || anyWithin(dir, mayReadClock) {
			return
		}
		f, err := parser.ParseFile(token.NewFileSet(), file, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(f, func(n ast.Node) bool {
			sel, ok := n.(*ast.SelectorExpr)
			if !ok {
				return true
			}
			if pkg, ok := sel.X.(*ast.Ident); ok && pkg.Obj == nil {
				if why := impure[pkg.Name+"."+sel.Sel.Name]; why != "" {
					t.Errorf("%s calls %s.%s: %s", file, pkg.Name, sel.Sel.Name, why)
				}
			}
			return true
		})
	})
}

// TestPackagesIntroduceThemselves wants a package comment, above the clause,
// in one file of each folder.
func TestPackagesIntroduceThemselves(t *testing.T) {
	said, seen := map[string]bool{}, map[string]bool{}
	walkGo(t, func(dir, file string) {
		if strings.HasSuffix(file, "_test.go") {
			return
		}
		f, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.PackageClauseOnly|parser.ParseComments)
		if err != nil {
			t.Fatal(err)
		}
		seen[dir] = true
		if f.Doc != nil && (strings.HasPrefix(f.Doc.Text(), "Package ") || strings.HasPrefix(f.Doc.Text(), "Command ")) {
			said[dir] = true
		}
	})
	for dir := range seen {
		if !said[dir] {
			t.Errorf("%s has no package comment", dir)
		}
	}
}

// TestFilesStayReadable caps a file at 500 lines and a function at 80, the
// length at which our house style asks for a pause. A longer one needs its
// reason here.
func TestFilesStayReadable(t *testing.T) {
	const maxFile, maxFunc = 500, 80
	walkGo(t, func(dir, file string) {
		src, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if n := strings.Count(string(src), "\n"); n > maxFile && !strings.HasSuffix(file, "_test.go") {
			t.Errorf("%s has %d lines; one idea a file, %d lines at most", file, n, maxFile)
		}
		fset := token.NewFileSet()
		f, err := parser.ParseFile(fset, file, src, 0)
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range f.Decls {
			fn, ok := d.(*ast.FuncDecl)
			if !ok || fn.Body == nil || strings.HasSuffix(file, "_test.go") {
				continue
			}
			if n := fset.Position(fn.End()).Line - fset.Position(fn.Pos()).Line; n > maxFunc {
				t.Errorf("%s:%d: func %s has %d lines; %d at most", file, fset.Position(fn.Pos()).Line, fn.Name.Name, n, maxFunc)
			}
		}
	})
}
