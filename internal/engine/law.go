package engine

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/casefold/casefold"
	"github.com/casefold/casefold/internal/project"
	"github.com/casefold/casefold/internal/segment"
	"github.com/casefold/casefold/relief"
	"github.com/casefold/casefold/relief/laws"
	"github.com/casefold/casefold/relief/policies"
)

// A lawbook is what a run decides by: the laws in the order of the exports, the
// county's policy, and a digest of every byte that either was read from.
type lawbook struct {
	laws   []*relief.Law
	policy *relief.Policy // nil: the law alone
	print  string
}

// loadLaws compiles the laws that come with the program and the policy that
// the project file names.
func (e *Engine) loadLaws() (*lawbook, error) {
	all, err := Laws()
	if err != nil {
		return nil, err
	}
	b := &lawbook{laws: all, print: digest(lawBytes()...)}
	if e.project.Policy == "" {
		return b, nil
	}
	text, err := readPolicy(e.project.Policy, e.project.Dir)
	if err != nil {
		return nil, casefold.Problems{e.project.PolicyProblem(err.Error())}
	}
	p, problems := relief.LoadPolicyOf(all, text.file, text.src)
	if p == nil {
		return nil, casefold.Problems(problems)
	}
	b.policy, b.print = p, digest(b.print, string(text.src))
	return b, nil
}

// Laws compiles the laws that come with the program. One that does not compile
// is a fault of this program's build, told at its place.
func Laws() ([]*relief.Law, error) {
	var out []*relief.Law
	for _, name := range laws.Names {
		l, problems := relief.LoadLaw(laws.Files, name)
		if l == nil {
			return nil, fmt.Errorf("law %s does not compile: %w", name, casefold.Problems(problems))
		}
		out = append(out, l)
	}
	return out, nil
}

// lawBytes are the names and bytes of all files of the laws but their cases,
// which decide nothing, in an order of names.
func lawBytes() []string {
	var out []string
	// The tree is embedded: walking and reading it cannot fail.
	_ = fs.WalkDir(laws.Files, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || path.Base(path.Dir(name)) == "cases" {
			return err
		}
		src, err := fs.ReadFile(laws.Files, name)
		out = append(out, name, string(src))
		return err
	})
	return out
}

// A policyText is a policy file as read.
type policyText struct {
	file string
	src  []byte
}

// readPolicy finds a policy: a file if the word names one (a slash or an
// ending), else one that comes with the program.
func readPolicy(word, dir string) (policyText, error) {
	if strings.ContainsAny(word, `/\`) || filepath.Ext(word) != "" {
		file := word
		if !filepath.IsAbs(file) {
			file = filepath.Join(dir, file)
		}
		src, err := os.ReadFile(file)
		if errors.Is(err, fs.ErrNotExist) {
			return policyText{}, fmt.Errorf("there is no policy file %q", word)
		}
		return policyText{file, src}, err
	}
	src, err := fs.ReadFile(policies.Files, word+".yaml")
	if err != nil {
		return policyText{}, fmt.Errorf("no policy is named %q; those that come with the program are %s; a policy of your own is named by its file, as in ./%s.yaml",
			word, strings.Join(PolicyNames(), ", "), word)
	}
	return policyText{"policies/" + word + ".yaml", src}, nil
}

// PolicyNames lists the policies that come with the program.
func PolicyNames() []string {
	entries, err := fs.ReadDir(policies.Files, ".")
	if err != nil {
		return nil
	}
	var out []string
	for _, d := range entries {
		out = append(out, strings.TrimSuffix(d.Name(), ".yaml"))
	}
	slices.Sort(out)
	return out
}

// CheckPolicy reports what is wrong with the policy that a project names.
func CheckPolicy(p *project.Project) error {
	_, err := (&Engine{project: p}).loadLaws()
	return err
}

// policyNamed compiles a policy by name or file, as a person types it; nil for
// "none", the law alone.
func policyNamed(word string, all []*relief.Law) (*relief.Policy, error) {
	if word == "none" || word == "" {
		return nil, nil
	}
	text, err := readPolicy(word, ".")
	if err != nil {
		return nil, Usage(err.Error(), "none stands for the law alone")
	}
	p, problems := relief.LoadPolicyOf(all, text.file, text.src)
	if p == nil {
		return nil, casefold.Problems(problems)
	}
	return p, nil
}

// weak are the rows that belong to their person only by a join within the
// strict margin: they prove nothing against anybody.
func (p *persons) weak() map[casefold.Teller]bool {
	out := map[casefold.Teller]bool{}
	for _, records := range p.loose {
		for _, r := range records {
			out[p.pop.teller(r)] = true
		}
	}
	return out
}

// writeWeak keeps the weak rows, so that a later proof knows them too.
func (p *persons) writeWeak(g *generation, from string) error {
	var records []keyed
	for t := range p.weak() {
		records = append(records, keyed{tellerKey(nil, t.Source, t.RowKey), []byte{1}})
	}
	return writeKeyed(g, segWeak, from, records)
}

// readWeak reads the weak rows among some, or all of them.
func (e *Engine) readWeak(among []casefold.Teller) (map[casefold.Teller]bool, error) {
	r, err := e.openSorted(segWeak)
	if err != nil {
		return nil, ignoreNotRun(err)
	}
	defer r.Close()
	out := map[casefold.Teller]bool{}
	if among == nil {
		return out, r.ScanFrom(nil, func(key, _ []byte) error {
			source, row, _ := strings.Cut(string(key), "\x00")
			out[casefold.Teller{Source: source, RowKey: row}] = true
			return nil
		})
	}
	for _, t := range among {
		_, err := r.Get(tellerKey(nil, t.Source, t.RowKey))
		switch {
		case err == nil:
			out[t] = true
		case !errors.Is(err, segment.ErrNotFound):
			return nil, err
		}
	}
	return out, nil
}
