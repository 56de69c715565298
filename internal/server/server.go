package server

import (
	"context"
	"embed"
	"errors"
	"html/template"
	"net"
	"net/http"
	"strings"
	"sync"

	"github.com/casefold/casefold"
	"github.com/casefold/casefold/internal/chart"
	"github.com/casefold/casefold/internal/engine"
	"github.com/casefold/casefold/internal/report"
)

// Engine is what the pages ask. *engine.Engine is one.
type Engine interface {
	Overview() (*engine.Overview, error)
	Search(ctx context.Context, typed []string, limit int) ([]engine.Hit, error)
	Person(id string) (*engine.PersonView, error)
	PersonRows(id string) ([]engine.VerbatimRow, error)
	RowColumns(ctx context.Context, rows []engine.VerbatimRow) [][]engine.ColumnValue
	Why(convictionID string) (*engine.Proof, error)
	Explain(ctx context.Context, a, b casefold.Teller) (*engine.PairProof, error)
	Board() (*engine.Board, error)
	Batch(id string) (*engine.BatchFilings, error)
	ReviewQueue(o engine.ReviewOptions) (*engine.ReviewQueue, error)
	Summary() (*engine.Summary, error)
}

//go:embed pages
var files embed.FS

var templates = sync.OnceValue(func() *template.Template {
	return template.Must(template.New("").Funcs(template.FuncMap{
		"join":   strings.Join,
		"plain":  report.Plain,
		"day":    dayOf,
		"figure": func(c chart.Chart) template.HTML { return template.HTML(chart.FigureAndTable(c)) },
		"count":  func(n int64) string { return chart.Number(float64(n), 0) },
		"tree":   func(person string, open bool, c clause) clauseOf { return clauseOf{c, person, open} },
		"told":   func(person string, rows []rowName) toldBy { return toldBy{person, rows} },
	}).ParseFS(files, "pages/*.html"))
})

// New returns the handler of all pages and of the API.
func New(e Engine, version string) http.Handler {
	s := &site{engine: e}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /{$}", s.home)
	mux.HandleFunc("POST /search", s.search)
	mux.HandleFunc("GET /search", toHome)
	mux.HandleFunc("GET /person/{id}", s.person)
	mux.HandleFunc("GET /person/{id}/rows", s.personRows)
	mux.HandleFunc("GET /conviction/{id}", s.conviction)
	mux.HandleFunc("GET /conviction/{id}/rows", s.convictionRows)
	mux.HandleFunc("POST /explain", s.explain)
	mux.HandleFunc("GET /explain", toHome)
	mux.HandleFunc("GET /board", s.board)
	mux.HandleFunc("GET /batch/{id}", s.batch)
	mux.HandleFunc("GET /review", s.review)
	mux.HandleFunc("GET /report", s.report)
	mux.HandleFunc("GET /style.css", style)
	mux.HandleFunc("GET /favicon.ico", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusNoContent) })
	api(mux, e, version)
	mux.HandleFunc("/", func(w http.ResponseWriter, _ *http.Request) {
		s.render(w, http.StatusNotFound, "problem.html", "Not here", problem{Title: "Not here", Text: "There is no such page."})
	})
	return guard(mux)
}

// toHome answers the address of a form that was reloaded or typed.
func toHome(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/", http.StatusSeeOther) }

// guard refuses what does not come from this machine's own pages and sets the
// headers under which a page can neither be framed, cached nor fed from
// elsewhere.
func guard(next http.Handler) http.Handler {
	sameOrigin := http.NewCrossOriginProtection()
	return sameOrigin.Handler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !loopback(r.Host) {
			// A name that resolves to this machine is not this machine: a page
			// elsewhere could point its own name here.
			http.Error(w, "casefold answers on this machine only", http.StatusMisdirectedRequest)
			return
		}
		h := w.Header()
		h.Set("Content-Security-Policy", "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'")
		h.Set("Cache-Control", "no-store")
		h.Set("Referrer-Policy", "no-referrer")
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		h.Set("Cross-Origin-Resource-Policy", "same-origin")
		next.ServeHTTP(w, r)
	}))
}

func loopback(host string) bool {
	if h, _, err := net.SplitHostPort(host); err == nil {
		host = h
	}
	if host == "localhost" {
		return true
	}
	ip := net.ParseIP(strings.Trim(host, "[]"))
	return ip != nil && ip.IsLoopback()
}

type site struct {
	engine Engine
	memo   memo
}

// remember works out what takes long once in a generation.
func remember[T any](s *site, name string, work func() (T, error)) (T, error) {
	o, err := s.engine.Overview()
	if err != nil {
		var none T
		return none, err
	}
	return recall(&s.memo, o.Generation, name, work)
}

// A page is what every template gets: the view, and what the frame around it
// says.
type page struct {
	Title string
	Words string // what was searched, to be typed over
	Run   *engine.Overview
	View  any
}

// render writes a page. Pages are built before the first byte goes out, so an
// error never leaves half a page.
func (s *site) render(w http.ResponseWriter, status int, name, title string, view any) {
	p := page{Title: title, View: view}
	if v, ok := view.(*searchView); ok {
		p.Words = v.Words
	}
	if o, err := s.engine.Overview(); err == nil {
		p.Run = o
	}
	var b strings.Builder
	if err := templates().ExecuteTemplate(&b, name, p); err != nil {
		http.Error(w, "the page could not be drawn", http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.WriteHeader(status)
	w.Write([]byte(b.String()))
}

// A problem says what went wrong without saying about whom.
type problem struct{ Title, Text, Hint string }

// fail shows an error's page.
func (s *site) fail(w http.ResponseWriter, err error) {
	status, p := problemOf(err)
	s.render(w, status, "problem.html", p.Title, p)
}

// problemOf maps an error to a status and words. Internals are not shown.
func problemOf(err error) (int, problem) {
	switch {
	case errors.Is(err, engine.ErrNotFound):
		return http.StatusNotFound, problem{Title: "Not found", Text: "The store holds nothing under this ID."}
	case errors.Is(err, engine.ErrNotRun):
		return http.StatusConflict, problem{Title: "Not run yet", Text: "The store holds no histories.", Hint: "casefold run"}
	case errors.Is(err, engine.ErrUsage):
		return http.StatusBadRequest, problem{Title: "Not understood", Text: err.Error(), Hint: engine.Hint(err)}
	case errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded):
		return http.StatusServiceUnavailable, problem{Title: "Not finished", Text: "The answer took too long and was given up."}
	}
	return http.StatusInternalServerError, problem{Title: "Something failed", Text: "The program could not answer.", Hint: "casefold audit"}
}

// stylesheet is the report's style and the pages' own on top of it.
var stylesheet = sync.OnceValue(func() []byte {
	b, err := files.ReadFile("pages/style.css")
	if err != nil {
		panic("server: the embedded style.css: " + err.Error())
	}
	return append([]byte(report.CSS()), b...)
})

func style(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "text/css; charset=utf-8")
	w.Write(stylesheet())
}
