package matcher

import (
	"strings"

	"github.com/casefold/casefold/matcher/similarity"
	"github.com/casefold/casefold/mention"
)

// comparePlaces sets the levels of address and area. House and area are not
// independent: who lives in the same house lives in the same city. So the area
// speaks only where the address does not agree. The unit (an apartment, but also
// the name of a building or a farm) is compared for itself.
func (p *plan) comparePlaces(a, b uint32, out *Pattern) {
	var house, area, unit uint8
	as, bs := p.set.Addresses.Of(a), p.set.Addresses.Of(b)
	for i := range as {
		for j := range bs {
			house = max(house, p.houseLevel(&as[i], &bs[j]))
			area = max(area, p.areaLevel(&as[i], &bs[j]))
			unit = max(unit, p.unitLevel(as[i].Unit, bs[j].Unit))
		}
	}
	p.setPlaces(house, area, unit, out)
}

func (p *plan) setPlaces(house, area, unit uint8, out *Pattern) {
	if p.unit >= 0 {
		out.set(p.unit, unit)
	}
	if p.address >= 0 {
		out.set(p.address, house)
		if house >= 4 {
			area = 0
		}
	}
	if p.area >= 0 {
		out.set(p.area, area)
	}
}

func (p *plan) houseLevel(x, y *mention.Address) uint8 {
	if x.House != 0 && x.House == y.House {
		return p.houseBin[x.House]
	}
	if x.Street == 0 || y.Street == 0 {
		return 0
	}
	s := p.set
	sameNumber := x.Number != 0 && x.Number == y.Number
	if x.Street == y.Street {
		switch {
		case x.Number == 0 || y.Number == 0:
			return 4
		case similarity.OneEdit(s.Number.Text(x.Number), s.Number.Text(y.Number)):
			return 6
		}
		return 4
	}
	jw := similarity.JaroWinkler(s.Street.Text(x.Street), s.Street.Text(y.Street))
	switch {
	case jw >= .88 && sameNumber:
		return 7
	case jw >= .90:
		return 3
	case sameNumber:
		return 2
	}
	return 1
}

func (p *plan) unitLevel(x, y mention.Value) uint8 {
	switch {
	case x == 0 || y == 0 || p.unit < 0:
		return 0
	case x == y:
		return p.unitBin[x]
	}
	return attributeLevel(p.set.Unit.Text(x), p.set.Unit.Text(y))
}

func (p *plan) areaLevel(x, y *mention.Address) uint8 {
	best := uint8(0)
	s := p.set
	if x.City != 0 && y.City != 0 {
		best = 1
		if x.City == y.City {
			best = p.cityBin[x.City]
		} else if similarity.JaroWinkler(s.City.Text(x.City), s.City.Text(y.City)) >= .88 {
			best = 2
		}
	}
	if x.Postal == 0 || y.Postal == 0 {
		return best
	}
	if x.Postal == y.Postal {
		return max(best, p.postalBin[x.Postal])
	}
	a, b := s.Postal.Text(x.Postal), s.Postal.Text(y.Postal)
	switch {
	case similarity.NumberSlip(a, b) >= similarity.OneDigit:
		return max(best, 4)
	case begin(a) == begin(b):
		return max(best, 3)
	}
	return max(best, 1)
}

// begin is the part of a postal code that names a region: the part before a
// blank, else the first three signs.
func begin(postal string) string {
	if head, _, ok := strings.Cut(postal, " "); ok {
		return head
	}
	return postal[:min(3, len(postal))]
}
