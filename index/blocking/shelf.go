package blocking

import (
	"encoding/json"
	"fmt"

	"github.com/casefold/casefold/mention"
)

// The blocks of a rule are read in their order, and may lie on a shelf. What a
// pair asks of the index, in which block a mention stands, stays in memory and
// follows from the blocks.

// shelfName is the name of a rule's blocks on a shelf.
func shelfName(r int) string { return fmt.Sprintf("blocks%02d", r) }

// find takes the blocks that the shelf holds and returns the rules it does not.
func (x *Index) find(shelf mention.Shelf) (todo []int) {
	for r := range x.rules {
		if shelf == nil || !x.take(r, shelf.Find(shelfName(r))) {
			todo = append(todo, r)
		}
	}
	return todo
}

// take reads a rule's blocks where they lie, if they are this rule's.
func (x *Index) take(r int, columns mention.Columns) bool {
	if columns == nil {
		return false
	}
	var report RuleReport
	if err := json.Unmarshal(columns("report"), &report); err != nil || report.Rule.String() != x.rules[r].String() {
		return false
	}
	b := blocks{members: mention.FromBytes[uint32](columns("members")), start: mention.FromBytes[uint32](columns("start")), key: mention.FromBytes[uint64](columns("key"))}
	if len(b.start) != len(b.key)+1 || int(b.start[len(b.key)]) != len(b.members) {
		return false
	}
	x.blocks[r], x.reports[r] = b, report
	return true
}

// put moves a rule's blocks to the shelf.
func (x *Index) put(shelf mention.Shelf, r int) error {
	if shelf == nil {
		return nil
	}
	columns, err := shelf.Put(shelfName(r), func(put mention.Put) error {
		b := &x.blocks[r]
		report, err := json.Marshal(x.reports[r])
		if err != nil {
			return err
		}
		for _, c := range []struct {
			name string
			b    []byte
		}{{"members", mention.AsBytes(b.members)}, {"start", mention.AsBytes(b.start)}, {"key", mention.AsBytes(b.key)}, {"report", report}} {
			if err := put(c.name, c.b); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	if !x.take(r, columns) {
		return fmt.Errorf("the blocks of rule %q came back changed", x.rules[r])
	}
	return nil
}
