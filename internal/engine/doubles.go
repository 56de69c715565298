package engine

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"golang.org/x/sync/errgroup"

	"github.com/casefold/casefold"
	"github.com/casefold/casefold/history"
	"github.com/casefold/casefold/internal/segment"
	"github.com/casefold/casefold/internal/store"
)

// Where the linkage leaves one person in two, each half may tell of the same
// conviction. Before the histories are final, convictions of two persons that
// may be one name each other as possibly the same, so that the filing guard
// sends the second to a person (invariant 8). The histories are first written
// as each person tells them; those with such a conviction are amended in the
// copy that stays.

// segToldHistories are the histories before the doubles are named.
const segToldHistories = "histories-told"

// sharedLimit is how many persons may share what makes two persons comparable;
// what more share is a filler.
const sharedLimit = 50

// doubles are, by person, what each of its convictions may be.
type doubles map[string]map[string]*double

// A double is what a conviction may be: the IDs of others, and those of them
// that weigh with the law.
type double struct {
	others []string
	beside []casefold.Twin
}

func (d doubles) add(person, conviction string, other casefold.Twin, close bool) {
	if d[person] == nil {
		d[person] = map[string]*double{}
	}
	if d[person][conviction] == nil {
		d[person][conviction] = &double{}
	}
	of := d[person][conviction]
	of.others = append(of.others, other.ID)
	if close && (len(other.Events) > 0 || other.Listing.Known()) {
		of.beside = append(of.beside, other)
	}
}

// A found pair is two convictions that may be one; close, if the persons share
// a number or the captions a name.
type foundPair struct {
	one, other casefold.Twin
	close      bool
}

func twinOf(c *casefold.Conviction) casefold.Twin {
	return casefold.Twin{ID: c.ID, Listing: c.Listing, Events: c.Events}
}

// amend names the doubles in a history.
func (d doubles) amend(h *casefold.History) {
	for i := range h.Convictions {
		c := &h.Convictions[i]
		if more := d[h.PersonID][c.ID]; more != nil {
			c.PossiblySame = append(c.PossiblySame, more.others...)
			c.Beside = append(c.Beside, more.beside...)
			slices.Sort(c.PossiblySame)
			c.PossiblySame = slices.Compact(c.PossiblySame)
		}
	}
}

// findDoubles compares the convictions of the pairs of persons, which are
// sorted. What is kept is a list for each pair, empty for most.
func findDoubles(ctx context.Context, told *segment.SortedReader, p *persons, pairs [][2]int32, workers int) (doubles, error) {
	ids := p.ids
	found := make([][]foundPair, len(pairs))
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(workers)
	const chunk = 64
	for from := 0; from < len(pairs); from += chunk {
		group.Go(func() error {
			var a *casefold.History
			for i := from; i < min(from+chunk, len(pairs)); i++ {
				if ctx.Err() != nil {
					return ctx.Err()
				}
				one, other := pairs[i][0], pairs[i][1]
				var err error
				if a == nil || a.PersonID != ids[one] {
					if a, err = toldHistory(told, ids[one]); err != nil {
						return err
					}
				}
				b, err := toldHistory(told, ids[other])
				if err != nil {
					return err
				}
				for _, d := range history.Doubles(a, b, p.linked(one, other)) {
					x, y := &a.Convictions[d[0]], &b.Convictions[d[1]]
					found[i] = append(found[i], foundPair{twinOf(x), twinOf(y), history.Close(a, b, x, y)})
				}
			}
			return nil
		})
	}
	if err := group.Wait(); err != nil {
		return nil, err
	}
	out := doubles{}
	for i, pair := range pairs {
		for _, c := range found[i] {
			out.add(ids[pair[0]], c.one.ID, c.other, c.close)
			out.add(ids[pair[1]], c.other.ID, c.one, c.close)
		}
	}
	return out, nil
}

func toldHistory(told *segment.SortedReader, id string) (*casefold.History, error) {
	value, err := told.Get([]byte(id))
	if err != nil {
		return nil, fmt.Errorf("reading a history as told: %w", err)
	}
	return readHistory(value)
}

// settle makes the histories final: as told, or in a copy in which the doubles
// are named, and decides these again. It returns what the convictions table then
// says in possibly_same, by conviction, where that is not as told.
func (s *decisionStage) settle(ctx context.Context, g *generation, from string, d *decided, revised *revision) (map[string]string, error) {
	at := slices.IndexFunc(g.segments, func(s store.Segment) bool { return s.Name == segToldHistories })
	var shared history.Shared
	for _, part := range d.shared {
		shared.Merge(part)
	}
	told, err := segment.OpenSorted(g.disk, g.store.SegmentPath(g.segments[at].File), g.segments[at].Hash)
	if err != nil {
		return nil, err
	}
	defer told.Close()
	pairs := append(shared.Pairs(sharedLimit), s.persons.linkedPairs()...)
	slices.SortFunc(pairs, func(a, b [2]int32) int { return slices.Compare(a[:], b[:]) })
	named, err := findDoubles(ctx, told, s.persons, slices.Compact(pairs), g.workers)
	if err != nil {
		return nil, err
	}
	if len(named) == 0 {
		g.segments[at].Name = segHistories
		return nil, nil
	}
	g.drop(segToldHistories)
	rows := map[string]string{} // conviction -> possibly_same
	keep := newCoder()
	return rows, g.writeSorted(segHistories, from, func(w *segment.SortedWriter) error {
		return told.ScanFrom(nil, func(key, value []byte) error {
			if named[string(key)] == nil {
				return w.Append(key, value)
			}
			h, err := readHistory(value)
			if err != nil {
				return err
			}
			named.amend(h)
			revised.decide(h, named[h.PersonID])
			for i := range h.Convictions {
				rows[h.Convictions[i].ID] = strings.Join(h.Convictions[i].PossiblySame, ";")
			}
			return w.Append(key, keep.encode(h))
		})
	})
}

// amendRow puts the doubles into a row of the convictions table.
func amendRow(key, row []byte, same map[string]string) ([]byte, error) {
	now, ok := same[string(key)]
	if !ok {
		return row, nil
	}
	told, err := columns(nil, row)
	if err != nil {
		return nil, err
	}
	told[slices.Index(convictionsTable.columns, "possibly_same")] = now
	return fields(told), nil
}
