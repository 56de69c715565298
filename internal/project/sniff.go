package project

import (
	"context"
	"encoding/json"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/casefold/casefold"
	"github.com/casefold/casefold/internal/source"
	"github.com/casefold/casefold/normalize/date"
)

// sniffFormat finds out what format a file has, and describes it just enough
// to be read.
func sniffFormat(ctx context.Context, name, dir string) (*casefold.Source, error) {
	file := filepath.FromSlash(name)
	if !filepath.IsAbs(file) {
		file = filepath.Join(dir, file)
	}
	text, whole, err := source.Head(ctx, file)
	if err != nil {
		return nil, err
	}
	src := &casefold.Source{Name: name, Files: []string{name}, Format: source.Delimited}
	text = strings.TrimPrefix(text, "\ufeff")
	switch {
	case looksJSON(text):
		src.Format = source.JSONL
	case looksDOJ(text):
		src.Format = source.CADOJ
	default:
		if columns := fixedColumnsOf(text, whole); len(columns) > 1 {
			src.Format, src.Read.Columns = source.Fixed, columns
		}
	}
	return src, nil
}

func looksJSON(text string) bool {
	line, _, _ := strings.Cut(strings.TrimSpace(text), "\n")
	return strings.HasPrefix(line, "{") && json.Valid([]byte(line))
}

// looksDOJ knows the state extract by its header, or by its 95 columns with the
// twelve digits of CNT_ORDER in their place.
func looksDOJ(text string) bool {
	names := source.DOJColumns()
	lines := strings.SplitN(text, "\n", 12)
	header := strings.Split(strings.TrimRight(lines[0], "\r"), ",")
	known := 0
	for _, h := range header {
		if slices.Contains(names, strings.ToUpper(source.FoldColumn(h))) {
			known++
		}
	}
	if known >= 60 {
		return true
	}
	hits := 0
	for _, line := range lines[:len(lines)-1] {
		values := splitQuoted(line)
		at := slices.Index(names, "CNT_ORDER")
		if len(values) == len(names) && len(values[at]) == 12 && strings.Trim(values[at], "0123456789") == "" {
			hits++
		}
	}
	return hits >= 1 && hits*2 >= len(lines)-1
}

// splitQuoted splits a line at commas outside quotes: enough for a look.
func splitQuoted(line string) []string {
	var out []string
	start, open := 0, false
	for i := 0; i < len(line); i++ {
		switch line[i] {
		case '"':
			open = !open
		case ',':
			if !open {
				out, start = append(out, line[start:i]), i+1
			}
		}
	}
	return append(out, line[start:])
}

// fixedColumnsOf finds the columns of a text whose lines are equally long and
// that no delimiter cuts, by the blanks that stand in the same place in every
// line, and by the places where digits give way to letters. Nil if it is no
// such text.
func fixedColumnsOf(text string, whole bool) []casefold.FixedColumn {
	lines := strings.Split(strings.ReplaceAll(text, "\r\n", "\n"), "\n")
	if !whole && len(lines) > 1 {
		lines = lines[:len(lines)-1]
	}
	lines = slices.DeleteFunc(lines, func(l string) bool { return strings.TrimSpace(l) == "" })
	length := commonLength(lines)
	if length < 20 || len(lines) < 5 || delimited(lines) {
		return nil
	}
	var rows [][]rune
	for _, l := range lines {
		if r := []rune(l); len(r) == length && len(rows) < 2000 {
			rows = append(rows, r)
		}
	}
	title := headerOf(rows)
	if title != nil {
		rows = rows[1:]
	}
	gaps, starts := columnStarts(rows, length)
	if title != nil {
		starts = titleStarts(title, gaps)
	}
	var out []casefold.FixedColumn
	for i, s := range starts {
		end := length
		if i+1 < len(starts) {
			end = starts[i+1]
		}
		name := ""
		if title != nil {
			name = strings.TrimSpace(string(title[s:end]))
		}
		if name == "" {
			name = "column_" + strconv.Itoa(i+1)
		}
		out = append(out, casefold.FixedColumn{Name: name, Start: s + 1, Len: end - s})
	}
	return out
}

// commonLength is the length that nine lines in ten have, 0 if there is none.
func commonLength(lines []string) int {
	count := map[int]int{}
	for _, l := range lines {
		count[len([]rune(l))]++
	}
	for n, c := range count {
		if 10*c >= 9*len(lines) {
			return n
		}
	}
	return 0
}

// delimited reports whether a sign that is no letter, digit or blank stands
// equally often in nearly every line, twice or more.
func delimited(lines []string) bool {
	for _, d := range ",|\t;^~" {
		count := map[int]int{}
		for _, l := range lines {
			count[strings.Count(l, string(d))]++
		}
		for n, c := range count {
			if n >= 2 && 10*c >= 7*len(lines) {
				return true
			}
		}
	}
	return false
}

// headerOf is the first row if it is a header: words where the rows below have
// digits.
func headerOf(rows [][]rune) []rune {
	if len(rows) < 3 {
		return nil
	}
	digits := func(r []rune) int {
		n := 0
		for _, c := range r {
			if unicode.IsDigit(c) {
				n++
			}
		}
		return n
	}
	if digits(rows[0]) == 0 && digits(rows[1]) > 3 && digits(rows[2]) > 3 {
		return rows[0]
	}
	return nil
}

// columnStarts are the places, from 0, at which columns start: gaps, where a
// place that is blank in every row is followed by one that is not; and all,
// which adds the places where blanks end in most rows, where words begin again
// and again at one place, where digits turn into letters or letters that vary into
// digits, and the end of a date.
func columnStarts(rows [][]rune, length int) (gaps, all []int) {
	blank, digit, letter := make([]int, length), make([]int, length), make([]int, length)
	varied := make([]bool, length)
	for _, r := range rows {
		for i, c := range r {
			switch {
			case c == ' ':
				blank[i]++
			case unicode.IsDigit(c):
				digit[i]++
			case unicode.IsLetter(c):
				letter[i]++
			}
			varied[i] = varied[i] || c != rows[0][i]
		}
	}
	n := len(rows)
	most := func(k int) bool { return 100*k >= 95*n }
	gaps, all = []int{0}, []int{0}
	for i := 1; i < length; i++ {
		gap := blank[i-1] == n && blank[i] < n
		filled := 4*blank[i-1] > 3*n && 4*blank[i] < n
		turn := most(digit[i-1]) && most(letter[i]) || most(letter[i-1]) && varied[i-1] && most(digit[i])
		if gap {
			gaps = append(gaps, i)
		}
		if gap || filled || turn || most(blank[i-1]) && wordsBegin(rows, i) {
			all = append(all, i)
		}
		if from := i - dateLength; from == all[len(all)-1] && 2*blank[i] < n && datesEnd(rows, i) {
			all = append(all, i)
		}
	}
	return gaps, all
}

// dateLength is the length of a date of digits: 12311994.
const dateLength = 8

// wordsBegin reports whether words begin at a place in one row of twelve or more,
// and hardly ever at the places around it.
func wordsBegin(rows [][]rune, at int) bool {
	here, around := 0, 0
	for _, r := range rows {
		for i := max(at-2, 1); i <= min(at+2, len(r)-1); i++ {
			switch begins := r[i] != ' ' && r[i-1] == ' '; {
			case begins && i == at:
				here++
			case begins:
				around++
			}
		}
	}
	return 12*here >= len(rows) && here > 4*around
}

// datesEnd reports whether nearly all rows have a date of digits that ends before
// a place, though digits may follow.
func datesEnd(rows [][]rune, at int) bool {
	dates := 0
	for _, r := range rows {
		text := string(r[at-dateLength : at])
		if strings.Trim(text, "0123456789") != "" {
			continue
		}
		if d, verdict := date.Parse(text, date.Options{}); verdict == date.OK && d.Exact() || text == "00000000" {
			dates++
		}
	}
	return 100*dates >= 95*len(rows)
}

// titleStarts are the places at which a header's names start: behind two blanks
// or more, or where the rows' own columns start below a letter of the header.
func titleStarts(title []rune, gaps []int) []int {
	out := []int{0}
	for i := 1; i < len(title); i++ {
		apart := i >= 2 && title[i-1] == ' ' && title[i-2] == ' '
		if title[i] != ' ' && (apart || slices.Contains(gaps, i)) {
			out = append(out, i)
		}
	}
	return out
}

// nameProfiles gives every profile a name of its own, from its files' names,
// with the folder's before it where that tells two apart.
func nameProfiles(profiles []*Profile) {
	count := map[string]int{}
	for _, p := range profiles {
		count[sourceName(p.Files[0])]++
	}
	seen := map[string]int{}
	for _, p := range profiles {
		name := sourceName(p.Files[0])
		if folder := path.Base(path.Dir(filepath.ToSlash(p.Files[0]))); count[name] > 1 && folder != "." && folder != "/" {
			name = strings.Join(cutName(folder), "-") + "-" + name
		}
		seen[name]++
		if n := seen[name]; n > 1 {
			name += "-" + strconv.Itoa(n)
		}
		p.Name = name
	}
}

// dull are names of files that only their folder tells apart.
var dull = wordSet("records data export extract input file people rows dump out part table")

// sourceName is a file's name without folder, endings, numbers and dates.
func sourceName(file string) string {
	folder, base := path.Split(filepath.ToSlash(file))
	base, _, _ = strings.Cut(base, ".")
	words := slices.DeleteFunc(cutName(base), func(w string) bool { return w[0] >= '0' && w[0] <= '9' })
	if len(words) == 0 || len(words) == 1 && dull[words[0]] {
		if f := cutName(path.Base(folder)); folder != "" && len(f) > 0 && path.Base(folder) != "." && path.Base(folder) != "/" {
			words = f
		}
	}
	if len(words) == 0 {
		return "source"
	}
	return strings.Join(words, "-")
}
