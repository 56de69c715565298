package casefold

// A Row is one row of a source file, as it came. Values are the columns of the
// source's layout, in its order, decoded to UTF-8 but otherwise untouched; Raw
// is the row's bytes as they stand in the file, line break excluded.
//
// Raw and Values may share a buffer that the reader reuses: whoever keeps them
// beyond the call that delivered the row copies them.
type Row struct {
	File   string // path as the project file names it
	Line   int    // first line of the row, from 1
	Raw    []byte
	Values []string
	// Groups are the repeated parts of a JSON row (counts, aliases): one slice
	// per array element, in the order of Layout.Groups' columns.
	Groups [][]string
}

// A Fate is what became of a row. Every row read has exactly one.
type Fate string

const (
	Accepted    Fate = "accepted"
	Merged      Fate = "merged"      // same mapped key, same bytes as an accepted row
	Excluded    Fate = "excluded"    // by a named rule of the project file
	Quarantined Fate = "quarantined" // unreadable; kept verbatim with reason and place
)

// A Teller is a row as a witness: which row of which source says so.
type Teller struct {
	Source string `json:"source"`
	RowKey string `json:"row_key"`
}

// String is the contract's "source:row_key", with %, blank, ':' and ';' inside
// a part percent-encoded.
func (t Teller) String() string { return percentEncode(t.Source) + ":" + percentEncode(t.RowKey) }

func percentEncode(s string) string {
	const hex = "0123456789ABCDEF"
	var out []byte
	for i := 0; i < len(s); i++ {
		switch c := s[i]; c {
		case '%', ' ', ':', ';':
			if out == nil {
				out = append(make([]byte, 0, len(s)+8), s[:i]...)
			}
			out = append(out, '%', hex[c>>4], hex[c&15])
		default:
			if out != nil {
				out = append(out, c)
			}
		}
	}
	if out == nil {
		return s
	}
	return string(out)
}

// CompareTellers orders by source, then row key.
func CompareTellers(a, b Teller) int {
	if a.Source != b.Source {
		if a.Source < b.Source {
			return -1
		}
		return 1
	}
	switch {
	case a.RowKey < b.RowKey:
		return -1
	case a.RowKey > b.RowKey:
		return 1
	}
	return 0
}

// A Finding is something odd that a person should see and the run survives: an
// impossible date, an unparsed statute, two rows under one key. It carries no
// personal data: the field and the kind of oddity, never the value.
type Finding struct {
	Code   string `json:"code"`            // stable word, such as "impossible_date"
	Field  string `json:"field,omitempty"` // field or column
	Teller Teller `json:"teller,omitzero"`
	Detail string `json:"detail,omitempty"`
}

// A Layout names the values of a source's rows: Columns for Row.Values, Groups
// for each slice of Row.Groups. It is found out when the source is opened and
// is equal for all its files.
//
// Columns stand under the names that the mapping uses for them, so a mapped
// column is always found by its exact name. Cuts of columns that the mapping
// asks for ("CNT_ORDER[1:3]") follow the file's own columns. Groups are full
// paths: Mapping.CountsEach or PeopleEach, a dot, the column. An element of one
// array leaves the other array's columns empty.
type Layout struct {
	Columns []string
	Groups  []string
}

// Index is the place of a column by its exact name, -1 if there is none.
func (l Layout) Index(column string) int {
	for i, c := range l.Columns {
		if c == column {
			return i
		}
	}
	return -1
}
