package server

import (
	"html/template"
	"net/http"
	"slices"
	"strings"

	"github.com/casefold/casefold"
	"github.com/casefold/casefold/internal/engine"
	"github.com/casefold/casefold/internal/report"
)

func (s *site) home(w http.ResponseWriter, _ *http.Request) {
	o, err := s.engine.Overview()
	if err != nil {
		s.fail(w, err)
		return
	}
	s.render(w, http.StatusOK, "home.html", "Search", newHomeView(o))
}

// searchLimit is how many persons a page of answers holds.
const searchLimit = 25

// maxForm bounds what a form may send.
const maxForm = 4096

// A searchView is the answer to what somebody typed.
type searchView struct {
	Words string
	Hits  []engine.Hit
	Full  bool // there may be more
}

func (s *site) search(w http.ResponseWriter, r *http.Request) {
	r.Body = http.MaxBytesReader(w, r.Body, maxForm)
	if err := r.ParseForm(); err != nil {
		s.fail(w, engine.Usage("the words are too long", ""))
		return
	}
	view := &searchView{Words: strings.TrimSpace(r.PostForm.Get("words"))}
	if view.Words != "" {
		hits, err := s.engine.Search(r.Context(), []string{view.Words}, searchLimit)
		if err != nil {
			s.fail(w, err)
			return
		}
		view.Hits, view.Full = hits, len(hits) == searchLimit
	}
	s.render(w, http.StatusOK, "search.html", "Search", view)
}

func (s *site) person(w http.ResponseWriter, r *http.Request) {
	p, err := s.engine.Person(r.PathValue("id"))
	if err != nil {
		s.fail(w, err)
		return
	}
	// The title goes to the history and tabs of the browser: no name there.
	s.render(w, http.StatusOK, "person.html", "Person "+p.History.PersonID, newPersonView(p))
}

func (s *site) conviction(w http.ResponseWriter, r *http.Request) {
	p, err := s.engine.Why(r.PathValue("id"))
	if err != nil {
		s.fail(w, err)
		return
	}
	s.render(w, http.StatusOK, "conviction.html", "Conviction "+p.Conviction.ID, newProofView(p))
}

func (s *site) personRows(w http.ResponseWriter, r *http.Request) {
	id := r.PathValue("id")
	rows, err := s.engine.PersonRows(id)
	if err != nil {
		s.fail(w, err)
		return
	}
	view := newRowsView(rows, s.engine.RowColumns(r.Context(), rows))
	view.Person = id
	s.render(w, http.StatusOK, "rows.html", "Source rows of "+id, view)
}

// convictionRows shows only the rows that tell of a conviction.
func (s *site) convictionRows(w http.ResponseWriter, r *http.Request) {
	p, err := s.engine.Why(r.PathValue("id"))
	if err != nil {
		s.fail(w, err)
		return
	}
	c := &p.Conviction
	rows, err := s.engine.PersonRows(c.PersonID)
	if err != nil {
		s.fail(w, err)
		return
	}
	rows = slices.DeleteFunc(rows, func(v engine.VerbatimRow) bool { return !slices.Contains(c.Tellers, v.Teller) })
	view := newRowsView(rows, s.engine.RowColumns(r.Context(), rows))
	view.Person, view.Conviction, view.Open = c.PersonID, c.ID, true
	s.render(w, http.StatusOK, "rows.html", "Source rows of "+c.ID, view)
}

// explain compares two rows. Their names come by POST: a row's key may be
// somebody's number.
func (s *site) explain(w http.ResponseWriter, r *http.Request) {
	r.Body = http.MaxBytesReader(w, r.Body, maxForm)
	if err := r.ParseForm(); err != nil {
		s.fail(w, engine.Usage("the rows' names are too long", ""))
		return
	}
	a, errA := engine.ParseTeller(strings.TrimSpace(r.PostForm.Get("a")))
	b, errB := engine.ParseTeller(strings.TrimSpace(r.PostForm.Get("b")))
	if errA != nil || errB != nil {
		s.fail(w, engine.Usage("two rows are needed", "a row is source:row_key"))
		return
	}
	view, err := s.pair(r, a, b)
	if err != nil {
		s.fail(w, err)
		return
	}
	s.render(w, http.StatusOK, "explain.html", "Two rows compared", view)
}

// pair asks for the proof and for what both rows say.
func (s *site) pair(r *http.Request, a, b casefold.Teller) (*pairView, error) {
	p, err := s.engine.Explain(r.Context(), a, b)
	if err != nil {
		return nil, err
	}
	pa, err := s.engine.Person(p.PersonA)
	if err != nil {
		return nil, err
	}
	pb := pa
	if p.PersonB != p.PersonA {
		if pb, err = s.engine.Person(p.PersonB); err != nil {
			return nil, err
		}
	}
	view := newPairView(p, pa.History, pb.History)
	for _, n := range pa.Neighbours {
		if n.Person == p.PersonB {
			view.Reason = report.Plain(n.Reason)
		}
	}
	return view, nil
}

func (s *site) board(w http.ResponseWriter, _ *http.Request) {
	b, err := remember(s, "board", s.engine.Board)
	if err != nil {
		s.fail(w, err)
		return
	}
	s.render(w, http.StatusOK, "board.html", "Filings and work", newBoardView(b))
}

func (s *site) batch(w http.ResponseWriter, r *http.Request) {
	id := r.PathValue("id")
	b, err := remember(s, "batch "+id, func() (*engine.BatchFilings, error) { return s.engine.Batch(id) })
	if err != nil {
		s.fail(w, err)
		return
	}
	s.render(w, http.StatusOK, "batch.html", "Batch "+b.ID, b)
}

func (s *site) review(w http.ResponseWriter, _ *http.Request) {
	q, err := remember(s, "review", func() (*engine.ReviewQueue, error) { return s.engine.ReviewQueue(engine.ReviewOptions{}) })
	if err != nil {
		s.fail(w, err)
		return
	}
	s.render(w, http.StatusOK, "review.html", "Reviews", newReviewView(q))
}

func (s *site) report(w http.ResponseWriter, _ *http.Request) {
	body, err := remember(s, "report", func() (template.HTML, error) {
		sum, err := s.engine.Summary()
		if err != nil {
			return "", err
		}
		return report.Body(sum, nil)
	})
	if err != nil {
		s.fail(w, err)
		return
	}
	s.render(w, http.StatusOK, "report.html", "Report of the run", body)
}
