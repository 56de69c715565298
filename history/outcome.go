package history

import (
	"slices"

	"github.com/casefold/casefold"
)

// outcomeOf is how an event says its count ended. Relief that only a
// conviction can have tells of the conviction, whatever became of the text of
// the disposition.
func (w *work) outcomeOf(t *telling, e *casefold.Event) outcome {
	implied := false
	for _, r := range e.Relief {
		if presupposesConviction(r.Kind) {
			return outcomeConvicted
		}
		implied = implied || impliesConviction(r.Kind)
	}
	switch e.Disposition.Status {
	case casefold.Convicted, casefold.JuvenileSustained:
		return outcomeConvicted
	case casefold.DispDismissed, casefold.Acquitted, casefold.Declined, casefold.Released,
		casefold.DetentionOnly, casefold.Exonerated, casefold.DiversionDone,
		casefold.NotGuiltyInsane, casefold.Abated:
		return outcomeEnded
	case casefold.NoDisposition, casefold.Unrecognized:
		if w.shownBy(t, e) != "" {
			return outcomeConvicted
		}
		if implied {
			return outcomeImplied
		}
		return outcomeUnknown
	}
	return outcomeOpen
}

// shownBy is what a row that tells no disposition, or one that is not
// understood, shows a conviction by; "" if it shows none. A list of convictions
// has no column for the outcome: its day, its charge of conviction, its level
// or its place on the state's list say that there was one. A level by itself
// says so only where the source has no column for the outcome, and never in the
// state's extract, whose status column holds the level of arrests too.
func (w *work) shownBy(t *telling, e *casefold.Event) string {
	unread := e.Disposition.Status == casefold.Unrecognized
	switch {
	case e.ConvictionDate.Known():
		return "a day of conviction"
	case len(e.Sentence) > 0 && (e.Convicted != nil || !unread && t.kind == casefold.CourtEvent && namesSection(e)):
		return "a sentence"
	case unread:
		return ""
	case e.Convicted != nil && (e.Convicted.Section != "" || e.Convicted.Verbatim != ""):
		return "a charge of conviction"
	case onList(e.Listing) && namesSection(e):
		return "a place on the list of HS 11361.9"
	case e.ConvictedLevel != casefold.LevelUnknown && namesSection(e) && t.kind != casefold.ArrestEvent &&
		t.teller != casefold.TellerState && !w.tellsOutcomes(t.src):
		return "a level of conviction"
	}
	return ""
}

// shownIn is shownBy for a row whose disposition does not say.
func (w *work) shownIn(t *telling, e *casefold.Event) string {
	if s := e.Disposition.Status; s != casefold.NoDisposition && s != casefold.Unrecognized {
		return ""
	}
	return w.shownBy(t, e)
}

// onList reports whether a listing is of a conviction that was on the list,
// whatever came of it.
func onList(l casefold.Listing) bool {
	switch l {
	case casefold.Listed, casefold.ListedUnchallenged, casefold.Challenged, casefold.ChallengeUpheld:
		return true
	}
	return false
}

// tellsOutcomes reports whether a source has a column for how a count ended.
func (w *work) tellsOutcomes(src int) bool { return src >= 0 && w.b.outcomes[src] }

// mapsOutcomes reports whether a mapping has a column for the outcome, in the
// row or in its groups of counts.
func mapsOutcomes(m *casefold.Mapping) bool {
	told := func(fields map[casefold.Field][]string) bool {
		return len(fields["disposition"]) > 0 || len(fields["disposition_code"]) > 0
	}
	return told(m.Fields) || slices.ContainsFunc(m.Counts, told)
}

// judgedOn is the day of conviction that an event tells; unknown for a row of
// later relief that does not tell it in so many words.
func judgedOn(e *casefold.Event) casefold.Date {
	switch {
	case e.ConvictionDate.Known():
		return e.ConvictionDate
	case len(e.Relief) > 0:
		return casefold.Date{}
	case e.PleaDate.Known() && pleadGuilty(e.Plea):
		return e.PleaDate
	}
	return eventDate(e)
}

// impliesConviction reports whether a later event most often happens to a
// conviction, but may happen to a deferral or a charge. It makes a conviction
// only where no row says how the count ended.
func impliesConviction(k casefold.ReliefKind) bool {
	switch k {
	case casefold.Relief17b, casefold.ReliefReduced, casefold.Revoked, casefold.SupervisionEnded,
		casefold.SupervisionMoved, casefold.Relief120343, casefold.ReliefOtherLaw,
		casefold.Dismissed1385, casefold.DismissedUnknown, casefold.SentenceModified:
		return true
	}
	return false
}

// reenters reports whether a later event makes a court enter its judgment again.
func reenters(k casefold.ReliefKind) bool {
	return k == casefold.Revoked || k == casefold.Resentenced || k == casefold.SentenceModified
}

// presupposesConviction reports whether a later event can only happen to a
// conviction.
func presupposesConviction(k casefold.ReliefKind) bool {
	switch k {
	case casefold.ReliefProp64, casefold.ReliefProp47, casefold.Relief12034, casefold.Relief12034a,
		casefold.Relief120341, casefold.Relief120342, casefold.Relief1203425, casefold.Relief120349,
		casefold.Reversed, casefold.Vacated, casefold.Resentenced:
		return true
	}
	return false
}

// granted reports whether a row tells of relief in place of the judgment. Its
// day is no day on which the file was heard: a court grants relief in thousands
// of files on one day, so that it says nothing of which they are.
func granted(e *casefold.Event) bool {
	return ofRelief(e) && slices.ContainsFunc(e.Relief, func(r casefold.Relief) bool {
		switch r.Kind {
		case casefold.ReliefProp64, casefold.ReliefProp47, casefold.Relief17b, casefold.ReliefReduced,
			casefold.Relief12034, casefold.Relief12034a, casefold.Relief120341, casefold.Relief120342,
			casefold.Relief120343, casefold.Relief1203425, casefold.Relief120349, casefold.Sealed, casefold.Destroyed:
			return true
		}
		return false
	})
}
