package synth

import (
	"testing"

	"github.com/casefold/casefold"
)

const everythingTold = toldSection | toldLevel | toldConvictionDate | toldOffenseDate | toldFiledDate | toldOldCode | toldByRecord

// A fileCase is a conviction as a lawyer would note it.
type fileCase struct {
	cjis, inchoate string
	offense, plea  casefold.Day // offence 0: 30 days before the plea
	level          casefold.Level
	venue          venue
	county         string // "" the office's
	told           facts  // 0: everything
	later          []later
	listing        casefold.Listing
	quantity       float64 // 0: not told
	years          int     // of probation, 0: one
	sameCase       bool    // as the conviction before
	arrestUntold   bool
}

// decide is the outcome of the first conviction of a person born on that day.
func decide(t *testing.T, birth casefold.Day, cases ...fileCase) string {
	t.Helper()
	w := newWorld(Defaults(1, 1))
	l := &life{identity: &identity{birth: birth}, birthTold: birth != 0}
	if birth == 0 {
		l.birth = 19700101
	}
	for i, c := range cases {
		o := w.t.byCJIS[c.cjis]
		if o == nil {
			t.Fatalf("no offence %s", c.cjis)
		}
		if c.offense == 0 {
			c.offense = c.plea.AddDays(-30)
		}
		if c.county == "" {
			c.county = office
		}
		if c.level == "" {
			c.level = o.level
		}
		if c.told == 0 {
			c.told = everythingTold
		}
		a := &arrest{who: l.identity, day: c.offense, offense: c.offense, venue: c.venue, county: c.county, told: !c.arrestUntold}
		file := &courtCase{arrest: a, county: c.county, venue: c.venue, plea: c.plea, sentenced: c.plea}
		if c.sameCase {
			file = l.convictions[i-1].file
		}
		k := &count{convicted: charge{offense: o, inchoate: c.inchoate, level: c.level}, offense: c.offense, later: c.later, quantity: c.quantity, sentence: []sentence{{casefold.ProbationTerm, max(c.years, 1), 'Y'}}}
		for j := range k.later {
			k.later[j].told = true
		}
		if c.quantity > 0 {
			c.told |= toldQuantity
		}
		v := &conviction{who: l, n: i + 1, file: file, count: k, tellers: 1, told: c.told, listing: c.listing}
		k.truth = v
		file.counts = append(file.counts, k)
		l.convictions = append(l.convictions, v)
	}
	return l.convictions[0].outcome(20261124)
}

func TestSecondOpinion(t *testing.T) {
	const (
		b11357, a11357, m11357a                = "35375", "35179", "35383"
		cultivate, forSale, sale               = "35125", "35127", "35215"
		murder, lewdAct, robbery, exposure     = "9005", "36055", "12004", "36018"
		infraction11357b, over28, toMinor, lab = "35417", "35374", "35167", "35420"
	)
	forty := casefold.Day(19630101)
	for _, c := range []struct {
		name  string
		birth casefold.Day
		want  string
		file  []fileCase
	}{
		{"T01 possession of an ounce, 1985", 19550101, dismissAndSeal, []fileCase{{cjis: b11357, plea: 19850601}}},
		{"T03 cultivation, plants unknown", forty, dismissAndSeal, []fileCase{{cjis: cultivate, plea: 20030601}}},
		{"cultivation of 40 plants", forty, redesignateMisdemeanor, []fileCase{{cjis: cultivate, plea: 20030601, quantity: 40}}},
		{"T05 robbery is a strike, not a super strike", forty, redesignateMisdemeanor, []fileCase{{cjis: forSale, plea: 20100601}, {cjis: robbery, plea: 20050601}}},
		{"T07 a murder after it is no prior", forty, redesignateMisdemeanor, []fileCase{{cjis: forSale, plea: 20010601}, {cjis: murder, plea: 20080601}}},
		{"T09 a lewd act before it, known not listed", forty, felonyStays, []fileCase{{cjis: sale, plea: 19950601}, {cjis: lewdAct, plea: 19900601}}},
		{"the same, listed and not challenged", forty, redesignateMisdemeanor, []fileCase{{cjis: sale, plea: 19950601, listing: casefold.ListedUnchallenged}, {cjis: lewdAct, plea: 19900601}}},
		{"the same, challenge upheld", forty, felonyStays, []fileCase{{cjis: sale, plea: 19950601, listing: casefold.ChallengeUpheld}, {cjis: lewdAct, plea: 19900601}}},
		{"the same, challenged with unknown result", forty, review, []fileCase{{cjis: sale, plea: 19950601, listing: casefold.Challenged}, {cjis: lewdAct, plea: 19900601}}},
		{"the same in a county whose list is not at hand", forty, review, []fileCase{{cjis: sale, plea: 19950601, county: "PLACER"}, {cjis: lewdAct, plea: 19900601}}},
		{"a lewd act between offence and plea", forty, review, []fileCase{{cjis: sale, offense: 19950101, plea: 19950601}, {cjis: lewdAct, plea: 19950301}}},
		{"a lewd act in the same case", forty, redesignateMisdemeanor, []fileCase{{cjis: sale, plea: 19950601}, {cjis: lewdAct, plea: 19950601, sameCase: true}}},
		{"an infraction-grade sex offence registers too", forty, felonyStays, []fileCase{{cjis: sale, plea: 19950601}, {cjis: exposure, plea: 19900601}}},
		{"cultivation with a bar, plants unknown", forty, review, []fileCase{{cjis: cultivate, plea: 20030601}, {cjis: lewdAct, plea: 19900601}}},
		{"cultivation with a bar, four plants", forty, dismissAndSeal, []fileCase{{cjis: cultivate, plea: 20030601, quantity: 4}, {cjis: lewdAct, plea: 19900601}}},
		{"T11 attempt, completed", forty, review, []fileCase{{cjis: forSale, inchoate: "664", plea: 20080601}}},
		{"T11 attempt, still serving", forty, redesignateMisdemeanor, []fileCase{{cjis: forSale, inchoate: "664", plea: 20080601, years: 30}}},
		{"T13 conspiracy, completed", forty, notEligible, []fileCase{{cjis: forSale, inchoate: "182(a)(1)", plea: 20080601}}},
		{"T13 conspiracy, still serving", forty, review, []fileCase{{cjis: forSale, inchoate: "182(a)(1)", plea: 20080601, years: 30}}},
		{"accessory", forty, review, []fileCase{{cjis: forSale, inchoate: "32", plea: 20080601}}},
		{"T15 synthetic", forty, notCovered, []fileCase{{cjis: lab, plea: 20140601}}},
		{"T17 offence of October 2016, plea of 2017", forty, dismissAndSeal, []fileCase{{cjis: m11357a, offense: 20161015, plea: 20170201}}},
		{"T19 plea of January 2017, nothing tells the offence", forty, review, []fileCase{{cjis: forSale, plea: 20170115, arrestUntold: true, told: toldSection | toldLevel | toldConvictionDate | toldByRecord}}},
		{"the same with the old offence code", forty, redesignateMisdemeanor, []fileCase{{cjis: forSale, plea: 20161115, arrestUntold: true, told: toldSection | toldLevel | toldConvictionDate | toldOldCode | toldByRecord}}},
		{"T21 at 19, level not told", 19910101, review, []fileCase{{cjis: b11357, offense: 20101220, plea: 20110201, told: everythingTold &^ toldLevel}}},
		{"at 19, misdemeanor", 19910101, redesignateInfraction, []fileCase{{cjis: b11357, offense: 20101220, plea: 20110201}}},
		{"at 19, infraction already", 19930101, noLesser, []fileCase{{cjis: infraction11357b, plea: 20120601}}},
		{"T23 birth date not told", 0, review, []fileCase{{cjis: b11357, plea: 20020601}}},
		{"over 28.5 grams stays what it is", forty, noLesser, []fileCase{{cjis: over28, plea: 20020601}}},
		{"T29 hashish, later reduced under Proposition 47", forty, dismissAndSeal, []fileCase{{cjis: a11357, plea: 20030601, later: []later{{kind: casefold.ReliefProp47, day: 20160101, level: casefold.Misdemeanor}}}}},
		{"20 grams of hashish, a misdemeanor already", forty, noLesser, []fileCase{{cjis: m11357a, plea: 20030601, quantity: 20}}},
		{"20 grams of hashish, a felony", forty, redesignateMisdemeanor, []fileCase{{cjis: a11357, plea: 20030601, quantity: 20}}},
		{"set aside under 1203.4 is still owed", forty, redesignateMisdemeanor, []fileCase{{cjis: forSale, plea: 20030601, later: []later{{kind: casefold.Relief12034, day: 20060101}}}}},
		{"reduced under 17(b): no felony that a bar could keep", forty, redesignateMisdemeanor, []fileCase{{cjis: forSale, plea: 20030601, later: []later{{kind: casefold.Relief17b, day: 20060101, level: casefold.Misdemeanor}}}, {cjis: lewdAct, plea: 19900601}}},
		{"granted already", forty, alreadyRelieved, []fileCase{{cjis: forSale, plea: 20030601, later: []later{{kind: casefold.ReliefProp64, day: 20200101, level: casefold.Misdemeanor}}}}},
		{"reversed: no determination", forty, "", []fileCase{{cjis: forSale, plea: 20030601, later: []later{{kind: casefold.Reversed, day: 20040101}}}}},
		{"T49 dismissed under 1385 after conviction", forty, review, []fileCase{{cjis: forSale, plea: 19990601, later: []later{{kind: casefold.Dismissed1385, day: 20010101}}}}},
		{"T37 trafficking without its paragraph", 19760101, review, []fileCase{{cjis: forSale, plea: 20150301}, {cjis: "56038", plea: 20130601}}},
		{"T41 sale to a minor in the same case", forty, review, []fileCase{{cjis: forSale, plea: 20040601}, {cjis: toMinor, plea: 20040601, sameCase: true}}},
		{"two earlier cases of the same section", forty, review, []fileCase{{cjis: forSale, plea: 20040601}, {cjis: forSale, plea: 20000601}, {cjis: forSale, plea: 20010601}}},
		{"one earlier case", forty, redesignateMisdemeanor, []fileCase{{cjis: forSale, plea: 20040601}, {cjis: forSale, plea: 20000601}}},
		{"T45 juvenile", 19900101, redesignateInfraction, []fileCase{{cjis: "35227", plea: 20060601, venue: juvenileCourt}}},
		{"a juvenile murder as a prior", 19750101, review, []fileCase{{cjis: forSale, plea: 20040601}, {cjis: murder, plea: 19920601, venue: juvenileCourt}}},
		{"a juvenile exposure as a prior", 19750101, redesignateMisdemeanor, []fileCase{{cjis: forSale, plea: 20040601}, {cjis: exposure, plea: 19920601, venue: juvenileCourt}}},
		{"before 1973", 19400101, review, []fileCase{{cjis: "35029", plea: 19710601}}},
		{"a new-law offence", forty, notEligible, []fileCase{{cjis: "35451", plea: 20190601}}},
		{"neither court nor state would show relief", forty, review, []fileCase{{cjis: forSale, plea: 20040601, told: everythingTold &^ toldByRecord}}},
		{"the section is not told", forty, review, []fileCase{{cjis: forSale, plea: 20040601, told: everythingTold &^ toldSection}}},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := decide(t, c.birth, c.file...); got != c.want {
				t.Errorf("%q, want %q", got, c.want)
			}
		})
	}
}
