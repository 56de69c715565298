package relief

import "testing"

func TestLoads(t *testing.T) {
	law, problems := LoadLaw(Laws(), "prop64")
	for _, p := range problems {
		t.Error(p)
	}
	cases, problems := ReadCases(Laws(), "prop64/cases")
	for _, p := range problems {
		t.Error(p)
	}
	for _, f := range law.RunCases(cases, nil) {
		t.Error(f.Problem)
	}
	t.Log(len(cases), "cases")
}
