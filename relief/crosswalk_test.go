package relief_test

import (
	"encoding/csv"
	"os"
	"strings"
	"testing"

	"github.com/casefold/casefold"
	"github.com/casefold/casefold/normalize/statute"
	"github.com/casefold/casefold/relief"
)

// crosswalkReadings are the sections on which the lists answer otherwise than
// the crosswalk table, by the two answers, each with the reason. A section may
// stand with its subdivision.
var crosswalkReadings = []struct{ crosswalk, lists, why, sections string }{
	{"yes", "maybe", "group (VIII) rests on the reference program's list, which is not verified",
		"37 128 205 206 209 209.5 217.1 218 219 220(b) 273AB 451.5 4500 11418(b) 12308 12310 18745 18755"},
	{"maybe", "yes", "PC 290(c) lists the section whole; only 286(a),(b), 287(b) and 289(h),(i) have an exception", "286 287 289"},
	{"yes", "maybe", "288a(b) is the former 287(b), to which the exception of PC 290(c)(3) belongs", "288A(b)"},
	{"yes", "maybe", "golden case T37: 236.1(c) without its paragraph asks for it", "236.1(c)"},
	{"yes", "maybe", "a compound charge: which of its sections was convicted is to be read", "220"},
	{"yes", "maybe", "a habitual offender's term belongs to another offence, which the file names", "667.7"},
	{"yes", "no", "code of the older list, whose statute 647 A is section 647A: read by normalize/statute as 647(a)", "647(a)"},
	{"maybe", "yes", "codes of the older list, whose 266 H and 266 I are sections: read as 266", "266"},
	{"maybe", "no", "code of the older list, whose 653 F is a section: read as 653", "653"},
}

func readingOf(s casefold.Statute, crosswalk, lists string) string {
	for _, r := range crosswalkReadings {
		for _, section := range strings.Fields(r.sections) {
			if r.crosswalk == crosswalk && r.lists == lists && strings.HasPrefix(s.Section+s.Path+"(", section+"(") {
				return r.why
			}
		}
	}
	return ""
}

// TestListsAgreeWithCrosswalk holds the statute lists against the crosswalk of
// 549 state offence codes: a code that is on a list proves a bar, a code that
// is possible asks, a code that is not on it leaves relief owed.
func TestListsAgreeWithCrosswalk(t *testing.T) {
	law := load(t, "prop64")
	f, err := os.Open(shared(t, "laws/tables/offense_code_flags.csv"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	parser := statute.New()
	agree, explained := 0, 0
	for _, r := range rows[1:] {
		o := parser.Offense(statute.Input{Text: r[2] + " " + r[1], CJIS: r[0], Level: r[3]})
		if o == nil || o.Section == "" {
			t.Errorf("code %s (%s): no statute", r[0], r[2])
			continue
		}
		got := answerFor(law, o, casefold.Level(map[string]string{"F": "felony", "M": "misdemeanor", "I": "infraction"}[r[3]]))
		switch want := wanted(r[6], r[7]); {
		case got == want:
			agree++
		case readingOf(o.Statute, want, got) != "":
			explained++
		default:
			t.Errorf("%s %s (code %s, read as %s): the crosswalk says super strike %q, 290(c) %q; the lists say %s", r[1], r[2], r[0], o.Statute, r[6], r[7], got)
		}
	}
	t.Logf("%d codes agree, %d differ for a stated reason", agree, explained)
}

func wanted(flags ...string) string {
	out := "no"
	for _, f := range flags {
		switch {
		case f == "yes":
			return "yes"
		case strings.HasPrefix(f, "maybe"):
			out = "maybe"
		}
	}
	return out
}

// answerFor asks by a cannabis conviction: does the offence, convicted before,
// bar relief?
func answerFor(law *relief.Law, o *casefold.Offense, level casefold.Level) string {
	cases, _ := relief.ParseCases("crosswalk", "X: x\n  HS 11359, felony, convicted 2020-05-10, offense 2016-10-01, not_listed\n  + PC 459, felony, convicted 2015-05-10\n  = review\n")
	c := &cases[0]
	prior := &c.History.Convictions[1]
	prior.Offense.Value = *o
	prior.OffenseDate.Value = casefold.On(20130601)
	if level != "" {
		prior.Level.Value, prior.LevelAtEntry.Value = level, level
	}
	switch law.Decide(&c.History, c.Context)[0].Outcome {
	case relief.FelonyStays:
		return "yes"
	case relief.Review:
		return "maybe"
	}
	return "no"
}
