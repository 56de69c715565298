package synth

import "testing"

func TestJudgeFact(t *testing.T) {
	for _, c := range []struct {
		name, truth, told string
		want              factVerdict
	}{
		{"section", "HS 11359", "HS 11359", factRight},
		{"section", "HS 11359", "HS 11357(b)", factWrong},
		{"level", "felony", "unknown", factUntold},
		{"level", "felony", "misdemeanor", factWrong},
		{"case_number", "94F01234", "94-F-1234", factRight},
		{"case_number", "94F01234", "F94-01234-A", factRight},
		{"case_number", "94F01234", "94F01235", factWrong},
		{"case_number", "94F01234", "", factUntold},
		{"count", "1", "001", factRight},
		{"offense_date", "1994-05-03", "1994-05-03", factRight},
		{"offense_date", "1994-05-03", "1994-04-05/1994-05-05", factCovers},
		{"offense_date", "1994-05-03", "1993-01-01/1993-12-31", factWrong},
		{"conviction_date", "1994-05-03", "1994-05-04", factWrong},
	} {
		if got := judgeFact(c.name, c.truth, c.told); got != c.want {
			t.Errorf("%s %s, told as %q: %d, want %d", c.name, c.truth, c.told, got, c.want)
		}
	}
}

// Two convictions are told perfectly, but for one section; a third lacks its
// level.
func TestFactsAreCountedBySource(t *testing.T) {
	dir := smallCounty(t)
	e := perfect(t, dir)
	q := e.score(t, dir).Convictions.Facts["section"]
	if q.Share != 1 || q.Wrong != 0 || q.Right == 0 || len(q.BySource) < 5 || q.BySource["court"].Told == 0 {
		t.Fatalf("perfect exports: %+v", q)
	}
	all := q.Right
	e.convictions[0][2] = "PC 9999"
	e.convictions[1][2] = ""
	q = e.score(t, dir).Convictions.Facts["section"]
	if q.Wrong != 1 || q.Untold != 1 || q.Right != all-2 {
		t.Errorf("one wrong, one untold: %+v", q)
	}
	wrong := 0
	for _, s := range q.BySource {
		wrong += s.Told - s.Right
	}
	if wrong == 0 {
		t.Error("no source has the wrong section")
	}
	if q := e.score(t, dir).Convictions.Facts["level"]; q.Untold != all {
		t.Errorf("levels are not in the file: %+v", q)
	}
}
