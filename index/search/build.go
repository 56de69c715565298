package search

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/analysis/analyzer/keyword"
	"github.com/blevesearch/bleve/v2/mapping"

	"github.com/casefold/casefold"
	"github.com/casefold/casefold/matcher/similarity"
	"github.com/casefold/casefold/normalize/text"
)

// A Person is what the index knows of one.
type Person struct {
	ID      string
	Names   []casefold.Name
	Births  []casefold.Date
	Numbers []string // identifiers, case and booking numbers, as told
}

// Fields of a document; each holds exact terms.
const (
	fieldName   = "name"   // words of names
	fieldSound  = "sound"  // their phonetic codes
	fieldBirth  = "birth"  // YYYYMMDD
	fieldYear   = "year"   // YYYY
	fieldNumber = "number" // letters and digits alone
)

// document is a person as bleve indexes it.
type document map[string]any

func schema() mapping.IndexMapping {
	exact := bleve.NewTextFieldMapping()
	exact.Analyzer = keyword.Name
	exact.Store, exact.DocValues, exact.IncludeInAll, exact.IncludeTermVectors = false, false, false, false
	doc := bleve.NewDocumentStaticMapping()
	for _, f := range []string{fieldName, fieldSound, fieldBirth, fieldYear, fieldNumber} {
		doc.AddFieldMappingsAt(f, exact)
	}
	m := bleve.NewIndexMapping()
	m.DefaultMapping, m.DefaultAnalyzer = doc, keyword.Name
	m.StoreDynamic, m.IndexDynamic, m.DocValuesDynamic = false, false, false
	return m
}

// A Builder writes a new index in a folder that does not exist yet.
type Builder struct {
	dir string
	b   bleve.Builder // nil until a person comes: bleve's cannot finish without one
}

// Create starts an index in dir; its parts lie beside it until Close.
func Create(dir string) (*Builder, error) {
	return &Builder{dir: dir}, os.MkdirAll(filepath.Dir(dir), 0o700)
}

func (b *Builder) start() (err error) {
	if b.b == nil {
		b.b, err = bleve.NewBuilder(b.dir, schema(), map[string]any{"batchSize": 5000, "buildPathPrefix": filepath.Dir(b.dir)})
	}
	return err
}

// Add indexes a person.
func (b *Builder) Add(p Person) error {
	words, sounds := map[string]bool{}, map[string]bool{}
	for _, n := range p.Names {
		for _, w := range strings.Fields(n.Last + " " + n.First + " " + n.Middle) {
			words[w] = true
			if first, second := similarity.Sounds(w); len(w) > 1 {
				sounds[first] = true
				if second != "" {
					sounds[second] = true
				}
			}
		}
	}
	doc := document{fieldName: set(words), fieldSound: set(sounds)}
	var days, years []string
	for _, d := range p.Births {
		if d.Exact() {
			days = append(days, compact(d.First))
		}
		if d.First.Year() == d.Last.Year() {
			years = append(years, compact(d.First)[:4])
		}
	}
	numbers := map[string]bool{}
	for _, n := range p.Numbers {
		if k := number(n); k != "" {
			numbers[k] = true
		}
	}
	doc[fieldBirth], doc[fieldYear], doc[fieldNumber] = days, years, set(numbers)
	if err := b.start(); err != nil {
		return fmt.Errorf("starting the search index: %w", err)
	}
	if err := b.b.Index(p.ID, doc); err != nil {
		return fmt.Errorf("indexing a person: %w", err)
	}
	return nil
}

// Close finishes the index.
func (b *Builder) Close() error {
	if b.b != nil {
		return b.b.Close()
	}
	empty, err := bleve.New(b.dir, schema())
	if err != nil {
		return fmt.Errorf("making an empty search index: %w", err)
	}
	return empty.Close()
}

func set(m map[string]bool) []string {
	out := make([]string, 0, len(m))
	for k := range m {
		if k != "" {
			out = append(out, k)
		}
	}
	return out
}

func compact(d casefold.Day) string { return strings.ReplaceAll(d.String(), "-", "") }

// number keeps a number's letters and digits.
func number(s string) string {
	var b strings.Builder
	for _, c := range text.Upper(s) {
		if c >= '0' && c <= '9' || c >= 'A' && c <= 'Z' {
			b.WriteRune(c)
		}
	}
	return b.String()
}
