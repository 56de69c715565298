package lint

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "rewrite the part of docs/contract.md that is made")

const (
	keysBegin = "<!-- keys of the project file: made from docs/project-file.md (go test ./internal/lint -update) -->\n"
	keysEnd   = "<!-- end of the keys -->\n"
)

// TestContractListsEveryKey holds the contract to the project file's own
// documentation, which is made from the table that checks project files.
func TestContractListsEveryKey(t *testing.T) {
	contract := filepath.Join("..", "..", "docs", "contract.md")
	have, err := os.ReadFile(contract)
	if err != nil {
		t.Fatal(err)
	}
	doc, err := os.ReadFile(filepath.Join("..", "..", "docs", "project-file.md"))
	if err != nil {
		t.Fatal(err)
	}
	_, keys, ok := strings.Cut(string(doc), "\n## The file\n")
	if !ok {
		t.Fatal("docs/project-file.md has no section on the file's keys")
	}
	want := keysBegin + strings.ReplaceAll("\n## The file\n"+keys, "\n## ", "\n### ") + keysEnd
	before, rest, ok := strings.Cut(string(have), keysBegin)
	_, after, ended := strings.Cut(rest, keysEnd)
	if !ok || !ended {
		t.Fatal("docs/contract.md lacks the marks around the keys of the project file")
	}
	if now := before + want + after; now != string(have) {
		if !*update {
			t.Fatal("docs/contract.md does not list the keys of docs/project-file.md; run with -update")
		}
		if err := os.WriteFile(contract, []byte(now), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}
