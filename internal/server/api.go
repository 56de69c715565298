package server

import (
	"context"
	"net/http"
	"strings"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"
)

// api adds the JSON of every page, described by OpenAPI 3.1 at
// /api/openapi.json. Errors are RFC 9457 problems.
func api(mux *http.ServeMux, e Engine, version string) {
	cfg := huma.DefaultConfig("casefold", version)
	cfg.OpenAPIPath, cfg.DocsPath, cfg.SchemasPath = "/api/openapi", "", ""
	cfg.CreateHooks = nil // no $schema links: URLs of this machine are nobody's business
	a := humago.New(mux, cfg)

	type idInput struct {
		ID string `path:"id" pattern:"^[A-Za-z0-9-]+$" maxLength:"32"`
	}
	type searchInput struct {
		Body struct {
			Words string `json:"words" minLength:"1" maxLength:"400" doc:"names, a birth date or year, any number"`
			Limit int    `json:"limit,omitempty" minimum:"1" maximum:"100" default:"10"`
		}
	}
	huma.Post(a, "/api/search", func(ctx context.Context, in *searchInput) (*answer[SearchView], error) {
		hits, err := e.Search(ctx, []string{strings.TrimSpace(in.Body.Words)}, in.Body.Limit)
		return reply(SearchView{Hits: hits}, err)
	}, summary("Find persons"))
	huma.Get(a, "/api/person/{id}", func(_ context.Context, in *idInput) (*answer[PersonView], error) {
		p, err := e.Person(in.ID)
		if err != nil {
			return reply(PersonView{}, err)
		}
		return reply(personView(p), nil)
	}, summary("One person's full history"))
	huma.Get(a, "/api/person/{id}/rows", func(_ context.Context, in *idInput) (*answer[RowsView], error) {
		rows, err := e.PersonRows(in.ID)
		return reply(rowsView(in.ID, rows), err)
	}, summary("A person's source rows, verbatim"))
	huma.Get(a, "/api/conviction/{id}", func(_ context.Context, in *idInput) (*answer[ConvictionView], error) {
		p, err := e.Why(in.ID)
		if err != nil {
			return reply(ConvictionView{}, err)
		}
		return reply(convictionView(p), nil)
	}, summary("A conviction's determinations with their proofs"))
}

type answer[T any] struct{ Body T }

func summary(text string) func(*huma.Operation) {
	return func(o *huma.Operation) { o.Summary = text }
}

// reply turns an engine's answer into the API's.
func reply[T any](v T, err error) (*answer[T], error) {
	if err != nil {
		status, p := problemOf(err)
		return nil, huma.NewError(status, p.Title+": "+p.Text)
	}
	return &answer[T]{v}, nil
}
