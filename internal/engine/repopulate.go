package engine

import (
	"context"

	"github.com/casefold/casefold/internal/segment"
)

// repopulate builds the mentions of the sources again, without writing
// anything.
func (e *Engine) repopulate(ctx context.Context) (*population, error) {
	sources, err := e.reread(ctx)
	if err != nil {
		return nil, err
	}
	return populate(ctx, sources, e.project.Sources, noTask{})
}

// reread reads the sources' rows again.
func (e *Engine) reread(ctx context.Context) ([]*sourceRows, error) {
	var sources []*sourceRows
	for i := range e.project.Sources {
		src := &e.project.Sources[i]
		reader, err := openSource(ctx, src, e.project.Dir)
		if err != nil {
			return nil, err
		}
		rows, err := ingest(ctx, src, reader, nowhere{}, noTask{})
		if err != nil {
			return nil, err
		}
		sources = append(sources, rows)
	}
	return sources, nil
}

// A rawLog takes the verbatim bytes of rows.
type rawLog interface {
	Append(record []byte) (segment.Ref, error)
}

// nowhere keeps nothing.
type nowhere struct{}

func (nowhere) Append([]byte) (segment.Ref, error) { return segment.Ref{}, nil }
