package server

import "testing"

func TestDayOf(t *testing.T) {
	for in, want := range map[string]string{
		"1967-07-18":            "1967-07-18",
		"1967-01-01/1967-12-31": "1967",
		"1967-02-01/1967-02-28": "1967-02",
		"1968-02-01/1968-02-29": "1968-02",
		"1968-02-01/1968-02-28": "1968-02-01 to 1968-02-28",
		"2016-10-14/2016-11-13": "2016-10-14 to 2016-11-13",
		"1967-01-01/1968-12-31": "1967-01-01 to 1968-12-31",
		"not told":              "not told",
		"PC 664/HS 11359":       "PC 664/HS 11359",
		"":                      "",
	} {
		if got := dayOf(in); got != want {
			t.Errorf("%s: %s, want %s", in, got, want)
		}
	}
}
