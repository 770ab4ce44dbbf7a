package reports

import (
	"cmp"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
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
	FileYear       int  // of the own hours, by their time stamps or as stated; 0 without
	OwnWeather     bool // the outdoor temperatures are the file's own

	Normalised         bool // Annual is Stated put right for the climate
	DegreeDays, Normal float64
	DegreeDayMethod    string
}

// demandOf forms the hours of a network's demand and the outdoor temperature
// that goes with them.
func demandOf(n configs.Network, year heat.Period) (demand []interval.Power, outdoor []interval.Temperature, b DemandBasis, err error) {
	if n.Demand <= 0 && !n.OwnHours() {
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
	if n.OwnHours() {
		own, err := ownHours(n, year)
		if err != nil {
			return nil, nil, b, fmt.Errorf("network %s: %w", n.ID, err)
		}
		model.Series, model.Annual, b.FileYear = own.Demand, b.Stated, cmp.Or(own.Year, n.DemandYear)
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
	if n.DegreeDays == 0 || n.OwnHours() {
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

// ownHours reads a network's own hours: those that its registry gave, or those
// of its file.
func ownHours(n configs.Network, year heat.Period) (heat.DemandSeries, error) {
	if n.DemandHours != "" {
		return heat.ReadDemand(strings.NewReader(n.DemandHours), year)
	}
	if n.DemandFile == "" {
		return heat.DemandSeries{}, errors.New("demand_sha256 names hours that a collector's registry keeps\nhint: ask that collector for the report")
	}
	return readDemand(n.DemandFile, year)
}

// readDemand reads the hours of a file.
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
