package outcome

import (
	_ "embed"
	"strings"
	"sync"

	"github.com/casefold/casefold"
)

//go:embed codes.tsv
var codeTable string

// codes maps "obts:21" to its status.
var codes = sync.OnceValue(func() map[string]casefold.DispositionStatus {
	m := map[string]casefold.DispositionStatus{}
	for line := range strings.Lines(codeTable) {
		if strings.HasPrefix(line, "#") {
			continue
		}
		f := strings.Split(strings.TrimSpace(line), "\t")
		if len(f) != 4 {
			panic("outcome: codes.tsv is damaged")
		}
		m[f[0]+":"+f[1]] = casefold.DispositionStatus(f[2])
	}
	return m
})

// coded reads a code that names its system: obts:21, pros:F, court:a, lea:3.
// The system may be written in capitals; the code's case counts. Leading zeros
// do not.
func coded(s string) (casefold.DispositionStatus, bool) {
	system, code, ok := strings.Cut(strings.TrimSpace(s), ":")
	if !ok || len(system) > 5 || len(code) > 4 {
		return "", false
	}
	status, ok := codes()[strings.ToLower(system)+":"+strings.TrimLeft(strings.TrimSpace(code), "0")]
	return status, ok
}
