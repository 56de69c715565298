package synth

import (
	"slices"
	"sort"
	"strings"
)

// A foundConviction is a line of convictions.csv with what is true of it.
type foundConviction struct {
	id       string
	rows     []uint64
	true_    []int32 // true convictions it holds; two or more: merged
	possibly []string
	section  string
	outcome  string
	needs    string
	fileable bool
}

// convictions judges convictions.csv.
func (s *scorer) convictions(path string) error {
	c := &s.q.Convictions
	c.True, c.SplitBy, c.MergedBy, c.LostBy = len(s.truth), map[string]int{}, map[string]int{}, map[string]int{}
	right, unmerged := 0, 0
	seen := false
	err := eachRow(path, true, []string{"conviction_id", "section", "tellers", "possibly_same"}, func(v []string) error {
		seen = true
		f := &foundConviction{id: strings.Clone(v[0]), section: strings.Clone(v[1]), rows: parseTellers(v[2])}
		for id := range strings.FieldsFuncSeq(v[3], func(r rune) bool { return r == ';' || r == ' ' }) {
			f.possibly = append(f.possibly, strings.Clone(id))
		}
		f.true_ = s.trueOf(f.rows)
		s.found[f.id] = f
		switch len(f.true_) {
		case 0:
			c.Invented++
		case 1:
			unmerged++
			if s.truth[f.true_[0]].section == f.section {
				right++
			}
		default:
			c.Merged++
			c.MergedBy[s.sidesOf(f)]++
		}
		for _, t := range f.true_ {
			s.ofTrue[t] = append(s.ofTrue[t], f)
		}
		return nil
	})
	if err != nil || !seen {
		return err
	}
	c.Found = len(s.found)
	if unmerged > 0 {
		c.Right = float64(right) / float64(unmerged)
	}
	s.lostAndSplit()
	c.Per10k = Per10k{per10k(c.Merged, c.True), per10k(c.Split, c.True), per10k(c.Lost, c.True), per10k(c.Invented, c.True)}
	return nil
}

// trueOf is the true convictions of which rows tell. A row that tells of
// several, such as a police report, goes with whichever the other rows tell of.
func (s *scorer) trueOf(rows []uint64) []int32 {
	var sure []int32
	var open [][]int32
	for _, h := range rows {
		switch t := s.tells[h]; len(t) {
		case 0:
		case 1:
			if !slices.Contains(sure, t[0]) {
				sure = append(sure, t[0])
			}
		default:
			open = append(open, t)
		}
	}
	for _, t := range open {
		if !slices.ContainsFunc(t, func(id int32) bool { return slices.Contains(sure, id) }) {
			sure = append(sure, t[0])
		}
	}
	slices.Sort(sure)
	return sure
}

// sidesOf names the sources that a merged conviction brought together.
func (s *scorer) sidesOf(f *foundConviction) string {
	side := map[int32]uint32{}
	for _, h := range f.rows {
		at, ok := s.rows[h]
		if t := s.tells[h]; ok && len(t) == 1 {
			side[t[0]] |= 1 << s.rowSource[at]
		}
	}
	var lists []string
	for _, t := range f.true_ {
		lists = append(lists, s.sourceList(side[t]))
	}
	slices.Sort(lists)
	return strings.Join(slices.Compact(lists), "|")
}

func (s *scorer) lostAndSplit() {
	c := &s.q.Convictions
	for id := range s.truth {
		halves := s.ofTrue[int32(id)]
		switch {
		case len(halves) == 0:
			c.Lost++
			c.LostBy[s.sourceList(s.truth[id].sources)]++
		case len(halves) > 1 && s.allPossiblySame(halves):
			c.Possibly++
		case len(halves) > 1:
			c.Split++
			c.SplitBy[sourcePair(s.sourcesOf(halves[0], int32(id)), s.sourcesOf(halves[1], int32(id)))]++
		}
	}
}

func (s *scorer) sourcesOf(f *foundConviction, id int32) string {
	var set uint32
	for _, h := range f.rows {
		if at, ok := s.rows[h]; ok && slices.Contains(s.tells[h], id) {
			set |= 1 << s.rowSource[at]
		}
	}
	return s.sourceList(set)
}

// allPossiblySame reports whether every two of the halves are marked.
func (s *scorer) allPossiblySame(halves []*foundConviction) bool {
	for i, a := range halves {
		for _, b := range halves[:i] {
			if !slices.Contains(a.possibly, b.id) && !slices.Contains(b.possibly, a.id) {
				return false
			}
		}
	}
	return true
}

// determinations judges determinations.csv.
func (s *scorer) determinations(path string) error {
	seen := false
	err := eachRow(path, true, []string{"conviction_id", "law", "outcome", "fileable", "needs", "tellers"}, func(v []string) error {
		seen = true
		if v[1] != "prop64" {
			return nil
		}
		f := s.found[v[0]]
		if f == nil { // convictions.csv was not there
			f = &foundConviction{id: strings.Clone(v[0]), rows: parseTellers(v[5])}
			f.true_ = s.trueOf(f.rows)
			s.found[f.id] = f
			for _, t := range f.true_ {
				s.ofTrue[t] = append(s.ofTrue[t], f)
			}
		}
		f.outcome, f.needs, f.fileable = strings.Clone(v[2]), strings.Clone(v[4]), v[3] == "yes"
		return nil
	})
	if err != nil || !seen {
		return err
	}
	s.judgeOutcomes()
	return nil
}

// rank orders outcomes by how well an owed conviction fares.
func rank(outcome string) int {
	switch {
	case isOwed(outcome):
		return 4
	case outcome == alreadyRelieved:
		return 3
	case outcome == review:
		return 2
	case outcome == "":
		return 0
	}
	return 1
}

func (s *scorer) judgeOutcomes() {
	o := &s.q.Outcomes
	o.Matrix = map[string]int{}
	causes := map[string]int{}
	inReview := 0
	for id := range s.truth {
		t := &s.truth[id]
		fileable := 0
		for _, f := range s.ofTrue[int32(id)] {
			if rank(f.outcome) > rank(t.best) {
				t.best, t.needs = f.outcome, f.needs
			}
			if f.fileable && isOwed(f.outcome) {
				fileable++
			}
		}
		if fileable > 1 && !s.allPossiblySame(s.ofTrue[int32(id)]) {
			s.q.Convictions.Fileable++
		}
		if t.outcome == "" {
			continue
		}
		o.Matrix[t.outcome+">"+orNone(t.best)]++
		if completed(t.section) {
			o.Completed++
			if t.best == review && t.outcome != review {
				inReview++
			}
		}
		switch {
		case !isOwed(t.outcome):
			switch {
			case isOwed(t.best) && t.outcome == review:
				o.OwedOnDoubt++
			case isOwed(t.best):
				o.WronglyOwed++
			}
			if t.outcome == review && (t.best == felonyStays || t.best == notEligible) {
				o.WronglyDenied++
			}
			continue
		case isOwed(t.best):
			o.Found++
			if t.best == t.outcome {
				o.FoundExact++
			}
		case t.best == review:
			o.ToReview++
			causes[generalized(t.needs)]++
		case t.best == alreadyRelieved:
			o.AlreadyRelieved++
		default:
			o.Missed++
			if t.best == felonyStays || t.best == notEligible {
				o.WronglyDenied++
			}
		}
		o.Owed++
	}
	if o.Completed > 0 {
		o.ReviewRate = float64(inReview) / float64(o.Completed)
	}
	o.Causes = mostFrequent(causes, 20)
}

func orNone(s string) string {
	if s == "" {
		return "none"
	}
	return s
}

// completed reports a section of HS 11357 to 11360 without inchoate form.
func completed(section string) bool {
	for _, p := range []string{"HS 11357", "HS 11358", "HS 11359", "HS 11360"} {
		if rest, ok := strings.CutPrefix(section, p); ok && (rest == "" || rest[0] == '(') {
			return true
		}
	}
	return false
}

// generalized takes persons, dates and figures out of a need, so that like
// needs count as one.
func generalized(needs string) string {
	words := strings.Fields(needs)
	for i, w := range words {
		bare := strings.Trim(w, "(),;")
		switch {
		case strings.HasPrefix(bare, "P-"), strings.HasPrefix(bare, "C-"):
			words[i] = "ID"
		case strings.Count(bare, "-") == 2 && len(bare) >= 10 && bare[0] >= '0' && bare[0] <= '9':
			words[i] = "DATE" + strings.TrimPrefix(w, bare)
		case strings.ContainsAny(bare, "0123456789"):
			words[i] = "N"
		}
	}
	return strings.Join(words, " ")
}

func mostFrequent(counts map[string]int, n int) []Cause {
	var out []Cause
	for needs, c := range counts {
		out = append(out, Cause{needs, c})
	}
	sort.Slice(out, func(i, j int) bool {
		return out[i].Count > out[j].Count || out[i].Count == out[j].Count && out[i].Needs < out[j].Needs
	})
	return out[:min(n, len(out))]
}

// filings judges filings.csv.
func (s *scorer) filings(path string) error {
	q := &s.q.Filings
	q.WrongBy = map[string]int{}
	live := map[string]int{}
	return eachRow(path, true, []string{"conviction_id", "law", "status", "caption"}, func(v []string) error {
		switch v[2] {
		case "prepared", "approved", "sent", "granted":
		default:
			return nil
		}
		q.Live++
		f := s.found[v[0]]
		if f == nil || len(f.true_) != 1 {
			q.Untraceable++
			if f == nil || len(f.true_) == 0 {
				return nil
			}
		}
		id := f.true_[0]
		t := &s.truth[id]
		if key := s.trueIDs.text[id] + " " + v[1]; live[key] > 0 {
			if live[key]++; live[key] == 2 {
				q.Double++
			}
		} else {
			live[key] = 1
		}
		switch {
		case v[1] != "prop64" || isOwed(t.outcome):
		case t.outcome == review:
			q.OnDoubt++
		default:
			q.NotOwed++
		}
		if t.county != office {
			q.NotOurs++
		}
		s.judgeCaption(f, t, v[3])
		return nil
	})
}

// judgeCaption looks for a row that the caption can have come from and that is
// about another person than the conviction.
func (s *scorer) judgeCaption(f *foundConviction, t *trueConviction, caption string) {
	for _, h := range f.rows {
		at, ok := s.rows[h]
		if !ok || (s.sources.text[s.rowSource[at]] == stateSource) != (caption == "state") {
			continue
		}
		if p := s.rowPerson[at]; p != t.person {
			s.q.Filings.WrongPerson++
			kind := s.resembling[[2]int32{min(p, t.person), max(p, t.person)}]
			s.q.Filings.WrongBy[orNone(kind)]++
			return
		}
	}
}
