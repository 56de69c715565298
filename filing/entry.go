package filing

import (
	"crypto/aes"
	"crypto/cipher"
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"github.com/casefold/casefold"
)

// A verb is what a ledger entry does.
type verb string

const (
	verbStatus   verb = "status"   // a filing goes to a status; the first one makes it
	verbSending  verb = "sending"  // a batch's manifests are about to be written into a folder
	verbManifest verb = "manifest" // a court's manifest was written
	verbDistinct verb = "distinct" // a person: this conviction is not that filing's
)

// An entry is one line of the ledger. Its fields never change their meaning;
// new ones are added.
type entry struct {
	Verb   verb   `json:"verb"`
	Filing string `json:"filing,omitempty"`
	Status Status `json:"status,omitempty"`
	Batch  string `json:"batch,omitempty"`
	Act

	// Of the entry that makes a filing.
	Conviction string   `json:"conviction,omitempty"`
	Person     string   `json:"person,omitempty"`
	Law        string   `json:"law,omitempty"`
	Outcome    string   `json:"outcome,omitempty"`
	Basis      Basis    `json:"basis,omitempty"`
	Prior      string   `json:"prior,omitempty"`  // the filing that is filed again
	Keys       []string `json:"keys,omitempty"`   // commitments, sorted
	Sealed     []byte   `json:"sealed,omitempty"` // secrets, under the subject's key

	// Of a sending and a manifest.
	Dir    string `json:"dir,omitempty"`
	File   string `json:"file,omitempty"`
	SHA256 string `json:"sha256,omitempty"`
	Lines  int    `json:"lines,omitempty"`
}

// secrets are what an entry keeps sealed.
type secrets struct {
	Note string `json:"note,omitempty"`
	Line *Line  `json:"line,omitempty"`
}

// A Line is what a manifest says of one conviction: the caption verbatim, and
// the columns of the determination as they stood when it was prepared.
type Line struct {
	County         string           `json:"county"`
	Court          string           `json:"court"`
	CaseNumber     string           `json:"case_number"`
	Count          string           `json:"count"`
	Section        string           `json:"section"`
	Level          string           `json:"level"`
	ConvictionDate string           `json:"conviction_date"`
	Route          string           `json:"route"`
	Reason         string           `json:"reason"`
	Citation       string           `json:"citation"`
	Caption        casefold.Caption `json:"caption"`
}

func lineOf(c *Candidate) *Line {
	return &Line{
		County: c.County, Court: c.Court, CaseNumber: c.CaseNumber, Count: c.Count, Section: c.Section,
		Level: c.Level, ConvictionDate: c.ConvictionDate, Route: c.Route, Reason: c.Reason,
		Citation: c.Citation, Caption: c.Caption,
	}
}

// ErrShredded: the subject's key is destroyed, and what was sealed under it is
// gone for good.
var ErrShredded = errors.New("the record was destroyed; its filing can no longer be read")

func gcm(key []byte) (cipher.AEAD, error) {
	if len(key) == 0 {
		return nil, ErrShredded
	}
	block, err := aes.NewCipher(key)
	if err != nil {
		return nil, err
	}
	return cipher.NewGCM(block)
}

// seal encrypts under a subject's key; the filing's ID is bound to it.
func seal(key []byte, random io.Reader, filing string, s secrets) ([]byte, error) {
	aead, err := gcm(key)
	if err != nil {
		return nil, err
	}
	plain, err := json.Marshal(s)
	if err != nil {
		return nil, err
	}
	nonce := make([]byte, aead.NonceSize(), aead.NonceSize()+len(plain)+aead.Overhead())
	if _, err := io.ReadFull(random, nonce); err != nil {
		return nil, fmt.Errorf("sealing an entry: %w", err)
	}
	return aead.Seal(nonce, nonce, plain, []byte(filing)), nil
}

func unseal(key []byte, filing string, sealed []byte) (s secrets, err error) {
	aead, err := gcm(key)
	if err != nil {
		return s, err
	}
	n := aead.NonceSize()
	if len(sealed) < n {
		return s, errors.New("a sealed ledger entry is too short")
	}
	plain, err := aead.Open(nil, sealed[:n], sealed[n:], []byte(filing))
	if err != nil {
		return s, errors.New("a sealed ledger entry does not open under its subject's key")
	}
	return s, json.Unmarshal(plain, &s)
}
