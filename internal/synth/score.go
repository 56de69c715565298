package synth

import (
	"fmt"
	"os"
	"path/filepath"
)

// Quality is what casefold's exports are worth, measured against the truth of
// a county. Shares are in [0, 1]; rates of convictions are per 10,000 true
// convictions that some row tells.
type Quality struct {
	Persons     PersonQuality     `json:"persons"`
	Convictions ConvictionQuality `json:"convictions"`
	Outcomes    OutcomeQuality    `json:"outcomes"`
	Filings     FilingQuality     `json:"filings"`
}

// PRF is precision, recall and their harmonic mean, with the counts behind
// them where they are counts of pairs.
type PRF struct {
	Precision float64 `json:"precision"`
	Recall    float64 `json:"recall"`
	F1        float64 `json:"f1"`
	Joined    int64   `json:"joined,omitempty"`  // pairs that the exports join
	True      int64   `json:"true,omitempty"`    // pairs that are true
	Correct   int64   `json:"correct,omitempty"` // pairs that are both
}

// PersonQuality judges clusters.csv.
type PersonQuality struct {
	Rows     int `json:"rows"`     // rows of the truth
	Missing  int `json:"missing"`  // of these, not in clusters.csv: each counts as a person of its own
	Unknown  int `json:"unknown"`  // rows of clusters.csv that the truth does not hold, left out
	True     int `json:"true"`     // persons of the truth
	Found    int `json:"found"`    // persons of the exports
	Pairwise PRF `json:"pairwise"` // over pairs of rows
	BCubed   PRF `json:"bcubed"`
	// WithoutImpostors leaves out rows of impersonators that hold neither print
	// nor event evidence: on what they say, they are the victim's.
	WithoutImpostors PRF                   `json:"without_impostors"`
	BySources        map[string]PRF        `json:"by_sources"`  // "court|doj"
	LookAlikes       map[string]LookAlikes `json:"look_alikes"` // twins, father_son, namesakes, siblings
	Impersonation    map[string]Impostors  `json:"impersonation"`
}

// LookAlikes counts pairs of people who resemble each other.
type LookAlikes struct {
	Pairs  int `json:"pairs"`  // both have rows
	Joined int `json:"joined"` // some person of the exports holds rows of both
}

// Impostors counts rows on which another person's name was given, by whether
// they hold evidence ("evidence", "none").
type Impostors struct {
	Rows     int `json:"rows"`
	WithTrue int `json:"with_true"` // their person is mostly the one who was there
	WithName int `json:"with_name"` // mostly the one whose name was given
	Apart    int `json:"apart"`     // neither
}

// ConvictionQuality judges convictions.csv, by the measures of the contract.
type ConvictionQuality struct {
	True     int     `json:"true"`
	Found    int     `json:"found"`
	Merged   int     `json:"merged"`
	Split    int     `json:"split"`
	Lost     int     `json:"lost"`
	Invented int     `json:"invented"`
	Per10k   Per10k  `json:"per_10k"`
	Possibly int     `json:"possibly_same"` // true convictions in several, all marked possibly same
	Fileable int     `json:"split_fileable"`
	Right    float64 `json:"section_right"` // share of unmerged convictions whose section is the true one
	// SplitBy and MergedBy count by the sources on the two sides ("court|doj").
	SplitBy  map[string]int `json:"split_by"`
	MergedBy map[string]int `json:"merged_by"`
	LostBy   map[string]int `json:"lost_by"` // by the sources that tell of it, joined by "+"
	// Facts are judged by fact, and by the sources that tell of the conviction.
	Facts map[string]*FactQuality `json:"facts,omitempty"`
}

// Per10k are the rates per 10,000 true convictions.
type Per10k struct {
	Merged   float64 `json:"merged"`
	Split    float64 `json:"split"`
	Lost     float64 `json:"lost"`
	Invented float64 `json:"invented"`
}

// OutcomeQuality judges determinations.csv under prop64.
type OutcomeQuality struct {
	Owed            int     `json:"owed"`              // true convictions to which relief is owed
	Found           int     `json:"found"`             // and the exports say so
	FoundExact      int     `json:"found_exact"`       // with the very outcome
	ToReview        int     `json:"to_review"`         // sent to review
	AlreadyRelieved int     `json:"already_relieved"`  //
	Missed          int     `json:"missed_in_silence"` // neither owed, nor review, nor already relieved
	WronglyOwed     int     `json:"wrongly_owed"`      // the exports owe relief, the truth decides otherwise
	OwedOnDoubt     int     `json:"owed_on_doubt"`     // the exports owe relief, the truth leaves it to review: no row tells the deciding fact truly
	WronglyDenied   int     `json:"wrongly_denied"`    // felony_stays or not_eligible, and the truth owes or leaves open
	Completed       int     `json:"completed"`         // convictions under HS 11357-11360, not inchoate
	ReviewRate      float64 `json:"review_rate"`       // of these, sent to review where the truth decides
	// Matrix counts true convictions by "truth>exports"; exports "none" is no
	// determination.
	Matrix map[string]int `json:"matrix"`
	// Causes are what the reviews of owed convictions need, most frequent first.
	Causes []Cause `json:"causes"`
}

// A Cause is a reason of reviews.
type Cause struct {
	Needs string `json:"needs"`
	Count int    `json:"count"`
}

// FilingQuality judges filings.csv; live filings only.
type FilingQuality struct {
	Live        int `json:"live"`
	WrongPerson int `json:"wrong_person"` // the caption's true person is not the conviction's
	Double      int `json:"double"`       // true convictions with two live filings or more under one law
	NotOwed     int `json:"not_owed"`     // the truth decides that nothing is owed
	OnDoubt     int `json:"on_doubt"`     // the truth leaves it to review
	NotOurs     int `json:"not_ours"`     // the court of record is another county's
	Untraceable int `json:"untraceable"`  // of an invented or merged conviction
	// WrongBy counts wrong persons by how the two people resemble each other.
	WrongBy map[string]int `json:"wrong_by"`
}

// Score compares the exports clusters.csv, convictions.csv, determinations.csv
// and filings.csv in one folder with the truth files in another. Exports that
// are not there are not judged. Rows are told apart by a 64-bit hash of source
// and key: of n rows, about n²/2⁶⁵ collide.
func Score(truthDir, exportsDir string) (Quality, error) {
	s := newScorer()
	if err := s.readTruth(truthDir); err != nil {
		return Quality{}, fmt.Errorf("reading truth: %w", err)
	}
	tables := []struct {
		name  string
		judge func(path string) error
	}{{"clusters.csv", s.clusters}, {"convictions.csv", s.convictions}, {"determinations.csv", s.determinations}, {"filings.csv", s.filings}}
	found := false
	for _, f := range tables {
		_, err := os.Stat(filepath.Join(exportsDir, f.name))
		found = found || err == nil
	}
	if !found {
		return Quality{}, fmt.Errorf("%s holds no export: casefold export clusters, convictions, determinations and filings into it", exportsDir)
	}
	for _, f := range tables {
		if err := f.judge(filepath.Join(exportsDir, f.name)); err != nil {
			return Quality{}, fmt.Errorf("judging %s: %w", f.name, err)
		}
	}
	if err := s.facts(truthDir, filepath.Join(exportsDir, "convictions.csv")); err != nil {
		return Quality{}, fmt.Errorf("judging facts: %w", err)
	}
	return s.q, nil
}

func prf(correct, joined, all int64) PRF {
	p := PRF{Precision: 1, Recall: 1, Joined: joined, True: all, Correct: correct}
	if joined > 0 {
		p.Precision = float64(correct) / float64(joined)
	}
	if all > 0 {
		p.Recall = float64(correct) / float64(all)
	}
	p.F1 = harmonic(p.Precision, p.Recall)
	return p
}

func harmonic(a, b float64) float64 {
	if a+b == 0 {
		return 0
	}
	return 2 * a * b / (a + b)
}

func per10k(n, of int) float64 {
	if of == 0 {
		return 0
	}
	return float64(n) * 10_000 / float64(of)
}
