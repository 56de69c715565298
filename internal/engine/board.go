package engine

import (
	"fmt"
	"slices"

	"github.com/casefold/casefold/filing"
)

// A Board is what is filed and what waits, as the desk sees it.
type Board struct {
	Batches []BatchView `json:"batches"`
	Work    []WorkView  `json:"worklist"`
}

// A BatchView is a batch with its filings by status.
type BatchView struct {
	ID       string        `json:"batch"`
	Law      string        `json:"law"`
	Basis    string        `json:"basis"`
	Filings  int           `json:"filings"`
	Statuses []ReasonCount `json:"statuses"` // in the order of a filing's life
}

// A WorkView is one thing that waits for a person.
type WorkView struct {
	Conviction string `json:"conviction_id"`
	Person     string `json:"person_id"`
	Kind       string `json:"kind"`
	What       string `json:"what"`
	Who        string `json:"who"`
}

// A FilingView is a filing without its caption: who it is for stands on the
// person's page, where looks are journaled.
type FilingView struct {
	ID         string `json:"filing_id"`
	Conviction string `json:"conviction_id"`
	Person     string `json:"person_id"`
	County     string `json:"county"`
	Court      string `json:"court"`
	CaseNumber string `json:"case_number"`
	Count      string `json:"count"`
	Section    string `json:"section"`
	Law        string `json:"law"`
	Outcome    string `json:"outcome"`
	Status     string `json:"status"`
	Caption    string `json:"caption_from"`
}

// Board reads the ledger and the worklist.
func (e *Engine) Board() (*Board, error) {
	b := &Board{Batches: []BatchView{}, Work: []WorkView{}}
	err := e.withDesk("", "", nil, func(d *desk) error {
		for _, x := range d.Batches() {
			b.Batches = append(b.Batches, batchView(x))
		}
		work, err := d.Worklist(d.candidates, d.register)
		hides, lerr := e.hidesFiled(d)
		if err == nil {
			err = lerr
		}
		for _, w := range work {
			if hides(w.Conviction, "") {
				continue
			}
			b.Work = append(b.Work, WorkView{w.Conviction, w.Person, string(w.Kind), w.What, w.Who})
		}
		return err
	})
	return b, err
}

func batchView(x filing.Batch) BatchView {
	v := BatchView{ID: x.ID, Law: x.Law, Basis: string(x.Basis), Filings: x.Filings}
	for _, s := range filing.Statuses {
		if n := x.Statuses[s]; n > 0 {
			v.Statuses = append(v.Statuses, ReasonCount{string(s), int64(n)})
		}
	}
	return v
}

// A BatchFilings is one batch with its filings, sorted by court and case.
type BatchFilings struct {
	BatchView
	List []FilingView `json:"list"`
}

// Batch lists the filings of a batch.
func (e *Engine) Batch(id string) (*BatchFilings, error) {
	var out *BatchFilings
	err := e.withDesk("", "", nil, func(d *desk) error {
		i := slices.IndexFunc(d.Batches(), func(b filing.Batch) bool { return b.ID == id })
		if i < 0 {
			return fmt.Errorf("batch %s: %w", id, ErrNotFound)
		}
		out = &BatchFilings{BatchView: batchView(d.Batches()[i]), List: []FilingView{}}
		rows, err := d.Rows(d.register)
		if err != nil {
			return err
		}
		hides, err := e.hidesFiled(d)
		if err != nil {
			return err
		}
		column := map[string]int{}
		for c, name := range filing.Columns {
			column[name] = c
		}
		for _, r := range rows {
			if r[column["batch"]] != id {
				continue
			}
			at := func(name string) string { return r[column[name]] }
			if hides(at("conviction_id"), at("section")) {
				continue
			}
			out.List = append(out.List, FilingView{at("filing_id"), at("conviction_id"), at("person_id"), at("county"), at("court"), at("case_number"),
				at("count"), at("section"), at("law"), at("outcome"), at("status"), at("caption")})
		}
		slices.SortFunc(out.List, func(a, b FilingView) int {
			return slices.Compare([]string{a.County, a.Court, a.CaseNumber, a.Count, a.ID}, []string{b.County, b.Court, b.CaseNumber, b.Count, b.ID})
		})
		return nil
	})
	return out, err
}
