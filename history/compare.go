package history

import (
	"slices"

	"github.com/casefold/casefold"
)

// An Answer is the result of a linkage inside a person.
type Answer string

const (
	Same         Answer = "same"
	PossiblySame Answer = "possibly_same"
	Different    Answer = "different"
)

// A Contribution is one comparison's part of a weight.
type Contribution struct {
	Question   string `json:"question"` // file or count
	Comparison string `json:"comparison"`
	Level      string `json:"level"` // "missing" weighs nothing
	Bits       int64  `json:"bits"`  // thousandths
	A          string `json:"a,omitempty"`
	B          string `json:"b,omitempty"`
}

// A Relation says whether two convictions are one, and why. FileBits and
// CountBits are the sums of their contributions, priors included, in
// thousandths of a bit: the weight that they stand in one court file, and that
// they are one count of it. Accused says whether they are one person's, Sources
// whether a source itself tells the two apart: the answer is never nearer to
// same than either.
type Relation struct {
	Answer        Answer         `json:"answer"`
	Accused       Answer         `json:"accused"`
	Sources       Answer         `json:"sources"`
	FileBits      int64          `json:"file_bits"`
	CountBits     int64          `json:"count_bits"`
	Contributions []Contribution `json:"contributions"`
}

// Bits is the smaller of the two weights: a chain is as strong as its weaker
// link.
func (r Relation) Bits() int64 { return min(r.FileBits, r.CountBits) }

// Compare tells whether two convictions are one, with the embedded weights. The
// registry and the filing guard use it across persons and runs, so it does not
// rely on person IDs: two of different persons are one person's if they share a
// row or their captions agree. It is symmetric.
func Compare(a, b *casefold.Conviction) Relation { return DefaultWeights().Compare(a, b) }

// Compare tells whether two convictions are one, with these weights.
func (w *Weights) Compare(a, b *casefold.Conviction) Relation {
	x, y := accountOfConviction(a), accountOfConviction(b)
	r := w.compare(&x, &y)
	r.Accused, r.Sources = compareAccused(a, b), compareSources(a, b)
	r.Answer = further(r.Answer, further(r.Accused, r.Sources))
	if r.Answer == Same && !sharesTeller(a.Tellers, b.Tellers) && (compareCountNumbers(x.counts, y.counts) != countEqual || marked(a, b)) {
		r.Answer = PossiblySame // an equal count beside it would compare as well
	}
	return r
}

// marked reports whether the history of either holds the two to be possibly one.
func marked(a, b *casefold.Conviction) bool {
	return slices.Contains(a.PossiblySame, b.ID) || slices.Contains(b.PossiblySame, a.ID)
}

// further is the answer that lies further from same.
func further(a, b Answer) Answer {
	switch {
	case a == Different || b == Different:
		return Different
	case a == PossiblySame || b == PossiblySame:
		return PossiblySame
	}
	return Same
}

func (w *Weights) answer(file, count int64) Answer {
	switch {
	case file < w.File.Possible || count < w.Count.Possible:
		return Different
	case file >= w.File.Same && count >= w.Count.Same:
		return Same
	}
	return PossiblySame
}

// sum adds a vector of levels and, where out is not nil, lists each part.
func (q *Question) sum(v []int8, names []comparisonLevels, question string, out *[]Contribution) int64 {
	total := q.Prior.Bits
	if out != nil {
		*out = append(*out, Contribution{Question: question, Comparison: "prior", Level: "prior", Bits: q.Prior.Bits})
	}
	for i, l := range v {
		bits, level := int64(0), "missing"
		if l != missing {
			bits, level = q.Comparisons[i].Levels[l].Bits, names[i].levels[l]
		}
		total += bits
		if out != nil {
			*out = append(*out, Contribution{Question: question, Comparison: names[i].name, Level: level, Bits: bits})
		}
	}
	return total
}

// missing is the level of a comparison where a side tells nothing.
const missing = -1

type comparisonLevels struct {
	name   string
	levels []string
}

// The comparisons of the file question, in the order of weights.yaml.
const (
	fileNumber = iota
	fileCourt
	fileArrest
	fileHeard
	fileFiled
	fileCharges
	fileComparisons
)

// The comparisons of the count question, in the order of weights.yaml.
const (
	countNumber = iota
	countCharge
	countOutcome
	countLevel
	countSentence
	countOnly
	countStep
	countComparisons
)

var fileLevels = [fileComparisons]comparisonLevels{
	{"number", []string{"equal", "related", "respelled", "other-defendant", "near", "part", "other-shape", "other-prefix", "other-court", "different"}},
	{"court", []string{"same", "other-county", "other-system"}},
	{"arrest", []string{"number", "cycle", "day", "near", "overlap", "apart"}},
	{"heard", []string{"day", "cross-day", "moved", "near", "overlap", "weeks", "entry", "apart"}},
	{"filed", []string{"day", "near", "apart"}},
	{"charges", []string{"all", "some", "none"}},
}

var countLevels = [countComparisons]comparisonLevels{
	{"number", []string{"equal", "different"}},
	{"charge", []string{"same", "narrower", "as-filed", "other-part", "lesser", "different"}},
	{"outcome", []string{"both-convicted", "both-ended", "contradict"}},
	{"level", []string{"same", "different"}},
	{"sentence", []string{"same", "overlap", "different", "custody", "no-custody"}},
	{"only", []string{"only"}},
	{"step", []string{"entry", "again", "two-files"}},
}

// The levels of the file question, in the order of weights.yaml.
const (
	numberEqual = iota
	numberRelated
	numberRespelled
	numberOtherAccused
	numberNear
	numberPart
	numberOtherShape
	numberOtherPrefix
	numberOtherCourt
	numberDifferent
)

const (
	courtSame = iota
	courtOtherCounty
	courtOtherSystem
)

const (
	arrestNumber = iota
	arrestCycle
	arrestDay
	arrestNear
	arrestOverlap
	arrestApart
)

const (
	heardDay = iota
	heardCross
	heardMoved
	heardNear
	heardOverlap
	heardWeeks
	heardEntry
	heardApart
)

const (
	filedDay = iota
	filedNear
	filedApart
)

const (
	chargesAll = iota
	chargesSome
	chargesNone
)

// The levels of the count question, in the order of weights.yaml.
const (
	countEqual = iota
	countDiffers
)

const (
	chargeSame = iota
	chargeNarrower
	chargeAsFiled
	chargeOtherPart
	chargeLesser
	chargeDifferent
)

const (
	outcomeBothConvicted = iota
	outcomeBothEnded
	outcomeContradict
)

const (
	levelSame = iota
	levelDiffers
)

const (
	sentenceSame = iota
	sentenceOverlap
	sentenceDiffers
	sentenceCustody
	sentenceNoCustody
)

const onlyConviction = 0

const (
	stepEntry = iota
	stepAgain
	stepTwoFiles
)
