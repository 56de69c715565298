package engine

import (
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/casefold/casefold"
	"github.com/casefold/casefold/relief"
	"github.com/casefold/casefold/relief/laws"
	"github.com/casefold/casefold/relief/policies"
)

// A LawFolder is where a law's files stand: one that comes with the program, or
// a folder on disk.
type LawFolder struct {
	Name string // as a person typed it
	fsys fs.FS
	dir  string
	at   string // what a place in a file begins with, on disk
}

// FindLaw finds a law: its name if it comes with the program, else its folder.
func FindLaw(word string) (LawFolder, error) {
	if slices.Contains(laws.Names, word) {
		return LawFolder{word, laws.Files, word, ""}, nil
	}
	abs, err := filepath.Abs(word)
	if err != nil {
		return LawFolder{}, err
	}
	if _, err := os.Stat(filepath.Join(abs, "law.yaml")); err != nil {
		return LawFolder{}, Usage(fmt.Sprintf("there is no law %q", word),
			"a law is one of "+strings.Join(laws.Names, ", ")+", or a folder that holds law.yaml")
	}
	// The lists that laws share stand beside the folder.
	at := filepath.Join(word, "..")
	return LawFolder{word, os.DirFS(filepath.Dir(abs)), filepath.Base(abs), at}, nil
}

// placed gives problems the places under which a person finds the files.
func (f LawFolder) placed(problems []casefold.Problem) casefold.Problems {
	for i := range problems {
		problems[i].File = filepath.Join(f.at, problems[i].File)
	}
	return problems
}

// Load compiles the law.
func (f LawFolder) Load() (*relief.Law, error) {
	l, problems := relief.LoadLaw(f.fsys, f.dir)
	if l == nil {
		return nil, f.placed(problems)
	}
	return l, nil
}

// Check proves the law (relief.Check); the error holds every fault.
func (f LawFolder) Check() error {
	if problems := relief.Check(f.fsys, f.dir); len(problems) > 0 {
		return f.placed(problems)
	}
	return nil
}

// Test decides the law's cases, with the policies that come with the program,
// and returns how many there are and what is not answered as stated.
func (f LawFolder) Test() (cases int, failures casefold.Problems, err error) {
	l, err := f.Load()
	if err != nil {
		return 0, nil, err
	}
	all, problems := relief.ReadCases(f.fsys, path.Join(f.dir, "cases"))
	if len(problems) > 0 {
		return 0, nil, f.placed(problems)
	}
	shipped, err := shippedPolicies(l)
	if err != nil {
		return 0, nil, err
	}
	var wrong []casefold.Problem
	for _, x := range l.RunCases(all, shipped) {
		wrong = append(wrong, x.Problem)
	}
	return len(all), f.placed(wrong), nil
}

// shippedPolicies compiles the policies that overlay a law, by name.
func shippedPolicies(l *relief.Law) (map[string]*relief.Policy, error) {
	out := map[string]*relief.Policy{}
	all, err := Laws()
	if err != nil {
		return nil, err
	}
	if i := slices.IndexFunc(all, func(x *relief.Law) bool { return x.Name == l.Name }); i >= 0 {
		all[i] = l
	}
	for _, name := range PolicyNames() {
		src, err := fs.ReadFile(policies.Files, name+".yaml")
		if err != nil {
			return nil, err
		}
		p, problems := relief.LoadPolicyOf(all, "policies/"+name+".yaml", src)
		if p == nil {
			return nil, casefold.Problems(problems)
		}
		if p.Law == l.Name {
			out[name] = p
		}
	}
	return out, nil
}

// LoadPolicy compiles a policy by name or by its file.
func LoadPolicy(word string) (*relief.Policy, error) {
	all, err := Laws()
	if err != nil {
		return nil, err
	}
	return policyNamed(word, all)
}
