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
	"github.com/casefold/casefold/internal/engine"
)

// Engine is what the pages ask. *engine.Engine is one.
type Engine interface {
	Search(ctx context.Context, typed []string, limit int) ([]engine.Hit, error)
	Person(id string) (*engine.PersonView, error)
	PersonRows(id string) ([]engine.VerbatimRow, error)
	Why(convictionID string) (*engine.Proof, error)
	Overview() (*engine.Overview, error)
}

//go:embed pages
var files embed.FS

var templates = sync.OnceValue(func() *template.Template {
	return template.Must(template.New("").Funcs(template.FuncMap{"join": strings.Join}).ParseFS(files, "pages/*.html"))
})

// New returns the handler of all pages and of the API.
func New(e Engine, version string) http.Handler {
	s := &site{engine: e}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /{$}", s.home)
	mux.HandleFunc("POST /search", s.search)
	mux.HandleFunc("GET /search", func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/", http.StatusSeeOther) })
	mux.HandleFunc("GET /person/{id}", s.person)
	mux.HandleFunc("GET /person/{id}/rows", s.rows)
	mux.HandleFunc("GET /conviction/{id}", s.conviction)
	mux.HandleFunc("GET /style.css", s.style)
	api(mux, e, version)
	mux.HandleFunc("/", func(w http.ResponseWriter, _ *http.Request) {
		s.render(w, http.StatusNotFound, "problem.html", problemPage{Title: "Not here", Text: "There is no such page."})
	})
	return guard(mux)
}

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

type site struct{ engine Engine }

// render writes a page. Pages are built before the first byte goes out, so an
// error never leaves half a page.
func (s *site) render(w http.ResponseWriter, status int, name string, view any) {
	var b strings.Builder
	if err := templates().ExecuteTemplate(&b, name, view); err != nil {
		http.Error(w, "the page could not be drawn", http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.WriteHeader(status)
	w.Write([]byte(b.String()))
}

// A problemPage says what went wrong without saying about whom.
type problemPage struct{ Title, Text, Hint string }

// fail shows an error's page.
func (s *site) fail(w http.ResponseWriter, err error) {
	status, p := problemOf(err)
	s.render(w, status, "problem.html", p)
}

// problemOf maps an error to a status and words. Internals are not shown.
func problemOf(err error) (int, problemPage) {
	switch {
	case errors.Is(err, engine.ErrNotFound):
		return http.StatusNotFound, problemPage{Title: "Not found", Text: "The store holds nothing under this ID."}
	case errors.Is(err, engine.ErrNotRun):
		return http.StatusConflict, problemPage{Title: "Not run yet", Text: "The store holds no histories.", Hint: "casefold run"}
	case errors.Is(err, engine.ErrUsage):
		return http.StatusBadRequest, problemPage{Title: "Not understood", Text: err.Error(), Hint: engine.Hint(err)}
	}
	return http.StatusInternalServerError, problemPage{Title: "Something failed", Text: "The program could not answer.", Hint: "casefold audit"}
}

func (s *site) style(w http.ResponseWriter, _ *http.Request) {
	b, err := files.ReadFile("pages/style.css")
	if err != nil {
		s.fail(w, err)
		return
	}
	w.Header().Set("Content-Type", "text/css; charset=utf-8")
	w.Write(b)
}

func (s *site) home(w http.ResponseWriter, _ *http.Request) {
	o, err := s.engine.Overview()
	if err != nil {
		s.fail(w, err)
		return
	}
	s.render(w, http.StatusOK, "home.html", o)
}

// searchLimit is how many persons a page of answers holds.
const searchLimit = 25

func (s *site) search(w http.ResponseWriter, r *http.Request) {
	r.Body = http.MaxBytesReader(w, r.Body, 4096)
	if err := r.ParseForm(); err != nil {
		s.fail(w, engine.Usage("the words are too long", ""))
		return
	}
	words := strings.TrimSpace(r.PostForm.Get("words"))
	view := SearchView{Words: words}
	if words != "" {
		hits, err := s.engine.Search(r.Context(), []string{words}, searchLimit)
		if err != nil {
			s.fail(w, err)
			return
		}
		view.Hits = hits
	}
	s.render(w, http.StatusOK, "search.html", view)
}

func (s *site) person(w http.ResponseWriter, r *http.Request) {
	p, err := s.engine.Person(r.PathValue("id"))
	if err != nil {
		s.fail(w, err)
		return
	}
	s.render(w, http.StatusOK, "person.html", personView(p))
}

func (s *site) rows(w http.ResponseWriter, r *http.Request) {
	rows, err := s.engine.PersonRows(r.PathValue("id"))
	if err != nil {
		s.fail(w, err)
		return
	}
	s.render(w, http.StatusOK, "rows.html", rowsView(r.PathValue("id"), rows))
}

func (s *site) conviction(w http.ResponseWriter, r *http.Request) {
	p, err := s.engine.Why(r.PathValue("id"))
	if err != nil {
		s.fail(w, err)
		return
	}
	s.render(w, http.StatusOK, "conviction.html", convictionView(p))
}

// word prints what may be untold.
func word(s string) string {
	if s == "" {
		return "not told"
	}
	return s
}

func dated(d casefold.Date) string { return word(d.String()) }
