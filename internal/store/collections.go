package store

import (
	"encoding/json"
	"errors"

	"github.com/casefold/casefold"
)

// The collections. IDs are told beside each; the caller makes them.
var (
	// Decisions of people on two rows: the number of the decision, from Number.
	Decisions = Collection[casefold.Decision]{"decision"}
	// Facts entered from a file: conviction, name, then the number of the entry
	// (Number), counted over all facts.
	Facts = Collection[EnteredFact]{"fact"}
	// Runs that ended, by generation (Number).
	Runs = Collection[Run]{"run"}
	// Deliveries: source, then generation (Number).
	Deliveries = Collection[Delivery]{"delivery"}
	// Models by name; "current" is the one in use. Its bytes are a blob.
	Models = Collection[Model]{"model"}
	// Filings is the index of the ledger: records of package filing, by their
	// own IDs. It can be made again from the ledger.
	Filings = Collection[json.RawMessage]{"filing"}
	// Settings are whatever else is small: jobs, users, sessions.
	Settings = Collection[json.RawMessage]{"setting"}

	labels    = Collection[label]{"store"}
	sequence  = Collection[uint64]{"sequence"}
	manifests = Collection[Manifest]{"manifest"}
	subjects  = Collection[[]byte]{"subject"}
	blobs     = Collection[[]byte]{"blob"}
	anchors   = Collection[string]{"anchor"}
)

// An EnteredFact is a fact that a person took from a file.
type EnteredFact struct {
	Conviction string `json:"conviction_id"`
	Name       string `json:"name"`
	Value      string `json:"value"`
	By         string `json:"by"`
	Document   string `json:"document"`
	Page       string `json:"page,omitempty"`
	At         string `json:"at"` // RFC 3339, given by the caller
}

// A Run is what a run left on record.
type Run struct {
	Generation  int64            `json:"generation"`
	AsOf        casefold.Day     `json:"as_of,omitzero"`
	At          string           `json:"at"` // RFC 3339, given by the caller
	Program     string           `json:"program"`
	Project     string           `json:"project"` // SHA-256 of the project file
	Fingerprint string           `json:"fingerprint"`
	Until       string           `json:"until,omitempty"`
	Counts      map[string]int64 `json:"counts,omitempty"`
}

// A Delivery is what a source's files held at one run, and how that differs
// from the delivery before.
type Delivery struct {
	Source      string          `json:"source"`
	Generation  int64           `json:"generation"`
	ExtractDate casefold.Day    `json:"extract_date,omitzero"`
	Columns     []string        `json:"columns"`
	Files       []DeliveredFile `json:"files"`
	Rows        int64           `json:"rows"`
	New         int64           `json:"new"`
	Changed     int64           `json:"changed"`
	Gone        int64           `json:"gone"`
	Unchanged   int64           `json:"unchanged"`
}

// A DeliveredFile is one file of a delivery, known by its hash.
type DeliveredFile struct {
	Name   string `json:"name"`
	Bytes  int64  `json:"bytes"`
	SHA256 string `json:"sha256"`
}

// A Model is a trained model on record: where its bytes are and whence it came.
type Model struct {
	Blob        string `json:"blob"` // from PutBlob
	Fingerprint string `json:"fingerprint"`
	Generation  int64  `json:"generation"` // in which it was trained
	At          string `json:"at"`
	By          string `json:"by,omitempty"` // run, or who had it trained
}

// Anchored and SetAnchor keep the last signed checkpoint of each journal, by
// its name: a journal folder brought back from an earlier day does not match.
func (s *Store) Anchored(name string) (signed string, err error) {
	err = s.View(func(tx *Tx) error { signed, err = anchors.Get(tx, name); return err })
	if errors.Is(err, ErrNotFound) {
		return "", nil
	}
	return signed, err
}

// On a full disk the anchor stays where it is: the journal is ahead of it, as
// after a crash, until a process with room closes it.
func (s *Store) SetAnchor(name, signed string) error {
	if s.full != nil {
		return nil
	}
	return s.Update(func(tx *Tx) error { return anchors.Put(tx, name, signed) })
}

// Number is an ID that sorts as the number does.
func Number(n int64) string {
	const digits = "0123456789"
	var b [16]byte
	for i := len(b) - 1; i >= 0; i-- {
		b[i] = digits[n%10]
		n /= 10
	}
	return string(b[:])
}
