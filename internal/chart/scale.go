package chart

import (
	"math"
	"strconv"
	"strings"
)

// A scale maps values to places on an axis. A logarithmic one maps by
// log10(1 + v), so that zero has a place.
type scale struct {
	low, high float64 // values at the ends
	from, to  float64 // places of the ends
	log       bool
}

func (s scale) at(v float64) float64 {
	lo, hi := s.low, s.high
	if s.log {
		v, lo, hi = math.Log10(1+v), math.Log10(1+lo), math.Log10(1+hi)
	}
	if hi == lo {
		return s.from
	}
	return s.from + (v-lo)/(hi-lo)*(s.to-s.from)
}

// fit makes a scale over low to high whose ends are round, with its ticks:
// about n of them, at multiples of 1, 2 or 5 times a power of ten. Whole keeps
// ticks of counts off fractions.
func fit(low, high float64, n int, whole bool) (scale, []float64) {
	if low > high || math.IsNaN(low) || math.IsNaN(high) || math.IsInf(low, 0) || math.IsInf(high, 0) {
		low, high = 0, 0
	}
	if low == high {
		low, high = math.Min(low, 0), math.Max(high, low+1)
	}
	step := roundStep((high - low) / float64(max(1, n)))
	if whole && step < 1 {
		step = 1
	}
	first, last := math.Floor(low/step+1e-9), math.Ceil(high/step-1e-9)
	var ticks []float64
	for i := first; i <= last && len(ticks) < 100; i++ {
		ticks = append(ticks, i*step)
	}
	return scale{low: first * step, high: last * step}, ticks
}

// fitLog makes a logarithmic scale from 0 over powers of ten.
func fitLog(high float64) (scale, []float64) {
	ticks := []float64{0}
	for p := 1.0; ; p *= 10 {
		ticks = append(ticks, p)
		if p >= high || p >= 1e15 {
			return scale{low: 0, high: p, log: true}, ticks
		}
	}
}

// roundStep is the smallest of 1, 2, 5 times a power of ten not below v.
func roundStep(v float64) float64 {
	if v <= 0 || math.IsInf(v, 0) || math.IsNaN(v) {
		return 1
	}
	p := math.Pow(10, math.Floor(math.Log10(v)))
	for _, m := range []float64{1, 2, 5, 10} {
		if m*p >= v*(1-1e-9) {
			return m * p
		}
	}
	return 10 * p
}

// tickTexts prints ticks with as many decimals as their step needs.
func tickTexts(ticks []float64) []string {
	decimals := 0
	for _, t := range ticks {
		for decimals < 6 && math.Abs(t*math.Pow10(decimals)-math.Round(t*math.Pow10(decimals))) > 1e-6 {
			decimals++
		}
	}
	out := make([]string, len(ticks))
	for i, t := range ticks {
		switch a := math.Abs(t); {
		case a >= 1e6 && math.Mod(t, 1e5) == 0:
			out[i] = Number(t/1e6, -1) + " M"
		case a >= 1e5 && math.Mod(t, 100) == 0:
			out[i] = Number(t/1e3, -1) + " k"
		default:
			out[i] = Number(t, decimals)
		}
	}
	return out
}

// shareTexts prints ticks of shares as percentages.
func shareTexts(ticks []float64) []string {
	hundred := make([]float64, len(ticks))
	for i, t := range ticks {
		hundred[i] = 100 * t
	}
	out := tickTexts(hundred)
	for i := range out {
		out[i] += " %"
	}
	return out
}

// Number prints v with the decimals given, or as many as it needs (at most
// three) if they are below zero, with a comma between thousands and a proper
// minus sign. What is not a number prints as a dash.
func Number(v float64, decimals int) string {
	if math.IsNaN(v) || math.IsInf(v, 0) {
		return "–"
	}
	var s string
	if decimals < 0 {
		s = strconv.FormatFloat(v, 'f', 3, 64)
		s = strings.TrimSuffix(strings.TrimRight(s, "0"), ".")
	} else {
		s = strconv.FormatFloat(v, 'f', decimals, 64)
	}
	sign := ""
	if strings.HasPrefix(s, "-") {
		s = s[1:]
		if strings.Trim(s, "0.") != "" {
			sign = "−"
		}
	}
	whole, frac, _ := strings.Cut(s, ".")
	for i := len(whole) - 3; i > 0; i -= 3 {
		whole = whole[:i] + "," + whole[i:]
	}
	if frac != "" {
		whole += "." + frac
	}
	return sign + whole
}

// Small prints a share that may be tiny: 0.25, 0.0031, 2.1e-06.
func Small(v float64) string {
	switch {
	case math.IsNaN(v) || math.IsInf(v, 0):
		return "–"
	case v == 0:
		return "0"
	case math.Abs(v) >= .001:
		return strings.Replace(strconv.FormatFloat(v, 'g', 3, 64), "-", "−", 1)
	}
	s := strconv.FormatFloat(v, 'e', 1, 64)
	m, e, _ := strings.Cut(s, "e-")
	return strings.Replace(m, "-", "−", 1) + "e-" + e
}

// Percent prints a share of 0 to 1 with one decimal.
func Percent(v float64) string {
	if math.IsNaN(v) || math.IsInf(v, 0) {
		return "–"
	}
	return Number(100*v, 1) + " %"
}
