package project

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestIssuerOfALicense: the state beside a licence's number says whose it is.
func TestIssuerOfALicense(t *testing.T) {
	const people = `ID,LAST,FIRST,DOB,DL_NO,DL_STATE,CASE_NO,CHARGE,DISPO,DISPO_DT
1,GARCIA,MARIA,1971-02-03,D1234567,CA,05F01234,11359 HS,CONVICTED,2005-06-01
2,LEE,ANN,1972-03-04,123456789,CA,05F01235,11359 HS,CONVICTED,2005-06-02
3,SMITH,JOHN,1973-04-05,S1234568,CA,05F01236,11358 HS,CONVICTED,2005-06-03
4,JONES,BOB,1974-05-06,0123456,,05F01237,11360(A) HS,CONVICTED,2005-06-04
5,NGUYEN,LE,1975-06-07,N7654321,CA,05F01238,459 PC,DISMISSED,2005-06-05
`
	for _, c := range []struct{ title, file, want string }{
		{"one state", people, "issuer: CA-DMV, how: document}\n"},
		{"another one", strings.ReplaceAll(people, ",CA,", ",NV,"), "issuer: NV-DMV, how: document}\n"},
		{"several", strings.Replace(people, ",CA,", ",NV,", 1), "issuer: CA-DMV, how: document} # DL_STATE names several states"},
		{"the state of the address", strings.ReplaceAll(strings.Replace(people, "DL_STATE", "STATE", 1), ",CA,", ",NV,"), "issuer: CA-DMV, how: document}\n"},
	} {
		dir := t.TempDir()
		name := filepath.Join(dir, "people.csv")
		if err := os.WriteFile(name, []byte(c.file), 0o600); err != nil {
			t.Fatal(err)
		}
		profiles, err := ProfileFiles(context.Background(), []string{"people.csv"}, dir)
		if err != nil {
			t.Fatal(err)
		}
		var b strings.Builder
		if err := WriteYAML(&b, []*Guessed{Guess(profiles[0])}); err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(b.String(), "- {column: DL_NO, kind: license, "+c.want) {
			t.Errorf("%s: want %s, got\n%s", c.title, c.want, b.String())
		}
	}
}
