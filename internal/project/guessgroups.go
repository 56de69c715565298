package project

import (
	"regexp"
	"slices"
	"strings"

	"github.com/casefold/casefold"
)

// birthPart is a column that holds the year, month or day of birth alone.
var birthPart = regexp.MustCompile(`^(.*?)(birth|brth|bth|dob|b)_?(year|yr|yyyy|y|month|mon|mo|mm|m|day|dy|dd|d)$`)

// birthParts finds a birth date told in three columns, which are mapped in the
// order year, month, day.
func (g *guesser) birthParts() {
	parts := map[string]*[3]int{} // what stands before, with the word for birth -> columns plus one
	var order []string
	for i, c := range g.p.Columns {
		m := birthPart.FindStringSubmatch(strings.NewReplacer(" ", "_", "-", "_", ".", "_").Replace(snake(c.Name)))
		if m == nil {
			continue
		}
		stem, part := m[1]+m[2], strings.Index("ymd", m[3][:1])
		if parts[stem] == nil {
			parts[stem] = new([3]int)
			order = append(order, stem)
		}
		parts[stem][part] = i + 1
	}
	for _, stem := range order {
		p := parts[stem]
		if p[0] == 0 || p[1] == 0 || p[2] == 0 || !g.inRange(p[1]-1, 1, 12) || !g.inRange(p[2]-1, 1, 31) || g.inRange(p[0]-1, 0, 31) {
			continue
		}
		for _, i := range p {
			g.take(i-1, "birth_date")
		}
		return
	}
}

// snake is a column's name in lower case, its words joined by underscores.
func snake(name string) string { return strings.Join(cutName(name), "_") }

// inRange reports whether nearly all of a column's values are numbers within
// bounds.
func (g *guesser) inRange(column, low, high int) bool {
	c := &g.p.Columns[column]
	in, total := 0, 0
	for i, v := range c.values {
		total += c.weight[i]
		if n := atoi(v); n >= low && n <= high && c.looks.share[anInteger] > 0 {
			in += c.weight[i]
		}
	}
	return total > 0 && 20*in >= 19*total
}

// numbered finds columns that repeat by number (CHG1, DSP1, CHG2, DSP2): counts
// of a row that tells of several.
func (g *guesser) numbered() {
	stems := map[string]map[int]int{} // stem -> number -> column
	var order []string
	for i, c := range g.p.Columns {
		stem, n := numberedStem(c.Name)
		if n == 0 {
			continue
		}
		if stems[stem] == nil {
			stems[stem] = map[int]int{}
			order = append(order, stem)
		}
		stems[stem][n] = i
	}
	used := map[string]bool{}
	groups := map[int]map[casefold.Field][]string{}
	highest := 0
	for _, stem := range order {
		columns := stems[stem]
		if _, one := columns[1]; !one || len(columns) < 2 {
			continue
		}
		all := g.candidates(columns[1], stem)
		if c := &g.p.Columns[columns[1]]; c.looks.share[anInteger] > 0.99 && c.MaxLength <= 2 && g.lex.hasWord(stem, "court", "count") {
			all = append([]candidate{{target: "count"}}, all...) // CT1: 1
		}
		for _, n := range g.p.Columns[columns[1]].byValues() {
			all = append(all, candidate{target: n.target})
		}
		for _, c := range all {
			if !isCountField(c.target) || used[c.target] {
				continue
			}
			used[c.target] = true
			for n, i := range columns {
				if groups[n] == nil {
					groups[n] = map[casefold.Field][]string{}
				}
				groups[n][casefold.Field(c.target)] = []string{g.p.Columns[i].Name}
				g.taken[i] = "group"
				highest = max(highest, n)
			}
			break
		}
	}
	for n := 1; n <= highest; n++ {
		if groups[n] != nil {
			g.groups = append(g.groups, groups[n])
		}
	}
}

// numberedStem takes the one number out of a column's name; 0 if it has none.
func numberedStem(name string) (stem string, n int) {
	end := len(name)
	for end > 0 && (name[end-1] < '0' || name[end-1] > '9') {
		end--
	}
	start := end
	for start > 0 && name[start-1] >= '0' && name[start-1] <= '9' {
		start--
	}
	if end == 0 || end-start > 2 {
		return "", 0
	}
	return strings.Trim(name[:start]+" "+name[end:], " _-"), atoi(name[start:end])
}

// arrays finds the JSON array whose elements are counts.
func (g *guesser) arrays() {
	for _, array := range g.p.Arrays {
		group, used := map[casefold.Field][]string{}, map[string]bool{}
		var columns []int
		var all []candidate
		for i, c := range g.p.Columns {
			if strings.HasPrefix(c.Name, array+".") {
				columns = append(columns, i)
				all = append(all, g.candidates(i, c.Name)...)
			}
		}
		slices.SortStableFunc(all, func(a, b candidate) int { return -sign(a.total - b.total) })
		done := map[int]bool{}
		for _, i := range columns { // what names do not tell, values may
			for _, n := range g.p.Columns[i].byValues() {
				if isCountField(n.target) {
					all = append(all, candidate{column: i, target: n.target, total: n.score - 1})
				}
			}
		}
		counts := 0
		for _, c := range all {
			if done[c.column] || used[c.target] || !isField(c.target) {
				continue
			}
			t := c.target
			done[c.column], used[t] = true, true
			group[casefold.Field(t)] = []string{strings.TrimPrefix(g.p.Columns[c.column].Name, array+".")}
			if isCountField(t) {
				counts++
			}
		}
		if counts == 0 || g.each != "" {
			continue
		}
		g.each = array
		for f := range group {
			if !isCountField(string(f)) && !isEventField(string(f)) {
				delete(group, f)
			}
		}
		g.groups = append(g.groups, group)
		for _, i := range columns {
			g.taken[i] = "group"
			if !done[i] {
				g.leave(i, "no field for it in a count")
			}
		}
	}
}

func isEventField(t string) bool {
	return slices.ContainsFunc(casefold.Fields, func(i casefold.FieldInfo) bool {
		return string(i.Field) == t && i.Group == casefold.EventFields
	})
}
