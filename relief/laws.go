package relief

import (
	"embed"
	"io/fs"
)

//go:embed laws
var embedded embed.FS

// Laws is the folder of laws and their data that comes with the program: a
// folder per law beside lists that laws share.
func Laws() fs.FS {
	sub, err := fs.Sub(embedded, "laws")
	if err != nil {
		panic(err) // the folder is embedded above
	}
	return sub
}

// LawNames lists the laws that come with the program, in the order in which
// they are decided.
var LawNames = []string{"prop64"}
