package filing

import "github.com/casefold/casefold"

// A Candidate is one conviction as one law decides it in the current
// generation. Text fields are those of the determinations export.
type Candidate struct {
	ConvictionID, PersonID string
	Law, Route, Outcome    string
	Basis                  Basis
	Reason, Citation       string

	County, Court, CaseNumber, Count string
	Section, Level, ConvictionDate   string

	Ours, Fileable casefold.Truth
	// Hindrance says why an owed conviction of ours cannot be filed: no case
	// number, court unknown, file destroyed, transferred.
	Hindrance string

	Caption casefold.Caption
	// Conviction is what the guard compares; it may be nil where only the
	// fields above are needed.
	Conviction *casefold.Conviction
}

// wanted reports whether relief is to be filed for, by this office or another.
func (c *Candidate) wanted() bool { return c.Basis != NoBasis }

// ready reports whether it can be filed as it stands.
func (c *Candidate) ready() bool {
	return c.wanted() && c.Ours == casefold.True && c.Fileable == casefold.True &&
		c.Court != "" && c.Caption.From != "" && c.Caption.CaseNumber != ""
}

// A Register answers what the current generation knows of convictions by ID.
// identity.Convictions answers the first three.
type Register interface {
	// Current is the ID a conviction now goes by, given any it ever had.
	Current(id string) (string, bool)
	// Kin are other convictions that were once one with it, or part of it.
	Kin(id string) []string
	// Keys are hashes of every key it was ever told under.
	Keys(id string) []uint64
	// Conviction is the conviction as now told, nil if it is not told now.
	Conviction(id string) *casefold.Conviction
}

// A Lookup finds the current candidate for a conviction (by its current ID) and
// law.
type Lookup func(convictionID, law string) (Candidate, bool)

// An Act is who does something, why and when. At is RFC 3339.
type Act struct {
	By   string `json:"by,omitempty"`
	Note string `json:"-"` // sealed in the ledger: people write names into notes
	At   string `json:"at"`
}
