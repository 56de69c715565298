package synth

import (
	"bytes"
	_ "embed"
	"io"
	"text/template"
)

//go:embed casefold.yaml.tmpl
var projectTemplate string

// writeProject writes the project file that describes the county's sources.
func writeProject(w *world, to Writer) error {
	t, err := template.New("casefold.yaml").Parse(projectTemplate)
	if err != nil {
		return err
	}
	type column struct {
		Name       string
		Start, Len int
	}
	var jail []column
	at := 1
	for _, c := range jailLayout {
		jail = append(jail, column{c.name, at, c.len})
		at += c.len
	}
	var b bytes.Buffer
	err = t.Execute(&b, map[string]any{"AsOf": w.opts.AsOf, "Extract": w.opts.AsOf.AddDays(-40), "Jail": jail, "People": w.opts.People, "Seed": w.opts.Seed})
	if err != nil {
		return err
	}
	f, err := to.Create("casefold.yaml")
	if err != nil {
		return err
	}
	if _, err = io.Copy(f, &b); err != nil {
		f.Close()
		return err
	}
	return f.Close()
}
