// Package laws embeds the laws that come with the program: a folder per law
// with its rule file, citations, data and cases, and the lists that laws share.
// Package relief reads them; this package knows nothing of their form.
package laws

import "embed"

// Files holds one folder per law.
//
//go:embed prop64 prop47 lists
var Files embed.FS

// The names of the laws, which are those of their folders.
const (
	Prop64 = "prop64"
	Prop47 = "prop47"
)

// Names lists the laws in the order in which they are decided and exported.
var Names = []string{Prop64, Prop47}
