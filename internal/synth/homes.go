package synth

import "github.com/casefold/casefold"

// Streets of the county: ordinary names, in the state's fashion. Chosen by us.
var streets = []string{
	"MAIN ST", "OAK ST", "ELM AVE", "MAPLE LN", "5TH ST", "12TH AVE", "21ST ST", "34TH ST", "BROADWAY", "FOLSOM BLVD", "FLORIN RD",
	"FRUITRIDGE RD", "MACK RD", "STOCKTON BLVD", "FREEPORT BLVD", "NORTHGATE BLVD", "DEL PASO BLVD", "MARYSVILLE BLVD", "RIO LINDA BLVD",
	"WATT AVE", "ARDEN WAY", "EL CAMINO AVE", "FULTON AVE", "MARCONI AVE", "AUBURN BLVD", "GREENBACK LN", "SUNRISE BLVD", "MADISON AVE",
	"ELKHORN BLVD", "WALERGA RD", "ROSEVILLE RD", "BRADSHAW RD", "JACKSON RD", "POWER INN RD", "FRANKLIN BLVD", "MEADOWVIEW RD", "24TH ST",
	"RIVERSIDE BLVD", "SEAMAS AVE", "43RD AVE", "47TH AVE", "65TH ST", "ELSIE AVE", "VALLEY HI DR", "BRUCEVILLE RD", "CENTER PKWY",
	"LAGUNA BLVD", "BOND RD", "ELK GROVE FLORIN RD", "CALVINE RD", "GERBER RD", "S WATT AVE", "KIEFER BLVD", "LA RIVIERA DR", "COLLEGE TOWN DR",
	"HOWE AVE", "COTTAGE WAY", "EDISON AVE", "WHITNEY AVE", "WALNUT AVE", "MISSION AVE", "FAIR OAKS BLVD", "HAZEL AVE", "MANZANITA AVE",
	"ANTELOPE RD", "DON JULIO BLVD", "HILLSDALE BLVD", "MYRTLE AVE", "PALM AVE", "AIRBASE DR", "GRAND AVE", "NORWOOD AVE", "WESTERN AVE",
	"GARDEN HWY", "TRUXEL RD", "SAN JUAN RD", "W EL CAMINO AVE", "AZEVEDO DR", "POCKET RD", "GREENHAVEN DR", "RUSH RIVER DR", "HAVENSIDE DR",
}

// settle gives a person homes: a first one at birth and moves every few years.
func (w *world) settle(r *stream, p *identity) {
	n := 1 + weigh(r, 30, 30, 20, 12, 8)
	from := p.birth
	for range n {
		county := office
		switch weigh(r, 84, 7, 9) {
		case 1:
			county = neighbour
		case 2:
			county = pick(r, []string{"PLACER", "SAN JOAQUIN", "EL DORADO", "ALAMEDA", "SOLANO"})
		}
		h := home{from: from, number: digits(uint64(r.between(1, 98)*100+r.below(99)), 1), street: pick(r, streets), place: w.t.places[county].draw(r)}
		if r.chance(.3) {
			h.unit = pick(r, []string{"APT ", "#", "UNIT ", "SPC "}) + digits(uint64(r.between(1, 240)), 1)
		}
		area := "916"
		if county != office {
			area = map[string]string{"YOLO": "530", "PLACER": "530", "SAN JOAQUIN": "209", "EL DORADO": "530", "ALAMEDA": "510", "SOLANO": "707"}[county]
		}
		h.phone = area + "555" + digits(uint64(r.below(10000)), 4)
		p.home = append(p.home, h)
		from = from.AddDays(r.between(900, 6500))
	}
}

// homeOn is where the person lives on that day.
func (p *identity) homeOn(d casefold.Day) *home {
	at := 0
	for i := range p.home {
		if p.home[i].from <= d {
			at = i
		}
	}
	return &p.home[at]
}
