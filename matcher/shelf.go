package matcher

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/casefold/casefold/matcher/cluster"
	"github.com/casefold/casefold/mention"
)

// PairsInParts are candidates that come in parts, no pair in two of them:
// index/blocking's Index has one per rule.
type PairsInParts interface {
	Pairs
	Parts() int
	EachOf(ctx context.Context, part, workers int, emit func(worker int, pairs []mention.Pair)) error
}

// A partHead is what stands beside a part's edges on a shelf, and what they are
// a function of.
type partHead struct {
	Model    string // fingerprint
	Floor    int64
	Scored   int
	Promised int64
}

// scoreParts scores candidates part by part. What a shelf holds of the same
// model is not scored again. It returns the rows of one event.
func (x *linker) scoreParts(ctx context.Context, pairs PairsInParts, floor int64, shelf mention.Shelf) (tied []cluster.Edge, err error) {
	model := x.model.Fingerprint()
	parts, all := make([]scoredPairs, pairs.Parts()), 0
	for i := range parts {
		name := fmt.Sprintf("edges%02d", i)
		f, ok := takePart(shelf.Find(name), model, floor)
		if !ok {
			f, err = x.scoreAll(floor, func(emit emitPairs) error { return pairs.EachOf(ctx, i, x.workers, emit) })
			if err != nil {
				return nil, err
			}
			columns, err := shelf.Put(name, func(put mention.Put) error {
				head, err := json.Marshal(partHead{model, floor, f.scored, f.promised})
				if err != nil {
					return err
				}
				if err := put("edges", mention.AsBytes(f.edges)); err != nil {
					return err
				}
				if err := put("tied", mention.AsBytes(f.tied)); err != nil {
					return err
				}
				return put("head", head)
			})
			if err != nil {
				return nil, err
			}
			if f, ok = takePart(columns, model, floor); !ok {
				return nil, fmt.Errorf("the scores of part %d came back changed", i)
			}
		}
		parts[i] = f
		all += len(f.edges)
	}
	x.edges = make([]cluster.Edge, 0, all)
	for _, f := range parts {
		x.edges = append(x.edges, f.edges...)
		tied = append(tied, f.tied...)
		x.scored += f.scored
		x.promised += f.promised
	}
	return tied, nil
}

// takePart reads a part where it lies, if it is of this model and floor.
func takePart(columns mention.Columns, model string, floor int64) (f scoredPairs, ok bool) {
	if columns == nil {
		return f, false
	}
	var head partHead
	if err := json.Unmarshal(columns("head"), &head); err != nil || head.Model != model || head.Floor != floor {
		return f, false
	}
	return scoredPairs{edges: mention.FromBytes[cluster.Edge](columns("edges")), tied: mention.FromBytes[cluster.Edge](columns("tied")),
		scored: head.Scored, promised: head.Promised}, true
}
