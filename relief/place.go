package relief

import (
	"slices"
	"strings"

	"github.com/casefold/casefold"
)

// place says whose conviction it is and whether the office can file it now. An
// owed conviction that cannot be filed names for the clerk what is in the way.
func (d *Decider) place(h *casefold.History, i int, out *Determination) {
	c := &h.Convictions[i]
	out.Ours = d.ours(h, c)
	if !out.Outcome.Owed() || out.Route == RouteJuvenile {
		out.Fileable = casefold.False
		return
	}
	obstacles := obstacles(c)
	out.Fileable = out.Ours
	if len(obstacles) > 0 {
		out.Fileable = casefold.False
	}
	switch {
	case out.Ours == casefold.Unknown && d.ctx.Office.County == "":
		obstacles = append(obstacles, "the county of the office, in the project file")
	case out.Ours == casefold.Unknown && c.Court.Value.County == "":
		obstacles = addWord(obstacles, "the court of record")
	case out.Ours == casefold.Unknown:
		obstacles = append(obstacles, "whether the city attorney filed it")
	}
	if out.Ours != casefold.False {
		out.Needs = append(out.Needs, obstacles...)
	}
}

// obstacles lists what keeps an owed conviction from a motion, for the clerk's
// worklist.
func obstacles(c *casefold.Conviction) []string {
	var out []string
	if !c.Court.Usable() || !c.Court.Value.Kind.IsCourt() && c.Court.Value.Name == "" {
		out = append(out, "the court of record")
	}
	if !c.CaseNumber.Usable() || c.CaseNumber.Value == "" {
		out = append(out, "the case number")
	}
	if c.Caption.From == "" {
		out = append(out, "a caption: no court or state row tells the name for this case")
	}
	for _, e := range c.Events {
		switch e.Kind {
		case casefold.SupervisionMoved:
			out = append(out, "the court that holds the case now: supervision was transferred (PC 1203.9)")
		case casefold.Destroyed:
			out = append(out, "the court's file: it was destroyed")
		}
	}
	return slices.Compact(out)
}

// ours answers whether the office may move to change a conviction: its court of
// record is one of the office's, and no city attorney filed it.
func (d *Decider) ours(h *casefold.History, c *casefold.Conviction) casefold.Truth {
	if c.Kind == casefold.FederalConvict || c.Kind == casefold.OtherState {
		return casefold.False
	}
	t := d.courtOurs(&c.Court.Value)
	if c.Court.Status == casefold.FactConflicting {
		for i := range c.Court.Others {
			if d.courtOurs(&c.Court.Others[i].Value) != t {
				t = casefold.Unknown
			}
		}
	}
	return t.And(d.cityAttorney(h, c).Not())
}

func (d *Decider) courtOurs(court *casefold.Agency) casefold.Truth {
	office := &d.ctx.Office
	switch {
	case court.County == "" || office.County == "":
		return casefold.Unknown
	case !strings.EqualFold(strings.TrimSpace(court.County), strings.TrimSpace(office.County)):
		return casefold.False
	case court.State != "" && court.State != "CA":
		return casefold.False
	case len(office.Courts) == 0:
		return casefold.True
	}
	family := court.CourtFamily()
	for _, name := range office.Courts {
		if strings.EqualFold(name, court.Name) || strings.EqualFold(name, family) || strings.EqualFold(name, court.ORI) {
			return casefold.True
		}
	}
	if court.Name == "" && family == "" {
		return casefold.Unknown
	}
	return casefold.False
}

// cityAttorney answers whether a city attorney, not the office, files
// convictions like this one: by its level at entry and the city of the police
// that arrested or of the municipal court.
func (d *Decider) cityAttorney(h *casefold.History, c *casefold.Conviction) casefold.Truth {
	office := &d.ctx.Office
	if len(office.CityAttorneyCities) == 0 || len(office.CityAttorneyLevels) == 0 {
		return casefold.False
	}
	level := atEntry(c)
	filed := casefold.Unknown
	if level.Usable() && level.Value != casefold.LevelUnknown {
		filed = casefold.Of(slices.Contains(office.CityAttorneyLevels, level.Value))
	}
	return filed.And(d.inCity(h, c))
}

func (d *Decider) inCity(h *casefold.History, c *casefold.Conviction) casefold.Truth {
	names := []string{}
	if c.Court.Value.Kind == casefold.MunicipalCourt || c.Court.Value.Kind == casefold.JusticeCourt {
		names = append(names, c.Court.Value.Name)
	}
	if c.Cycle >= 0 && c.Cycle < len(h.Cycles) {
		a := h.Cycles[c.Cycle].Agency
		if a.Kind == casefold.Police || a.Kind == casefold.Sheriff || a.Kind == casefold.CityAttorney {
			names = append(names, a.Name)
		}
	}
	answer := casefold.Unknown
	for _, name := range names {
		if name == "" {
			continue
		}
		answer = casefold.False
		for _, city := range d.ctx.Office.CityAttorneyCities {
			if strings.HasPrefix(strings.ToUpper(name), strings.ToUpper(city)) {
				return casefold.True
			}
		}
	}
	return answer
}
