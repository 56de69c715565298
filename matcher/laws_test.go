package matcher_test

import (
	"context"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/casefold/casefold"
	"github.com/casefold/casefold/index/blocking"
	"github.com/casefold/casefold/matcher"
	"github.com/casefold/casefold/mention"
)

// town makes records of people with errors in their later records: every
// person has one to four, the first without error.
func town(people int, seed uint64) (records []casefold.Record, truth []int) {
	rng := rand.New(rand.NewPCG(seed, 99))
	givens := []string{"MARIA", "JOSE", "JAMES", "ROBERT", "LINDA", "DAVID", "ELENA", "KEVIN", "SUSAN", "ANTHONY", "GLORIA", "VICTOR", "NGUYET", "DANIELA", "TYRONE"}
	syllables := []string{"GAR", "LO", "PEZ", "SMI", "TH", "NGU", "YEN", "WIL", "SON", "BER", "MAN", "TOR", "RES", "KO", "VA", "DEL", "RUI", "ZA"}
	for p := range people {
		surname := ""
		for range 2 + rng.IntN(2) {
			surname += syllables[rng.IntN(len(syllables))]
		}
		given := givens[rng.IntN(len(givens))]
		birth := casefold.MakeDay(1950+rng.IntN(50), 1+rng.IntN(12), 1+rng.IntN(28))
		for k := range 1 + rng.IntN(4) {
			g, s, b := given, surname, birth
			if k > 0 {
				switch rng.IntN(6) {
				case 0:
					s = s[:len(s)-1]
				case 1:
					b = b.AddDays(1)
				case 2:
					g = g[:1]
				}
			}
			f := casefold.PersonFacts{Age: -1, Names: []casefold.Name{{Last: s, First: g}}, Births: []casefold.Date{casefold.On(b)}, Sex: "M"}
			if rng.IntN(3) == 0 {
				f.Phones = []string{string(rune('0'+p%10)) + birth.String()[2:4] + birth.String()[5:7] + birth.String()[8:]}
			}
			records = append(records, casefold.Record{Teller: casefold.Teller{Source: "town", RowKey: string(rune('A'+len(records)%26)) + birth.String() + string(rune('A'+k)) + surname}, Person: f})
			truth = append(truth, p)
		}
	}
	return records, truth
}

type linked struct {
	model *matcher.Model
	links *matcher.Links
	set   *mention.Set
}

func linkAll(t testing.TB, records []casefold.Record, order []int, workers int, model *matcher.Model, decisions ...matcher.Decision) (linked, []uint32) {
	t.Helper()
	b := mention.NewBuilder(nil)
	at := make([]int, len(records))
	for _, r := range order {
		at[r] = b.Add(&records[r])
	}
	s := b.Build()
	ctx := context.Background()
	x, err := blocking.Build(ctx, s, blocking.Default(s), blocking.Options{Workers: workers})
	if err != nil {
		t.Fatal(err)
	}
	if model == nil {
		if model, err = matcher.Train(ctx, s, x, 1, matcher.TrainOptions{Workers: workers}); err != nil {
			t.Fatal(err)
		}
	}
	l, err := matcher.Link(ctx, s, model, x, matcher.LinkOptions{Workers: workers, Decisions: decisions})
	if err != nil {
		t.Fatal(err)
	}
	of := make([]uint32, len(records))
	for r := range records {
		of[r] = l.Of[s.MentionOf(at[r])]
	}
	return linked{model, l, s}, of
}

func ascending(n int) []int {
	out := make([]int, n)
	for i := range out {
		out[i] = i
	}
	return out
}

// TestTheSameRecordsGiveTheSameBytes: the model file, the partition, the
// possible links do not depend on the order of rows or on the number of
// workers. 700 people give about 1,750 mentions, enough for blocking to matter.
func TestTheSameRecordsGiveTheSameBytes(t *testing.T) {
	records, _ := town(1200, 3)
	first, of := linkAll(t, records, ascending(len(records)), 1, nil)
	file, err := first.model.MarshalIndent()
	if err != nil {
		t.Fatal(err)
	}
	for seed := range uint64(3) {
		order := rand.New(rand.NewPCG(seed, 5)).Perm(len(records))
		again, ofAgain := linkAll(t, records, order, 3, nil)
		if got, _ := again.model.MarshalIndent(); string(got) != string(file) {
			t.Fatalf("order %d gives another model", seed)
		}
		if !slices.Equal(of, ofAgain) {
			t.Errorf("order %d gives another partition", seed)
		}
		if !slices.Equal(first.links.Possible, again.links.Possible) {
			t.Errorf("order %d gives other possible links", seed)
		}
	}
}

// TestAPinnedModelScoresTheSame: a model read from its file gives the same
// partition, and its scores do not move when other records come in.
func TestAPinnedModelScoresTheSame(t *testing.T) {
	records, _ := town(300, 4)
	first, of := linkAll(t, records, ascending(len(records)), 1, nil)
	file, err := first.model.MarshalIndent()
	if err != nil {
		t.Fatal(err)
	}
	model, err := matcher.ParseModel(file)
	if err != nil {
		t.Fatal(err)
	}
	if model.Fingerprint() != first.model.Fingerprint() {
		t.Error("reading a model file changes the fingerprint")
	}
	again, ofAgain := linkAll(t, records, ascending(len(records)), 1, model)
	if !slices.Equal(of, ofAgain) {
		t.Error("reading a model file changes the partition")
	}
	more, _ := town(500, 5)
	both := slices.Concat(records, more)
	grown, _ := linkAll(t, both, ascending(len(both)), 1, model)
	e, f := matcher.NewExplainer(again.set, model), matcher.NewExplainer(grown.set, model)
	for r := range records {
		a, b := uint32(0), uint32(0)
		a, b = again.set.MentionOf(r), again.set.MentionOf((r+1)%len(records))
		c, d := grown.set.MentionOf(r), grown.set.MentionOf((r+1)%len(records))
		if x, y := e.Explain(a, b), f.Explain(c, d); x.Total != y.Total {
			t.Fatalf("records %d and %d: %d alone, %d among more", r, r+1, x.Total, y.Total)
		}
	}
}

// TestAnExplanationAddsUp: the prior, the contributions and the kinship are
// the total, and the total is what linking used.
func TestAnExplanationAddsUp(t *testing.T) {
	records, _ := town(300, 6)
	x, _ := linkAll(t, records, ascending(len(records)), 1, nil)
	e := matcher.NewExplainer(x.set, x.model)
	for a := range uint32(50) {
		for b := range uint32(50) {
			if a == b {
				continue
			}
			ex := e.Explain(a, b)
			sum := ex.Prior + ex.Kinship
			for _, c := range ex.Contributions {
				sum += c.Weight
			}
			if sum != ex.Total {
				t.Fatalf("mentions %d and %d: parts add to %d, total %d", a, b, sum, ex.Total)
			}
			if back := e.Explain(b, a); back.Total != ex.Total {
				t.Fatalf("mentions %d and %d: %d one way, %d the other", a, b, ex.Total, back.Total)
			}
		}
	}
	for _, l := range x.links.Possible {
		if got := e.Explain(l.MentionA, l.MentionB).Total; got != l.Weight {
			t.Errorf("possible link %+v: explained with %d", l, got)
		}
	}
}

// TestDecisionsAreObeyed: two that a person joined are one, two that a person
// parted are two and no possible link any more.
func TestDecisionsAreObeyed(t *testing.T) {
	records, truth := town(200, 7)
	x, of := linkAll(t, records, ascending(len(records)), 1, nil)
	var joined, apart matcher.Decision
	for r := range records {
		for q := range r {
			if of[r] == of[q] && truth[r] == truth[q] && apart == (matcher.Decision{}) {
				apart = matcher.Decision{A: x.set.MentionOf(r), B: x.set.MentionOf(q)}
			}
			if of[r] != of[q] && truth[r] != truth[q] && joined == (matcher.Decision{}) {
				joined = matcher.Decision{A: x.set.MentionOf(r), B: x.set.MentionOf(q), Same: true}
			}
		}
	}
	y, _ := linkAll(t, records, ascending(len(records)), 1, x.model, joined, apart)
	if y.links.Of[joined.A] != y.links.Of[joined.B] {
		t.Error("two that a person joined are apart")
	}
	if y.links.Of[apart.A] == y.links.Of[apart.B] {
		t.Error("two that a person parted are together")
	}
	for _, l := range y.links.Possible {
		if min(l.MentionA, l.MentionB) == min(apart.A, apart.B) && max(l.MentionA, l.MentionB) == max(apart.A, apart.B) {
			t.Error("a decided pair is still a possible link")
		}
	}
	// A contradiction forces nothing and is reported.
	contradiction := matcher.Decision{A: joined.A, B: apart.A, Same: true}
	z, _ := linkAll(t, records, ascending(len(records)), 1, x.model, joined, contradiction, matcher.Decision{A: joined.B, B: apart.A})
	if len(z.links.Conflicts) != 1 {
		t.Errorf("a chain of two decisions against a third: %d conflicts, want 1", len(z.links.Conflicts))
	}
}
