package source

import (
	"bytes"
	"context"

	"github.com/casefold/casefold"
)

// Split takes one row apart as the rows of a file are: raw is the row's bytes
// as a Row holds them, file the name it was read under. It reports false where
// the bytes are not exactly one row of that file as it now is, which for kept
// rows means that the file has changed since.
func (r *Reader) Split(ctx context.Context, file string, raw []byte) (casefold.Row, bool) {
	for i, f := range r.files {
		if f.Name != file {
			continue
		}
		var row casefold.Row
		rows, bad := 0, 0
		out := &sink{file: file, line: 1,
			row: func(got *casefold.Row) error {
				row = casefold.Row{File: file, Raw: raw, Values: append([]string(nil), got.Values...)}
				for _, g := range got.Groups {
					row.Groups = append(row.Groups, append([]string(nil), g...))
				}
				rows++
				return nil
			},
			bad: func(Bad) error { bad++; return nil },
		}
		// A window of a row's size instead of a file's: rows are shown by the
		// hundred.
		w := &window{ctx: ctx, r: bytes.NewReader(raw), buf: make([]byte, 0, len(raw)+1)}
		plan := r.plans[i]
		if p, ok := plan.(*fixedPlan); ok { // whose first line may be a header by its place
			inside := *p
			inside.header = false
			plan = &inside
		}
		err := plan.read(w, out)
		return row, err == nil && rows == 1 && bad == 0
	}
	return casefold.Row{}, false
}
