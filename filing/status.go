package filing

import (
	"fmt"
	"slices"
	"strings"
)

// A Status is where a filing stands.
type Status string

const (
	Prepared  Status = "prepared"
	Approved  Status = "approved"
	Sent      Status = "sent"
	Granted   Status = "granted"
	Denied    Status = "denied"
	Rejected  Status = "rejected" // by the clerk
	Withdrawn Status = "withdrawn"
)

// Statuses are all of them, in the order of a filing's life.
var Statuses = []Status{Prepared, Approved, Sent, Granted, Denied, Rejected, Withdrawn}

// Live reports whether a filing of this status stands in the way of another.
func (s Status) Live() bool {
	return s == Prepared || s == Approved || s == Sent || s == Granted
}

// steps are the legal transitions. What a court or clerk has answered, and
// what was withdrawn, is final: another filing is another filing.
var steps = map[Status][]Status{
	"":       {Prepared},
	Prepared: {Approved, Withdrawn},
	Approved: {Sent, Withdrawn},
	Sent:     {Granted, Denied, Rejected, Withdrawn},
}

// May reports whether a filing may go from s to t.
func (s Status) May(t Status) bool { return slices.Contains(steps[s], t) }

// ParseStatus reads a status that a person may record.
func ParseStatus(s string) (Status, error) {
	recordable := []string{string(Granted), string(Denied), string(Rejected), string(Withdrawn)}
	if slices.Contains(recordable, s) {
		return Status(s), nil
	}
	return "", fmt.Errorf("%q is no status to record; it is one of %s", s, strings.Join(recordable, ", "))
}

// A Basis tells why a filing is made. The two never share a batch.
type Basis string

const (
	NoBasis Basis = ""       // nothing is to be filed
	Owed    Basis = "owed"   // the law grants it
	Policy  Basis = "policy" // only the office's policy does
)
