package relief

import (
	"fmt"
	"io/fs"
	"path"
	"slices"

	"github.com/goccy/go-yaml/ast"

	"github.com/casefold/casefold"
)

// A Law is a compiled rule file with its citations, lists and families. It is
// immutable and safe for use by several goroutines; a Decider is not.
type Law struct {
	Name         string // the contract's word: prop64
	Title        string
	Jurisdiction string
	Version      string
	From, Until  casefold.Day // the law's own life; Until 0: open

	dir        string
	citations  map[string]*Citation
	families   *families
	lists      []*StatuteList
	qualifiers map[string]*qualifier
	figures    figures
	outcomes   []Outcome

	atoms    []atom
	clauses  []*clause
	rules    []*rule
	routes   []*rule
	notes    []*remark
	defs     map[string]*definition // kept for Explain, in file order by defOrder
	defOrder []string
	used     map[string]bool // citations that something rests on
	sets     map[string][]*rule
}

// figures are the numbers a law uses for facts that rows do not carry.
type figures struct {
	arrestLagDays       int // offence at most so long before the arrest
	convictionLagMonths int // offence at most so long before the conviction, without arrest date
	paroleMonths        int // after a prison term, supervision may run so long
	freshMonths         int // a source declared complete speaks for the as-of day so long after its extract
}

// A remark is said in the reason of an owed outcome.
type remark struct {
	when    *clause
	unknown bool // said while the clause is unknown, instead of when it holds
	say     string
	cites   []*Citation
}

// Outcomes lists the words this law can answer.
func (l *Law) Outcomes() []Outcome { return slices.Clone(l.outcomes) }

// Citations lists the law's authorities by ID.
func (l *Law) Citations() []Citation {
	var out []Citation
	for _, id := range sortedKeys(l.citations) {
		out = append(out, *l.citations[id])
	}
	return out
}

func (l *Law) words(o Outcome) bool { return o == NoConviction || slices.Contains(l.outcomes, o) }

// A loader compiles one law and collects problems of all its files.
type loader struct {
	fsys          fs.FS
	law           *Law
	problems      []Problem
	atomIndex     map[string]int
	defs          map[string]*definition
	ruleIDs       []string
	usedCitations map[string]bool
	setNodes      map[string]ast.Node
	setFile       *yamlFile
	policy        bool // a policy's own rules need no citation: the policy is the authority
}

var lawKeys = []string{"law", "title", "jurisdiction", "version", "effective", "citations", "families",
	"lists", "qualifiers", "figures", "outcomes", "define", "sets", "rules", "routes", "notes"}

// LoadLaw reads the law in dir of fsys: law.yaml and the files it names. It
// returns nil where problems keep the law from being used; problems that
// LoadLaw reports are all errors, sorted by place.
func LoadLaw(fsys fs.FS, dir string) (*Law, []Problem) {
	l := newLoader(fsys, &Law{dir: dir, citations: map[string]*Citation{}})
	name := path.Join(dir, "law.yaml")
	src, err := fs.ReadFile(fsys, name)
	if err != nil {
		return nil, []Problem{{File: name, Text: err.Error()}}
	}
	f := &yamlFile{name: name}
	top := map[string]field{}
	for _, v := range f.fields(f.parse(src), lawKeys...) {
		top[v.key] = v
	}
	for _, need := range lawKeys {
		if _, ok := top[need]; !ok && need != "qualifiers" && need != "sets" && need != "notes" {
			f.errorf(nil, "%q is missing", need)
		}
	}
	l.head(f, top)
	l.body(f, top)
	l.problems = append(l.problems, f.problems...)
	if len(l.problems) > 0 {
		return nil, casefold.SortProblems(l.problems)
	}
	l.law.phraseClauses()
	return l.law, nil
}

func newLoader(fsys fs.FS, law *Law) *loader {
	return &loader{fsys: fsys, law: law, atomIndex: map[string]int{}, defs: map[string]*definition{},
		usedCitations: map[string]bool{}, setNodes: map[string]ast.Node{}}
}

// file reads a file named relative to the law's folder.
func (l *loader) file(f *yamlFile, n ast.Node) (name string, src []byte) {
	name = path.Join(l.law.dir, f.text(n))
	src, err := fs.ReadFile(l.fsys, name)
	if err != nil {
		f.errorf(n, "%v", err)
	}
	return name, src
}

// head reads what the rules rest on: names, dates, citations, data.
func (l *loader) head(f *yamlFile, top map[string]field) {
	law := l.law
	law.Name, law.Title = f.text(top["law"].value), f.text(top["title"].value)
	law.Jurisdiction, law.Version = f.text(top["jurisdiction"].value), f.text(top["version"].value)
	for _, v := range f.fields(top["effective"].value, "from", "until") {
		if v.key == "from" {
			law.From = f.day(v.value)
		} else {
			law.Until = f.day(v.value)
		}
	}
	for _, word := range f.texts(top["outcomes"].value) {
		if !slices.Contains(outcomeNames(), word) {
			f.errorf(top["outcomes"].at, "unknown outcome %q%s", word, nearest(word, outcomeNames()))
		}
		law.outcomes = append(law.outcomes, Outcome(word))
	}
	if v, ok := top["citations"]; ok {
		if name, src := l.file(f, v.value); src != nil {
			cf := &yamlFile{name: name}
			law.citations = readCitations(cf, src)
			l.problems = append(l.problems, cf.problems...)
		}
	}
	if v, ok := top["families"]; ok {
		if name, src := l.file(f, v.value); src != nil {
			law.families = l.readFamilies(name, src)
		}
	}
	for _, v := range f.fields(top["lists"].value) {
		var title string
		for _, x := range f.fields(v.value, "file", "says") {
			if x.key == "says" {
				title = f.text(x.value)
				continue
			}
			if name, src := l.file(f, x.value); src != nil {
				law.lists = append(law.lists, l.readList(v.key, name, src))
			}
		}
		if n := len(law.lists); n > 0 && law.lists[n-1].Name == v.key {
			law.lists[n-1].Title = title
		}
	}
	if v, ok := top["qualifiers"]; ok {
		if name, src := l.file(f, v.value); src != nil {
			law.qualifiers = l.readQualifiers(name, src)
		}
	}
	l.readFigures(f, top["figures"])
}

func (l *loader) readFigures(f *yamlFile, fd field) {
	for _, v := range f.fields(fd.value, "arrest_lag_days", "conviction_lag_months", "parole_months", "fresh_months") {
		n := f.int(v.value)
		switch v.key {
		case "arrest_lag_days":
			l.law.figures.arrestLagDays = n
		case "conviction_lag_months":
			l.law.figures.convictionLagMonths = n
		case "parole_months":
			l.law.figures.paroleMonths = n
		case "fresh_months":
			l.law.figures.freshMonths = n
		}
	}
}

// body compiles definitions and rules.
func (l *loader) body(f *yamlFile, top map[string]field) {
	l.readDefinitions(f, top["define"])
	l.setFile = f
	for _, v := range f.fields(top["sets"].value) {
		l.setNodes[v.key] = v.value
	}
	l.law.sets = map[string][]*rule{}
	l.law.rules = l.rules(f, top["rules"].value)
	l.law.routes = l.rules(f, top["routes"].value)
	l.law.notes = l.remarks(f, top["notes"])
	l.law.defs = l.defs
	l.law.used = l.usedCitations
	l.total(f, "rules", top["rules"], l.law.rules)
	l.total(f, "routes", top["routes"], l.law.routes)
}

func (l *loader) readDefinitions(f *yamlFile, fd field) {
	for _, v := range f.fields(fd.value) {
		d := &definition{file: f, at: v.at, name: v.key, compiled: map[domain]*clause{}}
		for _, x := range f.fields(v.value, "says", "that") {
			if x.key == "says" {
				d.says = f.text(x.value)
			} else {
				d.that = x.value
			}
		}
		if d.that == nil || d.says == "" {
			f.errorf(v.at, "definition %q needs says and that", v.key)
			continue
		}
		l.defs[v.key] = d
		l.law.defOrder = append(l.law.defOrder, v.key)
	}
}

// ruleSet compiles a named list once.
func (l *loader) ruleSet(f *yamlFile, n ast.Node, name string) []*rule {
	if set, ok := l.law.sets[name]; ok {
		return set
	}
	node, ok := l.setNodes[name]
	if !ok {
		f.errorf(n, "no list of rules is named %q%s", name, nearest(name, sortedKeys(l.setNodes)))
		return nil
	}
	l.law.sets[name] = nil // a list that names itself finds nothing
	set := l.rules(l.setFile, node)
	l.law.sets[name] = set
	return set
}

func (l *loader) remarks(f *yamlFile, fd field) []*remark {
	var out []*remark
	for _, item := range f.items(fd.value) {
		m := &remark{}
		for _, v := range f.fields(item, "when", "while_unknown", "say", "cite") {
			switch v.key {
			case "when", "while_unknown":
				m.when, m.unknown = l.clause(f, v.value, ofSubject), v.key == "while_unknown"
			case "say":
				m.say = f.text(v.value)
			case "cite":
				m.cites = l.cites(f, v.value)
			}
		}
		if m.when == nil || m.say == "" {
			f.errorf(item, "a note needs when (or while_unknown) and say")
			continue
		}
		out = append(out, m)
	}
	return out
}

// total proves that every list ends in a rule without a condition and holds
// none before its end: each case has an answer, each rule can be reached.
func (l *loader) total(f *yamlFile, what string, fd field, list []*rule) {
	if len(list) == 0 {
		f.errorf(fd.at, "%s holds no rule", what)
		return
	}
	for i, r := range list {
		last := i == len(list)-1
		at := Problem{File: r.file, Line: r.line, Column: r.col}
		switch {
		case r.when == nil && !last:
			at.Text = fmt.Sprintf("rule %q has no condition, so %q after it cannot be reached", r.id, list[i+1].id)
			l.problems = append(l.problems, at)
		case r.when != nil && last:
			at.Text = fmt.Sprintf("the list that ends with rule %q has no default: its last rule needs to stand without when", r.id)
			l.problems = append(l.problems, at)
		}
		if r.list != nil {
			l.total(f, what, fd, r.list)
		}
		for _, e := range r.eras {
			l.total(f, what, fd, e.list)
		}
	}
}
