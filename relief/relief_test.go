package relief

import "testing"

func TestLoads(t *testing.T) {
	law, problems := LoadLaw(Laws(), "prop64")
	for _, p := range problems {
		t.Error(p)
	}
	if law != nil {
		t.Log(len(law.atoms), len(law.clauses))
	}
}
