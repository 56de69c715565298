package main

import (
	"bytes"
	"context"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/casefold/casefold/internal/engine"
	"github.com/casefold/casefold/internal/project"
	"github.com/casefold/casefold/internal/server"
)

// TestCommandsAndPagesGiveTheSameJSON asks the same questions of the commands
// with --json and of the API.
func TestCommandsAndPagesGiveTheSameJSON(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, project.FileName)
	command := func(args ...string) []byte {
		t.Helper()
		var out bytes.Buffer
		if code := run(context.Background(), append([]string{"-q", "-c", file}, args...), &out, os.Stderr); code != exitDone && code != exitQuarantined {
			t.Fatalf("casefold %s: exit %d", strings.Join(args, " "), code)
		}
		return out.Bytes()
	}
	command("synth", "--people", "80", "--seed", "4", "-o", dir)
	command("run")
	convictions := strings.Split(string(command("export", "determinations")), "\n")
	conviction, person := strings.Split(convictions[1], ",")[0], strings.Split(convictions[1], ",")[1]
	rows := strings.Split(string(command("export", "clusters")), "\n")
	row := func(i int) string { c := strings.Split(rows[i], ","); return c[0] + ":" + c[1] }

	questions := []struct {
		args               []string
		method, path, body string
	}{
		{[]string{"history", "--json", person}, "GET", "/api/person/" + person, ""},
		{[]string{"why", "--json", conviction}, "GET", "/api/conviction/" + conviction, ""},
		{[]string{"search", "--json", "--limit", "5", "garcia"}, "POST", "/api/search", `{"words":"garcia","limit":5}`},
		{[]string{"explain", "--json", row(1), row(2)}, "POST", "/api/explain", `{"a":"` + row(1) + `","b":"` + row(2) + `"}`},
	}
	var said [][]byte
	for _, q := range questions {
		said = append(said, command(q.args...))
	}
	p, problems := project.Load(file)
	if p == nil {
		t.Fatal(problems)
	}
	e, err := engine.Open(p, engine.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer e.Close()
	h := server.New(e, "test")
	for i, q := range questions {
		r := httptest.NewRequest(q.method, "http://localhost"+q.path, strings.NewReader(q.body))
		r.Header.Set("Content-Type", "application/json")
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		if w.Code != http.StatusOK {
			t.Errorf("%s: %d %s", q.path, w.Code, w.Body)
			continue
		}
		var a, b any
		if err := json.Unmarshal(said[i], &a); err != nil {
			t.Fatal(err)
		}
		if err := json.Unmarshal(w.Body.Bytes(), &b); err != nil {
			t.Fatal(err)
		}
		if !reflect.DeepEqual(a, b) { // a difference of large trees takes long to print
			t.Errorf("%s: the command says\n%s\nthe page\n%s", q.path, said[i], w.Body)
		}
	}
}
