package caseno

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/casefold/casefold"
)

// A court numbers its cases; series are the numbers of a year or of a run, drawn
// without chance so that the test repeats itself.
func series(n int, write func(i int) string) []string {
	out := make([]string, n)
	for i := range out {
		out[i] = write(i)
	}
	return out
}

// spread scatters i over 0..below-1.
func spread(i, below int) int { return i * 7919 % below }

func shapeNamed(t *testing.T, s Scheme, pattern string) Shape {
	t.Helper()
	for _, shape := range s.Shapes {
		if shape.Pattern == pattern {
			return shape
		}
	}
	t.Fatalf("no shape %s in %+v", pattern, s.Shapes)
	return Shape{}
}

func only(t *testing.T, s Scheme, number string) casefold.CaseNumber {
	t.Helper()
	n := s.Parse(number, sacramento, "")
	if len(n) != 1 {
		t.Fatalf("%q holds %d numbers", number, len(n))
	}
	return n[0]
}

func TestLearnsTheYearInACompactNumber(t *testing.T) {
	s := Learn(series(200, func(i int) string { return fmt.Sprintf("CR%02d%04d", i%15, spread(i, 4000)) }))
	if y := shapeNamed(t, s, "AA999999").Year; y != yearFirst2 {
		t.Fatalf("year %q", y)
	}
	if got := only(t, s, "CR070123").Key; got != "CR07-123" {
		t.Errorf("key %q", got)
	}
	if got, want := only(t, s, "CR071234").Key, Parse("CR-07-1234", sacramento, "")[0].Key; got != want {
		t.Errorf("%q is not the %q of another system", got, want)
	}
}

func TestLearnsTheYearInFourDigits(t *testing.T) {
	s := Learn(series(100, func(i int) string { return fmt.Sprintf("%d%06d", 1995+i%20, spread(i, 48000)) }))
	if got := only(t, s, "2008012345").Key; got != "08-12345" {
		t.Errorf("key %q", got)
	}
}

func TestRunningNumbersHaveNoYear(t *testing.T) {
	for name, samples := range map[string][]string{
		"Los Angeles":    series(300, func(i int) string { return fmt.Sprintf("BA%06d", 100000+spread(i, 380000)) }),
		"few beginnings": series(300, func(i int) string { return fmt.Sprintf("BA%06d", 100000+spread(i, 120000)) }),
		"San Francisco":  series(300, func(i int) string { return fmt.Sprint(1000000 + spread(i, 1400000)) }),
		"too few":        series(10, func(i int) string { return fmt.Sprintf("CR%02d%04d", i+1, i+1) }),
	} {
		s := Learn(samples)
		if y := s.Shapes[0].Year; y == yearFirst2 || y == yearFirst4 {
			t.Errorf("%s: a year was learned: %+v", name, s.Shapes[0])
		}
		if got := only(t, s, samples[0]).Key; strings.Contains(got, "-") {
			t.Errorf("%s: key %q", name, got)
		}
	}
}

func TestLearnsTheDefendantsLetter(t *testing.T) {
	s := Learn(series(120, func(i int) string { return fmt.Sprintf("BF%06dA", 100000+spread(i, 90000)) }))
	s2 := Learn(append(series(120, func(i int) string { return fmt.Sprintf("BF%06dA", 100000+spread(i, 90000)) }),
		series(30, func(i int) string { return fmt.Sprintf("BF%06dB", 100000+spread(i, 90000)) })...))
	if got := only(t, s2, "BF123456C"); got.Key != "BF123456" || got.Defendant != "3" {
		t.Errorf("%+v", got)
	}
	if got := only(t, s, "BF123456A"); got.Key != "BF123456A" {
		t.Errorf("without co-defendants the letter stays: %+v", got)
	}
	if q := shapeNamed(t, s, "AA999999A").Unsure; !strings.Contains(q, "defendants") {
		t.Errorf("a person should be asked: %q", q)
	}
}

func TestLearnsThatASuffixIsNone(t *testing.T) {
	// Divisions of a court, not defendants: letters from all over the alphabet.
	s := Learn(series(120, func(i int) string { return fmt.Sprintf("%06d-%c", 100000+spread(i, 90000), 'A'+rune(spread(i, 26))) }))
	if got := only(t, s, "123456-K"); got.Key != "123456-K" || got.Defendant != "" {
		t.Errorf("%+v", got)
	}
}

func TestLearnsThatFourDigitsAreNoYear(t *testing.T) {
	s := Learn(series(120, func(i int) string { return fmt.Sprintf("%04d-%04d", 1000+spread(i, 8000), 1000+spread(i+3, 8000)) }))
	if got := only(t, s, "1999-3788").Key; got != "1999-3788" {
		t.Errorf("key %q", got)
	}
}

func TestLearningIsBlindToOrder(t *testing.T) {
	samples := append(series(150, func(i int) string { return fmt.Sprintf("CR%02d%04d", i%15, spread(i, 4000)) }),
		series(150, func(i int) string { return fmt.Sprintf("94-%05d-%c", spread(i, 9000), 'A'+rune(i%3)) })...)
	a, _ := json.Marshal(Learn(samples))
	slices.Reverse(samples)
	b, _ := json.Marshal(Learn(samples))
	if string(a) != string(b) {
		t.Errorf("%s\n%s", a, b)
	}
	var s Scheme
	if err := json.Unmarshal(a, &s); err != nil {
		t.Fatal(err)
	}
	if got := only(t, s, "CR071234").Key; got != "CR07-1234" {
		t.Errorf("a scheme read back gives %q", got)
	}
}

func FuzzParse(f *testing.F) {
	for _, s := range []string{"CR-94-1234-A", "84321, 84322", "CR94-1234/1235", "12345-12-B", "DEF DEF DEF 1", "1-2-3-4-5-6-7-8-9-10-11-12-13-14", "NO. 1", "\xff12345"} {
		f.Add(s, "")
	}
	f.Add("BF123456A", "A")
	f.Fuzz(func(t *testing.T, s, mark string) {
		numbers := Parse(s, sacramento, mark)
		if again := Parse(s, sacramento, mark); fmt.Sprint(again) != fmt.Sprint(numbers) {
			t.Fatalf("%q gives %v, then %v", s, numbers, again)
		}
		for _, n := range numbers {
			if n.Key == "" || strings.TrimRight(n.Key, "-") == "" {
				t.Fatalf("%q gives a number without a key: %+v", s, n)
			}
			back := Parse(n.Key, sacramento, "")
			if len(back) != 1 || back[0].Key != n.Key {
				t.Fatalf("%q: key %q is read back as %v", s, n.Key, back)
			}
			if Distance(n, n) != Same {
				t.Fatalf("%q is not near itself", n.Key)
			}
		}
		for _, b := range Booking(s) {
			if again := Booking(b); len(again) != 1 || again[0] != b {
				t.Fatalf("%q: booking %q is read back as %q", s, b, again)
			}
		}
	})
}

func FuzzDistance(f *testing.F) {
	f.Add("CR94-1234", "94-1234")
	f.Add("BF123456A", "BF123456")
	f.Fuzz(func(t *testing.T, left, right string) {
		for _, a := range Parse(left, sacramento, "") {
			for _, b := range Parse(right, sacramento, "") {
				if Distance(a, b) != Distance(b, a) {
					t.Fatalf("%s and %s are %s, turned round %s", a.Key, b.Key, Distance(a, b), Distance(b, a))
				}
				if (Distance(a, b) == Same) != (a.Key == b.Key) {
					t.Fatalf("%s and %s are %s", a.Key, b.Key, Distance(a, b))
				}
			}
		}
	})
}

func BenchmarkParse(b *testing.B) {
	samples := series(5000, func(i int) string { return fmt.Sprintf("CR-%02d-%05d-%c", i%30, spread(i, 30000), 'A'+rune(i%3)) })
	s := Learn(samples)
	b.ReportAllocs()
	n := 0
	for b.Loop() {
		for _, v := range samples {
			s.Parse(v, sacramento, "")
		}
		n += len(samples)
	}
	b.ReportMetric(float64(n)/b.Elapsed().Seconds(), "values/s")
}

// What a person has written down of the courts' numbers is read as it is said.
func TestAPersonsScheme(t *testing.T) {
	s := SchemeOf([]casefold.NumberShape{
		{Pattern: "999999-9", Year: "none", Defendant: "digits"}, {Pattern: "AA999999A", Defendant: "letter"}, {Pattern: "AA9999", Year: "first2"},
	})
	for number, want := range map[string]string{
		"123456-2": "123456/2", "BF123456C": "BF123456/3", "CR9412": "CR9412", "94F01234": "F94-1234",
	} {
		if got := show(s.Parse(number, sacramento, "")); got != want {
			t.Errorf("%q gives %q, want %q", number, got, want)
		}
	}
	if got := show(Parse("123456-2", sacramento, "")); got != "123456-2" {
		t.Errorf("without a scheme %q", got)
	}
}
