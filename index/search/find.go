package search

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/search/query"

	"github.com/casefold/casefold"
	"github.com/casefold/casefold/matcher/similarity"
	"github.com/casefold/casefold/normalize/date"
	"github.com/casefold/casefold/normalize/name"
	"github.com/casefold/casefold/normalize/text"
)

// An Index answers questions. It is safe for concurrent use.
type Index struct{ index bleve.Index }

// A Candidate is a person that the words may mean. Score orders the answers to
// one question and means nothing else.
type Candidate struct {
	ID    string
	Score float64
}

// ErrDamaged tells that the index cannot be read; it is to be built anew.
var ErrDamaged = errors.New("the search index is damaged")

// Open opens an index for reading.
func Open(dir string) (*Index, error) {
	x, err := bleve.OpenUsing(dir, map[string]any{"read_only": true, "bolt_timeout": "2s"})
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrDamaged, err)
	}
	return &Index{x}, nil
}

// Close lets the index go.
func (x *Index) Close() error { return x.index.Close() }

// Find returns at most limit candidates for the words, best first; equal
// scores stand in the order of IDs.
func (x *Index) Find(ctx context.Context, words []string, limit int) (out []Candidate, err error) {
	// A damaged segment can make bleve panic; the index is a cache, so the
	// caller builds it anew.
	defer func() {
		if r := recover(); r != nil {
			out, err = nil, ErrDamaged
		}
	}()
	q := question(words)
	if q == nil {
		return nil, nil
	}
	req := bleve.NewSearchRequestOptions(q, limit, 0, false)
	req.SortBy([]string{"-_score", "_id"})
	res, err := x.index.SearchInContext(ctx, req)
	if err != nil {
		return nil, fmt.Errorf("searching: %w", err)
	}
	for _, h := range res.Hits {
		out = append(out, Candidate{h.ID, h.Score})
	}
	return out, nil
}

// question turns typed words into a query: each word may be told in several
// ways; most words must be told somehow, so that one wrong word costs rank,
// not the answer.
func question(words []string) query.Query {
	var parts []query.Query
	for _, w := range Words(words) {
		parts = append(parts, w.query())
	}
	if len(parts) == 0 {
		return nil
	}
	q := bleve.NewDisjunctionQuery(parts...)
	q.SetMin(float64(max(1, len(parts)-len(parts)/3)))
	return q
}

// A Word is one thing somebody typed.
type Word struct {
	Name   string        // folded letters, if it can be part of a name
	Birth  casefold.Date // if it can be a date or year
	Number string        // if it can be a number
}

// Words takes typed text apart. A date with blanks inside ("mar 3 1971") must
// be one argument; punctuation divides words except inside dates and numbers.
func Words(typed []string) []Word {
	var out []Word
	for _, arg := range typed {
		if d, ok := birth(arg); ok && strings.ContainsAny(arg, " /-.") {
			out = append(out, Word{Birth: d})
			continue
		}
		for _, f := range strings.FieldsFunc(arg, func(r rune) bool { return r == ' ' || r == ',' || r == ';' || r == '\t' }) {
			if w := word(f); w != (Word{}) {
				out = append(out, w)
			}
		}
	}
	return out
}

func word(f string) Word {
	var w Word
	if !strings.ContainsAny(f, "0123456789") {
		w.Name = text.Letters(text.Upper(f))
		return w
	}
	if d, ok := birth(f); ok {
		w.Birth = d
	}
	w.Number = number(f)
	return w
}

func birth(s string) (casefold.Date, bool) {
	d, _ := date.Parse(s, date.Options{})
	return d, d.Known()
}

func (w Word) query() query.Query {
	var ways []query.Query
	for _, n := range strings.Fields(w.Name) {
		ways = append(ways, nameQueries(n)...)
	}
	if w.Birth.Exact() {
		ways = append(ways, term(fieldBirth, compact(w.Birth.First), 4))
	}
	if w.Birth.Known() && w.Birth.First.Year() == w.Birth.Last.Year() {
		ways = append(ways, term(fieldYear, compact(w.Birth.First)[:4], 1))
	}
	if w.Number != "" {
		ways = append(ways, term(fieldNumber, w.Number, 6))
		if len(w.Number) >= 4 {
			p := bleve.NewPrefixQuery(w.Number)
			p.SetField(fieldNumber)
			p.SetBoost(3)
			f := bleve.NewFuzzyQuery(w.Number)
			f.SetField(fieldNumber)
			f.SetFuzziness(1)
			f.SetBoost(1)
			ways = append(ways, p, f)
		}
	}
	return bleve.NewDisjunctionQuery(ways...)
}

// nameQueries are the ways in which a name may be told.
func nameQueries(n string) []query.Query {
	out := []query.Query{term(fieldName, n, 4)}
	if len(n) == 1 {
		p := bleve.NewPrefixQuery(n)
		p.SetField(fieldName)
		p.SetBoost(.3)
		return append(out, p)
	}
	if len(n) >= 3 {
		p := bleve.NewPrefixQuery(n)
		p.SetField(fieldName)
		p.SetBoost(2)
		f := bleve.NewFuzzyQuery(n)
		f.SetField(fieldName)
		f.SetFuzziness(1 + min(1, len(n)/7))
		f.SetBoost(1.5)
		out = append(out, p, f)
	}
	for _, full := range name.FullForms(n) {
		if full != n {
			out = append(out, term(fieldName, full, 1.5))
		}
	}
	first, second := similarity.Sounds(n)
	for _, s := range []string{first, second} {
		if s != "" {
			out = append(out, term(fieldSound, s, .7))
		}
	}
	return out
}

func term(field, value string, boost float64) query.Query {
	q := bleve.NewTermQuery(value)
	q.SetField(field)
	q.SetBoost(boost)
	return q
}
