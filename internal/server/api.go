package server

import (
	"context"
	"net/http"
	"path"
	"reflect"
	"strings"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"github.com/casefold/casefold/internal/engine"
)

// api adds the JSON of every page, described by OpenAPI 3.1 at
// /api/openapi.json. Bodies are the engine's answers, as --json prints them.
// Errors are RFC 9457 problems.
func api(mux *http.ServeMux, e Engine, version string) {
	cfg := huma.DefaultConfig("casefold", version)
	cfg.OpenAPIPath, cfg.DocsPath, cfg.SchemasPath = "/api/openapi", "", ""
	cfg.Components.Schemas = huma.NewMapRegistry("#/components/schemas/", schemaName)
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
	type pairInput struct {
		Body struct {
			A string `json:"a" minLength:"3" maxLength:"400" doc:"a row, as source:row_key"`
			B string `json:"b" minLength:"3" maxLength:"400" doc:"another row"`
		}
	}
	huma.Post(a, "/api/search", func(ctx context.Context, in *searchInput) (*answer[[]engine.Hit], error) {
		return reply(e.Search(ctx, []string{strings.TrimSpace(in.Body.Words)}, in.Body.Limit))
	}, summary("Find persons"))
	huma.Get(a, "/api/person/{id}", func(_ context.Context, in *idInput) (*answer[*engine.PersonView], error) {
		return reply(e.Person(in.ID))
	}, summary("One person's full history"))
	huma.Get(a, "/api/person/{id}/rows", func(_ context.Context, in *idInput) (*answer[[]engine.VerbatimRow], error) {
		return reply(e.PersonRows(in.ID))
	}, summary("A person's source rows, verbatim"))
	huma.Get(a, "/api/conviction/{id}", func(_ context.Context, in *idInput) (*answer[*engine.Proof], error) {
		return reply(e.Why(in.ID))
	}, summary("A conviction's determinations with their proofs"))
	huma.Post(a, "/api/explain", func(ctx context.Context, in *pairInput) (*answer[*engine.PairProof], error) {
		x, err := engine.ParseTeller(in.Body.A)
		if err != nil {
			return reply[*engine.PairProof](nil, err)
		}
		y, err := engine.ParseTeller(in.Body.B)
		if err != nil {
			return reply[*engine.PairProof](nil, err)
		}
		return reply(e.Explain(ctx, x, y))
	}, summary("Why two rows are, or are not, one person"))
	huma.Get(a, "/api/board", func(context.Context, *struct{}) (*answer[*engine.Board], error) {
		return reply(e.Board())
	}, summary("Batches by status, and what waits"))
	huma.Get(a, "/api/batch/{id}", func(_ context.Context, in *idInput) (*answer[*engine.BatchFilings], error) {
		return reply(e.Batch(in.ID))
	}, summary("The filings of a batch"))
	huma.Get(a, "/api/review", func(context.Context, *struct{}) (*answer[*engine.ReviewQueue], error) {
		return reply(e.ReviewQueue(engine.ReviewOptions{}))
	}, summary("What people are to answer, first what decides most"))
	huma.Get(a, "/api/report", func(context.Context, *struct{}) (*answer[*engine.Summary], error) {
		return reply(e.Summary())
	}, summary("The current generation in figures"))
}

// schemaName puts the package before a type's name: two packages may use one
// word.
func schemaName(t reflect.Type, hint string) string {
	name := huma.DefaultSchemaNamer(t, hint)
	for t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	if pkg := path.Base(t.PkgPath()); t.Name() != "" && t.PkgPath() != "" {
		return strings.ToUpper(pkg[:1]) + pkg[1:] + name
	}
	return name
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
