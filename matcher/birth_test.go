package matcher

import (
	"testing"

	"github.com/casefold/casefold"
	"github.com/casefold/casefold/mention"
	"pgregory.net/rapid"
)

func TestBirthDatesAsTheyAreMiswritten(t *testing.T) {
	day := func(s string) casefold.Day {
		d, err := casefold.ParseDay(s)
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
	for _, c := range []struct {
		a, b string
		want uint8
	}{
		{"1985-03-12", "1985-12-03", dayMonth},
		{"1985-03-12", "1985-03-13", oneDigit},
		{"1985-03-12", "1985-03-21", oneDigit}, // swapped neighbors
		{"1985-03-12", "1958-03-12", oneDigit},
		{"1985-03-12", "1986-03-13", twoDigits},
		{"1985-03-12", "1985-03-29", twoDigits},
		{"1985-03-12", "1997-03-12", twoDigits},
		{"1985-03-12", "2001-03-12", twoOfThree},
		{"1985-03-12", "1985-11-30", sameYear},
		{"1985-12-25", "1986-01-09", sameYear}, // two weeks apart
		{"1985-03-12", "1990-08-27", otherDate},
		{"1985-03-12", "2001-08-27", otherGeneration},
	} {
		if got := daysLevel(day(c.a), day(c.b)); got != c.want || daysLevel(day(c.b), day(c.a)) != c.want {
			t.Errorf("%s against %s: level %d, want %d", c.a, c.b, got, c.want)
		}
	}
}

// TestBirthLevelByBits: the quick form over digits is the plain one.
func TestBirthLevelByBits(t *testing.T) {
	p := &plan{days: make(dayTable, lastDaySerial-firstDaySerial+1)}
	for i := range p.days {
		p.days[i] = sameDay
	}
	draw := rapid.Custom(func(t *rapid.T) casefold.Day {
		return casefold.MakeDay(rapid.IntRange(1900, 2020).Draw(t, "year"), rapid.IntRange(1, 12).Draw(t, "month"), rapid.IntRange(1, 28).Draw(t, "day"))
	})
	rapid.Check(t, func(t *rapid.T) {
		a, b := draw.Draw(t, "a"), draw.Draw(t, "b")
		if rapid.Bool().Draw(t, "near") {
			b = a.AddDays(rapid.IntRange(-40, 40).Draw(t, "days"))
		}
		if dayOf(digitsOf(a)) != a {
			t.Fatalf("%v reads back as %v", a, dayOf(digitsOf(a)))
		}
		want := p.birthsLevel(mention.Birth{First: a, Last: a}, mention.Birth{First: b, Last: b})
		if got := p.rowBirthLevel(digitsOf(a), digitsOf(b)); got != want {
			t.Fatalf("%v against %v: %d, want %d", a, b, got, want)
		}
	})
}

func TestADateThatIsNoneOnlySpeaksFor(t *testing.T) {
	for _, c := range []struct {
		a, b uint32
		want uint8
	}{
		{0x19756329, 0x19750329, oneDigit},
		{0x19756329, 0x19756329, oneDigit},
		{0x15178101, 0x15718101, oneDigit}, // swapped neighbors
		{0x19852511, 0x19851125, dayMonth},
		{0x19756329, 0x19750328, twoDigits},
		{0x19f56329, 0x19750329, twoDigits}, // f is a digit that cannot be read
		{0x19756329, 0x19821104, 0},
	} {
		if got := writtenLevel(c.a, c.b); got != c.want || writtenLevel(c.b, c.a) != c.want {
			t.Errorf("%x against %x: level %d, want %d", c.a, c.b, got, c.want)
		}
	}
}
