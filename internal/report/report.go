package report

import (
	"crypto/sha256"
	"embed"
	"encoding/base64"
	"html/template"
	"io"
	"strings"
	"sync"

	"github.com/casefold/casefold/internal/chart"
	"github.com/casefold/casefold/internal/engine"
	"github.com/casefold/casefold/matcher"
)

//go:embed pages
var files embed.FS

// CSS styles what this package writes, charts included; the server's pages
// build on it.
var CSS = sync.OnceValue(func() string {
	b, err := files.ReadFile("pages/style.css")
	if err != nil {
		panic("report: the embedded style.css: " + err.Error())
	}
	return string(b) + chart.CSS
})

var templates = sync.OnceValue(func() *template.Template {
	return template.Must(template.New("").Funcs(template.FuncMap{
		"figure": func(c chart.Chart) template.HTML { return template.HTML(chart.Figure(c)) },
		"table":  func(caption string, t chart.Table) template.HTML { return template.HTML(t.HTML(caption)) },
		"count":  func(n int64) string { return chart.Number(float64(n), 0) },
		"plain":  Plain,
	}).ParseFS(files, "pages/*.html"))
})

// A page is a whole document around a body.
type page struct {
	Title, Office string
	Style         template.CSS
	Policy        string // content security policy: this very style, nothing else
	Body          template.HTML
}

// Run writes the report of a run. The estimate of accuracy may be nil.
func Run(w io.Writer, s *engine.Summary, a *engine.AccuracyReport) error {
	body, err := Body(s, a)
	if err != nil {
		return err
	}
	return document(w, "Report of the run", s.Office, body)
}

// Body is the report of a run as a piece of a page.
func Body(s *engine.Summary, a *engine.AccuracyReport) (template.HTML, error) {
	return render("run.html", newRunView(s, a))
}

// Model writes what training learned, beside the model before: nil if it is
// the first.
func Model(w io.Writer, before, after *matcher.Model) error {
	body, err := render("model.html", newModelView(before, after))
	if err != nil {
		return err
	}
	return document(w, "The matching model", "", body)
}

func render(name string, view any) (template.HTML, error) {
	var b strings.Builder
	err := templates().ExecuteTemplate(&b, name, view)
	return template.HTML(b.String()), err
}

// document puts a body into a page of its own, its style inside it.
func document(w io.Writer, title, office string, body template.HTML) error {
	style := "\n" + CSS()
	sum := sha256.Sum256([]byte(style))
	return templates().ExecuteTemplate(w, "document.html", page{
		Title: title, Office: office, Body: body, Style: template.CSS(style),
		Policy: "default-src 'none'; style-src 'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'; base-uri 'none'; form-action 'none'",
	})
}
