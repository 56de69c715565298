package engine

import (
	"context"
	"errors"

	"github.com/casefold/casefold"
	"github.com/casefold/casefold/internal/source"
	"github.com/casefold/casefold/matcher"
	"github.com/casefold/casefold/mention"
)

// The stages of an evaluation in a work folder: each asks the folder first, and
// puts there what it makes. Blocks and scored pairs are put rule by rule, by the
// packages that make them.

// readInto is reading with the mentions on the shelf.
func (c *corpus) readInto(ctx context.Context, src *casefold.Source, reader *source.Reader, workers int, task Task) error {
	columns := c.shelf.Find("records")
	if columns != nil && c.take(columns) == nil {
		return nil
	}
	columns, err := c.shelf.Put("records", func(put mention.Put) error {
		err := streamedInto(ctx, src, reader, cores(workers), task, put)
		if !errors.Is(err, errOdd) {
			return err
		}
		set, ids, err := readWhole(ctx, src, reader)
		if err == nil {
			err = ids.put(put)
		}
		if err == nil {
			err = set.Put(put)
		}
		return err
	})
	if err != nil {
		return err
	}
	return c.take(columns)
}

// take reads mentions and keys where they lie.
func (c *corpus) take(columns mention.Columns) (err error) {
	if c.set, err = mention.OpenSet(columns); err != nil {
		return err
	}
	c.ids, err = openTexts(columns, c.set.RecordCount())
	return err
}

// readLabels reads the labels, or finds them read.
func (c *corpus) readLabels(ctx context.Context, dir string) (err error) {
	if c.shelf == nil {
		c.truth, err = readTruth(ctx, dir, c.ids)
		return err
	}
	columns := c.shelf.Find("truth")
	if columns == nil {
		columns, err = c.shelf.Put("truth", func(put mention.Put) error {
			truth, err := readTruth(ctx, dir, c.ids)
			if err == nil {
				err = put("person", mention.AsBytes(truth))
			}
			return err
		})
		if err != nil {
			return err
		}
	}
	c.truth = mention.FromBytes[uint32](columns("person"))
	return nil
}

// train learns the model, or finds it learned.
func (c *corpus) train(ctx context.Context, workers int) (err error) {
	if c.shelf != nil {
		if columns := c.shelf.Find("model"); columns != nil {
			if c.model, err = matcher.ParseModel(columns("json")); err == nil {
				return nil
			}
		}
	}
	c.model, err = matcher.Train(ctx, c.set, c.index, pairCount(c.index), matcher.TrainOptions{Workers: workers})
	if err != nil || c.shelf == nil {
		return err
	}
	text, err := c.model.MarshalIndent()
	if err != nil {
		return err
	}
	_, err = c.shelf.Put("model", func(put mention.Put) error { return put("json", text) })
	return err
}
