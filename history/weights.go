package history

import (
	_ "embed"
	"fmt"
	"math"
	"sync"

	"github.com/goccy/go-yaml"
)

//go:embed weights.yaml
var weightsFile []byte

// Weights are the two linkages of weights.yaml. Bits are in thousandths.
type Weights struct {
	Version int      `yaml:"version"`
	File    Question `yaml:"file"`
	Count   Question `yaml:"count"`
}

// A Question is one linkage: its prior, its two thresholds and its comparisons.
type Question struct {
	Prior       Prior        `yaml:"prior"`
	Same        int64        `yaml:"same"`     // at or above: same
	Possible    int64        `yaml:"possible"` // below: different
	Strong      int64        `yaml:"strong"`   // file: convictions that no common source tells are possibly the same
	Unproved    int64        `yaml:"unproved"` // file: threshold where one source tells both sides without a number
	Margin      int64        `yaml:"margin"`
	Comparisons []Comparison `yaml:"comparisons"`
}

// A Prior is the weight before any comparison.
type Prior struct {
	Odds float64 `yaml:"odds"`
	Bits int64   `yaml:"bits"`
	Why  string  `yaml:"why"`
}

// A Comparison is one aspect compared, with its levels.
type Comparison struct {
	Name   string  `yaml:"name"`
	Why    string  `yaml:"why"`
	Levels []Level `yaml:"levels"`
}

// A Level is one outcome of a comparison.
type Level struct {
	Name string  `yaml:"name"`
	M    float64 `yaml:"m"`
	U    float64 `yaml:"u"`
	Bits int64   `yaml:"bits"`
	Why  string  `yaml:"why"`
}

// DefaultWeights are those of the embedded file.
var DefaultWeights = sync.OnceValue(func() *Weights {
	w, err := ParseWeights(weightsFile)
	if err != nil {
		panic("history: the embedded weights.yaml: " + err.Error())
	}
	return w
})

// ParseWeights reads a weights file. It must have the comparisons and levels of
// the embedded one, in the same order, and each weight must be the logarithm it
// claims to be.
func ParseWeights(data []byte) (*Weights, error) {
	w := new(Weights)
	if err := yaml.UnmarshalWithOptions(data, w, yaml.Strict()); err != nil {
		return nil, fmt.Errorf("reading weights: %w", err)
	}
	if err := w.File.check("file", fileLevels[:]); err != nil {
		return nil, err
	}
	if err := w.Count.check("count", countLevels[:]); err != nil {
		return nil, err
	}
	return w, nil
}

func (q *Question) check(name string, want []comparisonLevels) error {
	if len(q.Comparisons) != len(want) {
		return fmt.Errorf("weights: %s has %d comparisons, not %d", name, len(q.Comparisons), len(want))
	}
	if q.Possible > q.Same {
		return fmt.Errorf("weights: %s: possible lies above same", name)
	}
	if got := milli(q.Prior.Odds); got != q.Prior.Bits {
		return fmt.Errorf("weights: %s: prior says %d, log2 of its odds is %d", name, q.Prior.Bits, got)
	}
	for i, c := range q.Comparisons {
		if c.Name != want[i].name || len(c.Levels) != len(want[i].levels) {
			return fmt.Errorf("weights: %s: comparison %d must be %s with %d levels", name, i+1, want[i].name, len(want[i].levels))
		}
		for j, l := range c.Levels {
			if l.Name != want[i].levels[j] {
				return fmt.Errorf("weights: %s: %s: level %d must be %s", name, c.Name, j+1, want[i].levels[j])
			}
			if l.M <= 0 || l.U <= 0 || l.M > 1 || l.U > 1 {
				return fmt.Errorf("weights: %s: %s %s: m and u lie above 0, up to 1", name, c.Name, l.Name)
			}
			if got := milli(l.M / l.U); got != l.Bits {
				return fmt.Errorf("weights: %s: %s %s says %d, log2(m/u) is %d", name, c.Name, l.Name, l.Bits, got)
			}
		}
	}
	return nil
}

func milli(ratio float64) int64 { return int64(math.Round(1000 * math.Log2(ratio))) }
