package main

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/alecthomas/kong"
)

// TestTheContractNamesEveryCommand: what docs/contract.md promises is there,
// flags too, and what is there stands in docs/contract.md.
func TestTheContractNamesEveryCommand(t *testing.T) {
	doc, err := os.ReadFile(filepath.Join("..", "..", "docs", "contract.md"))
	if err != nil {
		t.Fatal(err)
	}
	parser, err := kong.New(&cli{}, kong.Vars{"version": version})
	if err != nil {
		t.Fatal(err)
	}
	promised := promisedCommands(string(doc))
	if len(promised) < 20 {
		t.Fatalf("only %d commands found in the contract: %v", len(promised), promised)
	}
	there := map[string]*kong.Node{}
	for _, leaf := range parser.Model.Leaves(false) {
		there[strings.Join(words(leaf.Path()), " ")] = leaf
	}
	for name, flags := range promised {
		leaf := there[name]
		if leaf == nil {
			t.Errorf("the contract promises casefold %s, which is not there", name)
			continue
		}
		var has []string
		for _, group := range leaf.AllFlags(false) {
			for _, f := range group {
				has = append(has, "--"+f.Name)
			}
		}
		for _, f := range flags {
			if !slices.Contains(has, f) {
				t.Errorf("the contract promises casefold %s %s, which is not there", name, f)
			}
		}
	}
	for name := range there {
		if _, ok := promised[name]; !ok {
			t.Errorf("casefold %s does not stand in the contract", name)
		}
	}
}

var (
	quoted = regexp.MustCompile("`([^`]*)`")
	option = regexp.MustCompile(`--[a-z-]+`)
)

// words are the lower-case words with which a path begins.
func words(path string) []string {
	var out []string
	for _, w := range strings.Fields(strings.TrimPrefix(path, "casefold ")) {
		if !regexp.MustCompile(`^[a-z][a-z|-]*$`).MatchString(w) {
			break
		}
		out = append(out, w)
	}
	return out
}

// promisedCommands reads the tables of commands: in the first cell of a row,
// the quoted texts from one that begins with casefold on. The first word of a
// command of two stays for those that follow it.
func promisedCommands(doc string) map[string][]string {
	groups := []string{"file", "law", "review", "blocking"}
	out := map[string][]string{}
	for line := range strings.Lines(doc) {
		if !strings.HasPrefix(line, "| `casefold ") {
			continue
		}
		cell := strings.Split(strings.ReplaceAll(line, `\|`, "\x00"), "|")[1]
		for _, q := range quoted.FindAllStringSubmatch(cell, -1) {
			text := strings.ReplaceAll(q[1], "\x00", "|")
			if strings.HasPrefix(text, "-") {
				continue
			}
			w := words(text)
			for _, first := range strings.Split(w[0], "|") {
				seconds := []string{""}
				if slices.Contains(groups, first) {
					seconds = strings.Split(w[1], "|")
				}
				for _, second := range seconds {
					name := strings.TrimSpace(first + " " + second)
					out[name] = append(out[name], option.FindAllString(text, -1)...)
				}
			}
		}
	}
	return out
}
