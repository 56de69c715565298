package filing_test

import "flag"

var update = flag.Bool("update", false, "rewrite the expected output in testdata")
