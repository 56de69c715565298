package engine

import "errors"

// Kinds of failure that a caller branches on; each has its exit code in the
// command contract. Test with errors.Is.
var (
	// ErrUsage: wrong words or a project file with errors (exit 2).
	ErrUsage = errors.New("wrong use")
	// ErrCounts: a count does not add up or an audit failed (exit 4).
	ErrCounts = errors.New("counts do not add up")
	// ErrHeld: another process owns the store, or it is newer than this
	// program (exit 5).
	ErrHeld = errors.New("store is not ours to open")
	// ErrNotFound: no such person, conviction, row, filing.
	ErrNotFound = errors.New("not found")
	// ErrNotRun: the artefact asked for comes from a stage that has not run.
	ErrNotRun = errors.New("not run yet")
)

// usageError wraps text as a wrong use, with a hint for the person.
type usageError struct{ text, hint string }

func (e *usageError) Error() string { return e.text }
func (e *usageError) Unwrap() error { return ErrUsage }

// Hint is the line that says what to do instead; "" if there is none.
func Hint(err error) string {
	var u *usageError
	if errors.As(err, &u) {
		return u.hint
	}
	return ""
}

// Usage makes an error of wrong use.
func Usage(text, hint string) error { return &usageError{text, hint} }

// ignoreNotRun drops the error of an artefact that does not exist yet.
func ignoreNotRun(err error) error {
	if errors.Is(err, ErrNotRun) {
		return nil
	}
	return err
}
