package virtual

import (
	"fmt"
	"math"
	"math/rand/v2"
	"strconv"
	"time"

	"thermie/interval"
)

// fleetSeries is the number of series of a site of the fleet, and so of
// lines in its request.
const fleetSeries = 40

// fleetPoint is a metering point of every site of the fleet.
type fleetPoint struct {
	id    string
	point interval.Point
	kinds []interval.Kind
}

// fleetPlant has 13 electricity meters, two heat circuits and a weather
// station: 40 series.
func fleetPlant() (plant []fleetPoint) {
	electric := func(id string, role interval.Role, under string) {
		plant = append(plant, fleetPoint{id, interval.Point{Role: role, Under: under, Class: "iec62053-1"},
			[]interval.Kind{interval.ElectricEnergy, interval.ElectricPower}})
	}
	electric("total", interval.RoleTotal, "")
	for n := range 8 {
		electric(fmt.Sprintf("it-%d", n+1), interval.RoleIT, "total")
	}
	for n := range 4 {
		electric(fmt.Sprintf("cooling-%d", n+1), interval.RoleCooling, "total")
	}
	for n := range 2 {
		plant = append(plant, fleetPoint{fmt.Sprintf("heat-%d", n+1),
			interval.Point{Role: interval.RoleHeat, Circuit: "chilled-water", NominalM3H: 60, MinimumDTK: 3, Class: "en1434-2"},
			[]interval.Kind{interval.ThermalEnergy, interval.CircuitHeat, interval.VolumeFlowRate, interval.SupplyTemperature, interval.ReturnTemperature}})
	}
	plant = append(plant, fleetPoint{"weather", interval.Point{Role: interval.RoleClimate},
		[]interval.Kind{interval.OutdoorTemperature, interval.OutdoorHumidity, interval.AirTemperature, interval.RelativeHumidity}})
	for i := range plant {
		plant[i].point.Name, plant[i].point.Data = plant[i].id, interval.SimulatedData
	}
	return plant
}

// appendFleetCards appends a site's card and those of its points.
func appendFleetCards(dst []byte, site int, from time.Time) []byte {
	place := interval.Site{Name: FleetSite(site), Operator: "Thermie's fleet generator", Tap: "chilled_water_return", UTCOffsetMin: 60,
		Circuits: []interval.Circuit{{ID: "chilled-water", Tap: "chilled_water_return", Medium: "water", FlowMeterSide: "return"}},
		Data:     interval.SimulatedData, Fictitious: true}
	valid := from.Unix()
	dst = append(interval.Card{Site: FleetSite(site), Meter: interval.SiteCard, ValidFrom: valid, Place: &place}.AppendLine(dst), '\n')
	for _, p := range fleetPlant() {
		dst = append(interval.Card{Site: FleetSite(site), Meter: p.id, ValidFrom: valid, Point: &p.point}.AppendLine(dst), '\n')
	}
	return dst
}

// fleetVariants is how many values each series takes in turn.
const fleetVariants = 64

// fleetPieces holds, ready to be joined, the middle of every line: the
// generator shares the machine with what it measures, so it must cost little.
type fleetPieces struct {
	lines [fleetSeries][fleetVariants][2][]byte // by series, variant and revision
}

func newFleetPieces() *fleetPieces {
	r := rand.New(rand.NewPCG(1, 2))
	p := &fleetPieces{}
	series := 0
	for _, point := range fleetPlant() {
		for _, kind := range point.kinds {
			for variant := range fleetVariants {
				rec := fleetRecord(point.id, kind, r)
				p.lines[series][variant][0] = lineMiddle(rec)
				rec.SI, rec.Rev = rec.SI+100*rec.U, 1
				rec.Min, rec.Max = rec.Min+100*rec.U, rec.Max+100*rec.U
				p.lines[series][variant][1] = lineMiddle(rec)
			}
			series++
		}
	}
	return p
}

// fleetRecord makes a value as a builder rounds it, around a level of its
// kind.
func fleetRecord(meter string, kind interval.Kind, r *rand.Rand) interval.Record {
	rec := interval.Record{Meter: meter, Kind: kind, Length: 600, Cov: 1, Min: math.NaN(), Max: math.NaN(),
		Flags: interval.Simulated.With(interval.Live)}
	switch kind {
	case interval.ElectricEnergy, interval.ThermalEnergy: // a counter of 1 kWh
		rec.SI, rec.U = 3.6e6*math.Round(40+2*r.NormFloat64()), 2.1e6
	case interval.ElectricPower, interval.CircuitHeat:
		rec.SI, rec.U = 1e4*math.Round(14400+500*r.NormFloat64()), 2e5
	case interval.VolumeFlowRate:
		rec.SI, rec.U = math.Round(1200+50*r.NormFloat64())/1e5, 2e-4
	case interval.OutdoorHumidity, interval.RelativeHumidity:
		rec.SI, rec.U = math.Round(500+20*r.NormFloat64())/1e3, 0.02
	default: // temperatures
		rec.SI, rec.U = math.Round(29500+100*r.NormFloat64())/100, 0.2
	}
	if nature, _ := kind.Nature(); !nature.Extensive {
		rec.Min, rec.Max = rec.SI-rec.U, rec.SI+rec.U
	}
	return rec
}

// lineMiddle is the part of a line between the site and the time.
func lineMiddle(r interval.Record) []byte {
	r.Site = "s"
	line := r.AppendLine(nil)
	return line[len("interval,site=s") : len(line)-len("0")]
}

// appendInterval appends the 40 lines of an interval of a site.
func (p *fleetPieces) appendInterval(dst []byte, site int, start int64, rev int) []byte {
	head := "interval,site=" + FleetSite(site)
	var digits [20]byte
	at := strconv.AppendInt(digits[:0], start, 10)
	first := site*7 + int(start/600)
	for n := range p.lines {
		variant := uint(first+n*13+first*n) % fleetVariants
		dst = append(dst, head...)
		dst = append(dst, p.lines[n][variant][rev]...)
		dst = append(dst, at...)
		dst = append(dst, '\n')
	}
	return dst
}
