package statute

import "testing"

// BenchmarkParse reads the distinct texts of the whole offence table, nothing
// remembered; BenchmarkOffense the same texts as a run meets them, repeated.
func BenchmarkParse(b *testing.B) {
	texts := extractTexts()
	var r reader
	b.ReportAllocs()
	n := 0
	for b.Loop() {
		for _, s := range texts {
			r.parse(s, "", nil)
		}
		n += len(texts)
	}
	b.ReportMetric(float64(n)/b.Elapsed().Seconds(), "values/s")
}

func BenchmarkOffense(b *testing.B) {
	texts := extractTexts()
	p := New()
	b.ReportAllocs()
	n := 0
	for b.Loop() {
		for _, s := range texts {
			p.Offense(Input{Text: s, CJIS: "35127", Level: "F"})
		}
		n += len(texts)
	}
	b.ReportMetric(float64(n)/b.Elapsed().Seconds(), "values/s")
}

func BenchmarkNewOffense(b *testing.B) {
	texts := extractTexts()
	b.ReportAllocs()
	n := 0
	for b.Loop() {
		p := New()
		for _, s := range texts {
			p.Offense(Input{Text: s, CJIS: "35127", Level: "F", Qualifiers: "AB  ", Comment: "SCN-12342271234"})
		}
		n += len(texts)
	}
	b.ReportMetric(float64(n)/b.Elapsed().Seconds(), "values/s")
}

func extractTexts() []string {
	var out []string
	for _, s := range everyStatute() {
		out = append(out, forms()[0].write(s, s.Path)+" OF SOMETHING")
	}
	return out
}
