package statute

import (
	"os"
	"strings"
	"testing"

	"github.com/casefold/casefold"
)

// show writes an offence as the case files do.
func show(o *casefold.Offense) string {
	if o == nil {
		return "nothing"
	}
	if !o.Parsed {
		return "unparsed"
	}
	out := o.Statute.String()
	for _, s := range o.Also {
		out += " + " + s.String()
	}
	if o.Level != "" {
		out += " [" + string(o.Level) + "]"
	}
	return out
}

// cases reads the lines "left => right" of a case file.
func cases(t testing.TB, file string) [][2]string {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var out [][2]string
	for line := range strings.Lines(string(data)) {
		if strings.HasPrefix(line, "# ") {
			continue
		}
		if left, right, ok := strings.Cut(strings.TrimSuffix(line, "\n"), " => "); ok {
			out = append(out, [2]string{left, right})
		}
	}
	return out
}

func TestWrittenForms(t *testing.T) {
	forms := cases(t, "testdata/forms.txt")
	if len(forms) < 400 {
		t.Errorf("%d forms, want 400 at least", len(forms))
	}
	for _, c := range forms {
		if o, _ := Parse(c[0]); show(&o) != c[1] {
			t.Errorf("%q is %s, want %s", c[0], show(&o), c[1])
		}
	}
}
