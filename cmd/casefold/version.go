package main

// version is the program's own; releases set it with -ldflags -X.
var version = "0.1.0-dev"

const about = `casefold matches criminal-justice records of several agencies into one history
per person, decides every conviction under the relief laws, and files each
eligible one exactly once.

Exit codes: 0 done; 1 failed; 2 wrong use or project file; 3 done, rows were
quarantined; 4 a count does not add up or an audit fails; 5 the store is held
by another process, or is newer than this program.`
