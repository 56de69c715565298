package history

import (
	_ "embed"
	"fmt"
	"slices"
	"strings"
	"sync"

	"github.com/goccy/go-yaml"
)

//go:embed precedence.yaml
var precedenceFile []byte

// A Class is the standing in which a teller speaks of a conviction.
type Class string

const (
	CourtOfRecord Class = "court_of_record"
	StateCourt    Class = "state_court"
	OtherCourt    Class = "other_court"
	Prosecutor    Class = "prosecutor"
	StateOther    Class = "state_other"
	Supervision   Class = "supervision"
	Custody       Class = "custody"
	Police        Class = "police"
	OtherTeller   Class = "other"
)

var classes = []Class{CourtOfRecord, StateCourt, OtherCourt, Prosecutor, StateOther, Supervision, Custody, Police, OtherTeller}

// Standing lists ranks of classes for one fact, best first.
type Standing struct {
	Why      string    `yaml:"why"`
	Standing [][]Class `yaml:"standing"`
	// ContestedBy is how many sources of lower rank, of one voice, make what one
	// source alone tells conflicting; 0: rank prevails over any number.
	ContestedBy int `yaml:"contested_by"`
}

// Presume holds the figures of presumptions.
type Presume struct {
	BeforeArrestDays      int `yaml:"before_arrest_days"`
	BeforeConvictionYears int `yaml:"before_conviction_years"`
}

// A Precedence says which teller prevails for which fact. It is immutable.
type Precedence struct {
	Version int                 `yaml:"version"`
	Presume Presume             `yaml:"presume"`
	Classes []Class             `yaml:"classes"`
	Default Standing            `yaml:"default"`
	Facts   map[string]Standing `yaml:"facts"`

	ranks     [facts][]uint8 // per fact, per class in order of classes
	contested [facts]int     // per fact: Standing.ContestedBy
}

// DefaultPrecedence is that of the embedded file.
var DefaultPrecedence = sync.OnceValue(func() *Precedence {
	p, err := ParsePrecedence(precedenceFile)
	if err != nil {
		panic("history: the embedded precedence.yaml: " + err.Error())
	}
	return p
})

// A fact is one of the facts a precedence file may order.
type fact uint8

const (
	factCourt fact = iota
	factCaseNumber
	factCount
	factOffense
	factFiled
	factArrested
	factLevel
	factLevelAtEntry
	factArrestDate
	factOffenseDate
	factFiledDate
	factPleaDate
	factConvictionDate
	factSentenceDate
	factDisposition
	factSentence
	factListing
	factGrams
	factPlants
	factBirth
	factSex
	factRace
	factDeceased
	facts
)

// factNames are the words of the precedence file.
var factNames = [facts]string{
	factCourt:          "court",
	factCaseNumber:     "case_number",
	factCount:          "count",
	factOffense:        "offense",
	factFiled:          "filed",
	factArrested:       "arrested",
	factLevel:          "level",
	factLevelAtEntry:   "level_at_entry",
	factArrestDate:     "arrest_date",
	factOffenseDate:    "offense_date",
	factFiledDate:      "filed_date",
	factPleaDate:       "plea_date",
	factConvictionDate: "conviction_date",
	factSentenceDate:   "sentence_date",
	factDisposition:    "disposition",
	factSentence:       "sentence",
	factListing:        "listing",
	factGrams:          "grams",
	factPlants:         "plants",
	factBirth:          "birth",
	factSex:            "sex",
	factRace:           "race",
	factDeceased:       "deceased",
}

// ParsePrecedence reads a precedence file and reports the first unknown word.
func ParsePrecedence(data []byte) (*Precedence, error) {
	p := new(Precedence)
	if err := yaml.UnmarshalWithOptions(data, p, yaml.Strict()); err != nil {
		return nil, fmt.Errorf("reading precedence: %w", err)
	}
	if p.Presume.BeforeArrestDays <= 0 || p.Presume.BeforeConvictionYears <= 0 {
		return nil, fmt.Errorf("precedence: both figures of presume must be given")
	}
	for name := range p.Facts {
		if !slices.Contains(factNames[:], name) {
			return nil, fmt.Errorf("precedence: %q is not a fact; the facts are %s", name, strings.Join(factNames[:], ", "))
		}
	}
	for f, name := range factNames {
		s, ok := p.Facts[name]
		if !ok {
			s = p.Default
		}
		r, err := s.ranks(name)
		if err != nil {
			return nil, err
		}
		p.ranks[f], p.contested[f] = r, s.ContestedBy
	}
	return p, nil
}

func (s Standing) ranks(name string) ([]uint8, error) {
	out := make([]uint8, len(classes))
	for i := range out {
		out[i] = uint8(len(s.Standing))
	}
	for rank, group := range s.Standing {
		for _, c := range group {
			i := slices.Index(classes, c)
			if i < 0 {
				return nil, fmt.Errorf("precedence: %s: %q is not a class of tellers", name, c)
			}
			if int(out[i]) != len(s.Standing) {
				return nil, fmt.Errorf("precedence: %s: %s stands in two ranks", name, c)
			}
			out[i] = uint8(rank)
		}
	}
	return out, nil
}

// rank is the rank of a class for a fact; smaller prevails.
func (p *Precedence) rank(f fact, c classIndex) uint8 { return p.ranks[f][c] }

// A classIndex is a Class as its place in classes.
type classIndex uint8

const (
	classCourtOfRecord classIndex = iota
	classStateCourt
	classOtherCourt
	classProsecutor
	classStateOther
	classSupervision
	classCustody
	classPolice
	classOther
)
