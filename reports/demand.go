package reports

import (
	"fmt"
	"os"
	"path/filepath"
	"time"

	"thermie/configs"
	"thermie/heat"
	"thermie/interval"
)

// DemandBasis says what a network's hours were formed from, for a reader.
type DemandBasis struct {
	Method         string // DS1 the operator's own hours, BD1 a standard profile, D1 degree hours
	Profile        string // of BD1
	Origin         string // of what the configuration states; empty where it is all default
	Stated, Annual interval.Energy
	FileYear       int  // of the own hours' time stamps; 0 without
	OwnWeather     bool // the outdoor temperatures are the file's own

	Normalised         bool // Annual is Stated put right for the climate
	DegreeDays, Normal float64
	DegreeDayMethod    string
}

// demandOf forms the hours of a network's demand and the outdoor temperature
// that goes with them.
func demandOf(n configs.Network, year heat.Period) (demand []interval.Power, outdoor []interval.Temperature, b DemandBasis, err error) {
	if n.Demand <= 0 && n.DemandFile == "" {
		return nil, nil, b, fmt.Errorf("network %s: %w", n.ID, heat.NewFault("demand_unstated",
			"nothing states its demand\nhint: demand_mwh takes the heat delivered in a normal year, demand_csv its hours"))
	}
	if outdoor, err = TypicalYear(n.ClimateZone, year); err != nil {
		return nil, nil, b, fmt.Errorf("network %s: %w", n.ID, err)
	}
	b.Stated, b.Profile, b.Origin = interval.Energy(n.Demand)*interval.MegawattHour, n.DemandProfile, n.DemandOrigin
	b.normalise(n, outdoor, year.From)
	model := heat.DemandModel{Annual: b.Annual, Profile: n.DemandProfile, BaseShare: n.BaseShare / 100}
	if n.HeatingBaseC != 0 {
		model.Base = interval.Celsius(n.HeatingBaseC)
	}
	if n.DemandFile != "" {
		own, err := readDemand(n.DemandFile, year)
		if err != nil {
			return nil, nil, b, fmt.Errorf("network %s: %w", n.ID, err)
		}
		model.Series, model.Annual, b.FileYear = own.Demand, b.Stated, own.Year
		if own.Outdoor != nil {
			outdoor, b.OwnWeather = own.Outdoor, true
		}
	}
	if demand, b.Method, err = model.Hours(outdoor, year.From); err != nil {
		return nil, nil, b, fmt.Errorf("network %s: %w", n.ID, err)
	}
	b.Annual = 0
	for _, p := range demand {
		b.Annual += p.For(time.Hour)
	}
	return demand, outdoor, b, nil
}

// normalise puts the stated year right for the climate, where the network
// says which degree days it had. Its own hours are what they are.
func (b *DemandBasis) normalise(n configs.Network, outdoor []interval.Temperature, start time.Time) {
	b.Annual = b.Stated
	if n.DegreeDays == 0 || n.DemandFile != "" {
		return
	}
	day := heat.CosticDegreeDay
	if n.DegreeDayMethod == "meteo" {
		day = heat.MeteoDegreeDay
	}
	b.Normalised, b.DegreeDays, b.DegreeDayMethod = true, n.DegreeDays, n.DegreeDayMethod
	b.Normal = heat.DegreeDays(outdoor, start, heat.DegreeDayBase, day, nil)
	b.Annual = heat.NormaliseDemand(b.Stated, n.BaseShare/100, b.DegreeDays, b.Normal)
}

// readDemand reads a network's own hours.
func readDemand(path string, year heat.Period) (heat.DemandSeries, error) {
	f, err := os.Open(path)
	if err != nil {
		return heat.DemandSeries{}, heat.NewFault("demand_file", "demand_csv: {cause}", "file", filepath.Base(path), "cause", err.Error())
	}
	defer f.Close()
	s, err := heat.ReadDemand(f, year)
	if err != nil {
		return s, fmt.Errorf("%s: %w", path, err)
	}
	return s, nil
}
