package configs

import (
	"regexp"

	"thermie/interval"
)

// parisOffset is metropolitan France's standard time in minutes.
const parisOffset = 60

var (
	inseeCode = regexp.MustCompile(`^[0-9][0-9AB][0-9]{3}$`)

	// accuracyClass has the names that heat.AccuracyOf reads.
	accuracyClass = regexp.MustCompile(`^(iec62053-(0\.2s|0\.5s|1|2)|en1434-[123](-parts)?(\+iec60751-(aa|a|b))?|iec60751-(aa|a|b))$`)
)

// site checks a site's description and gives it the French standard time
// where it states none.
func (p place) site(s *SiteEntry) {
	p.at("id").id(s.ID)
	p.at("name").required(s.Name)
	if !p.at("utc_offset_min").written() {
		s.UTCOffsetMin = parisOffset
	}
	p.at("utc_offset_min").between(float64(s.UTCOffsetMin), -12*60, 14*60)
	p.at("data").oneOf(string(s.Data), provenances)
	p.at("tap").optional(s.Tap, taps)
	p.at("latitude_deg").between(s.Latitude, -90, 90)
	p.at("longitude_deg").between(s.Longitude, -180, 180)
	p.at("position_quality").between(float64(s.PositionClass), 0, 5)
	p.at("it_rated_kw").between(s.RatedITKW, 0, 5e6)
	p.at("total_declared_kwh").between(s.TotalKWh, 0, 1e12)
	p.at("renewable_declared_kwh").between(s.RenewableKWh, 0, 1e12)
	if s.PUE != 0 {
		p.at("pue_assumed").between(s.PUE, 1, 5)
	}
	if s.ReturnC > s.SupplyC && s.SupplyC != 0 {
		p.at("tap_return_c").fault("supply is the hot side, leaving the data center's process; return comes back to it",
			"tap_return_c %v is above tap_supply_c %v", s.ReturnC, s.SupplyC)
	}
	p.commune(s.Commune)
	p.at("operator_siren").register9(s.OperatorSIREN, s.Fictitious)
	p.at("siret").siret(s.SIRET, s.Fictitious)
	p.circuits(s.Circuits)
	p.at("cooling_plant").coolingPlant(s.Cooling)
	p.at("air_hall").airHall(&s.Site)
}

func (p place) commune(code string) {
	if code != "" && !inseeCode.MatchString(code) {
		p.at("commune_insee").fault("the INSEE code has five signs, such as 75056; it is not the postal code", "%q is not a commune's code", code)
	}
}

// circuits checks the heat circuits.
func (p place) circuits(circuits []interval.Circuit) {
	ids := map[string]int{}
	for i, circuit := range circuits {
		at := p.at("circuits", i)
		if at.at("id").id(circuit.ID) {
			at.at("id").unique(ids, circuit.ID, "circuit")
		}
		at.at("tap").oneOf(circuit.Tap, taps)
		at.at("flow_meter_side").oneOf(circuit.FlowMeterSide, sides)
		at.at("pressure_mpa").between(circuit.PressureMPa, 0, 2.5)
		if !at.at("medium").oneOf(circuit.Medium, media) {
			continue
		}
		switch share := at.at("glycol_mass_percent"); {
		case circuit.Medium == "water" && circuit.MassPercent != 0:
			share.fault("write medium: meg or mpg", "water holds no glycol")
		case circuit.Medium != "water" && !share.written():
			share.fault("measure it with a refractometer; a water meter on 30 % glycol reads 8 % too high",
				"the glycol's mass share is missing")
		default:
			share.between(circuit.MassPercent, 0, 60)
		}
	}
}

// points checks the metering points and their places under one another.
func (p place) points(a *Agent) {
	circuits := map[string]bool{}
	for _, circuit := range a.Site.Circuits {
		circuits[circuit.ID] = true
	}
	ids, under := map[string]int{}, map[string]string{}
	for i := range a.Points {
		point, at := &a.Points[i], p.at("points", i)
		if at.at("id").id(point.ID) {
			at.at("id").unique(ids, point.ID, "point")
			under[point.ID] = point.Under
		}
		if point.ID == interval.SiteCard {
			at.at("id").fault("", "%s is the site's own card", interval.SiteCard)
		}
		at.point(a, point, circuits)
	}
	p.hierarchy(a, under)
}

func (p place) point(a *Agent, point *Point, circuits map[string]bool) {
	p.at("name").required(point.Name)
	p.at("role").oneOf(string(point.Role), roles)
	p.at("data").optional(string(point.Data), provenances)
	p.at("max_kw").between(point.MaxKW, 0, 10e6)
	if point.Data == "" {
		point.Data = a.Site.Data
	}
	if point.Circuit != "" && !circuits[point.Circuit] {
		p.at("circuit").fault("describe it under site.circuits", "unknown circuit %q", point.Circuit)
	}
	if point.Role == interval.RoleHeat && point.Circuit == "" {
		p.at("circuit").fault("name one of site.circuits: medium and place of the flow meter decide the heat", "a heat source needs its circuit")
	}
	if point.OwnCooling && point.Role != interval.RoleHandover {
		p.at("own_cooling").fault("it tells apart heat that is handed over from heat that cools the site itself", "own_cooling belongs to the role heat_handover")
	}
	if point.Class != "" && !accuracyClass.MatchString(point.Class) {
		p.at("class").fault("such as iec62053-0.5s, en1434-2 or en1434-2+iec60751-b", "unknown class %q", point.Class)
	}
	p.at("u_declared_percent").within(point.DeclaredPct, 0, 100)
	p.at("qp_m3_per_h").between(point.NominalM3H, 0, 1e5)
	p.at("delta_theta_min_k").between(point.MinimumDTK, 0, 50)
}

// hierarchy checks that every `under` leads up to a point without coming
// back to itself.
func (p place) hierarchy(a *Agent, under map[string]string) {
	for i, point := range a.Points {
		at := p.at("points", i, "under")
		if point.Under == "" {
			continue
		}
		if _, known := under[point.Under]; !known {
			at.knownPoint(a, point.Under)
			continue
		}
		seen := map[string]bool{point.ID: true}
		for up := point.Under; up != ""; up = under[up] {
			if up == point.ID {
				at.fault("under names the point upstream, nearer to the grid", "%s lies under itself", point.ID)
			}
			if seen[up] {
				break
			}
			seen[up] = true
		}
	}
}
