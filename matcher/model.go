package matcher

import (
	"encoding/json"
	"fmt"
	"math"

	"github.com/casefold/casefold/mention"
)

// modelFormat is the version of the model file's form.
const modelFormat = 1

// A Model holds everything that training learned. It is a readable JSON file;
// weights are integers in thousandths of a bit, so that a score is the same to
// the last digit on every machine.
type Model struct {
	Format      int               `json:"format"`
	Prior       int64             `json:"prior"` // log2 odds that two mentions are one person
	Comparisons []ModelComparison `json:"comparisons"`
	Kin         []ModelKin        `json:"kin,omitempty"`
	Frequencies []Frequency       `json:"frequencies,omitempty"`
	// Costs are the stated costs that Link and Possible follow from.
	Costs    Costs `json:"costs"`
	Link     int64 `json:"link"`     // from this score on, two clusters are joined
	Possible int64 `json:"possible"` // from this score on, they are a possible link
	// Provenance tells what the model was trained on; it changes no result.
	Provenance Provenance `json:"provenance"`
}

// Costs are what a false and a missed link cost, relative to each other. A
// link is made where the expected cost of making it is the lower one.
type Costs struct {
	FalseLink  float64 `json:"false_link"`
	MissedLink float64 `json:"missed_link"`
	// Doubt is the share of cost at which a pair is still worth a person's look:
	// pairs whose chance is above it are possible links.
	Doubt float64 `json:"doubt"`
}

// A ModelComparison is a comparison with the levels that training met.
type ModelComparison struct {
	Comparison
	Levels []ModelLevel `json:"levels"`
}

// A ModelLevel is a level with its parameters; Weight is log2(m/u).
type ModelLevel struct {
	Level  uint8   `json:"level"`
	Name   string  `json:"name"`
	M      float64 `json:"m"`
	U      float64 `json:"u"`
	Weight int64   `json:"weight"`
}

// Provenance tells what a model was trained on.
type Provenance struct {
	Records    int     `json:"records"`
	Mentions   int     `json:"mentions"`
	Candidates int     `json:"candidates"` // pairs that were looked at
	Sample     float64 `json:"sample"`     // share of the pairs that were looked at
	Matches    int     `json:"matches"`    // expected pairs of one person
	Rounds     int     `json:"rounds"`
}

// MarshalIndent is the model file's text.
func (m *Model) MarshalIndent() ([]byte, error) {
	out, err := json.MarshalIndent(m, "", " ")
	return append(out, '\n'), err
}

// ParseModel reads a model file.
func ParseModel(b []byte) (*Model, error) {
	var m Model
	if err := json.Unmarshal(b, &m); err != nil {
		return nil, fmt.Errorf("reading model: %w", err)
	}
	if m.Format > modelFormat {
		return nil, fmt.Errorf("reading model: format %d is newer than this program's %d", m.Format, modelFormat)
	}
	for _, c := range m.Comparisons {
		if _, ok := kinds[c.Kind]; !ok {
			return nil, fmt.Errorf("reading model: unknown comparison %q", c.Kind)
		}
	}
	if len(m.Comparisons) > maxComparisons {
		return nil, fmt.Errorf("reading model: %d comparisons, at most %d are possible", len(m.Comparisons), maxComparisons)
	}
	for _, f := range m.Frequencies {
		for _, l := range f.Lists {
			if _, err := decodeHashes(l.Hashes); err != nil {
				return nil, fmt.Errorf("reading model: frequencies of %s: %w", f.Of, err)
			}
		}
	}
	return &m, nil
}

// frequencies are the model's, by column.
func (m *Model) frequencies() *frequencies {
	f := &frequencies{known: map[string]*Frequency{}}
	for i := range m.Frequencies {
		f.known[m.Frequencies[i].Of] = &m.Frequencies[i]
	}
	return f
}

// Fingerprint names the model by everything that changes a result.
func (m *Model) Fingerprint() string {
	bare := *m
	bare.Provenance = Provenance{}
	b, err := json.Marshal(&bare)
	if err != nil {
		panic("matcher: a model that cannot be written: " + err.Error()) // NaN in a parameter
	}
	return fmt.Sprintf("%016x%016x", mention.Hash(string(b)), mention.HashSeed(string(b), 1))
}

// comparisons are the model's, in order.
func (m *Model) comparisons() []Comparison {
	out := make([]Comparison, len(m.Comparisons))
	for i, c := range m.Comparisons {
		out[i] = c.Comparison
	}
	return out
}

// milli turns a number of bits into thousandths, halves away from zero.
func milli(bits float64) int64 { return int64(math.Round(1000 * bits)) }

// threshold is the score at which the odds outweigh the costs: odds of cost
// false to cost missed.
func (c Costs) threshold() int64 { return milli(math.Log2(c.FalseLink / c.MissedLink)) }

// possible is the score of the chance that is still worth a look.
func (c Costs) possible() int64 { return milli(math.Log2(c.Doubt / (1 - c.Doubt))) }

// DefaultCosts weigh a false and a missed link alike, and call a chance of one
// in fifty worth a look.
var DefaultCosts = Costs{FalseLink: 1, MissedLink: 1, Doubt: .02}
