package synth

import (
	"os"
	"testing"
)

func TestDump(t *testing.T) {
	dir := os.Getenv("SYNTH_DUMP")
	if dir == "" {
		t.Skip()
	}
	o := Defaults(2000, 1)
	if err := Generate(o, Dir(dir)); err != nil {
		t.Fatal(err)
	}
}
