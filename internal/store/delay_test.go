package store_test

import (
	"os"
	"time"
)

// long reports whether the long runs are wanted: CASEFOLD_LONG=1.
func long() bool { return os.Getenv("CASEFOLD_LONG") != "" }

// crashDelay spreads the kills over a child's start and its work.
func crashDelay(round int) time.Duration {
	return time.Duration(90+round*337%900) * time.Millisecond
}
