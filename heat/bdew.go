package heat

import (
	"embed"
	"math"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"thermie/interval"
)

// Profile is a standard load profile of the German gas trade: how a day's
// heat follows its temperature, and how it falls on the hours.
//
// Method: BD1.
type Profile struct {
	ID         string
	a, b, c, d float64 // sigmoid
	mS, bS     float64 // line of space heat
	mW, bW     float64 // line of hot water
}

// profiles is the SigLinDe set; other sets exist and are never mixed with it.
var profiles = []Profile{
	{"SFH", 1.6209544, -37.1833141, 5.6727847, 0.0716431, -0.04957, 0.8401015, -0.002209, 0.1074468},
	{"MFH", 1.2328655, -34.7213605, 5.8164304, 0.0873352, -0.0409284, 0.767292, -0.002232, 0.1199207},
	{"COM", 1.3010623, -35.6816144, 6.6857976, 0.1409267, -0.0473428, 0.8141691, -0.0010601, 0.1325092},
}

// ProfileByID returns the profile of one-family houses (SFH), of blocks of
// flats (MFH) or of commerce (COM), for normal wind.
func ProfileByID(id string) (Profile, bool) {
	n := slices.IndexFunc(profiles, func(p Profile) bool { return p.ID == id })
	if n < 0 {
		return Profile{}, false
	}
	return profiles[n], true
}

// Daily returns a day's heat relative to that of a day at 8 °C.
//
// Method: BD1.
func (p Profile) Daily(allocation interval.Temperature) float64 {
	t := allocation.Celsius()
	line := max(p.mS*t+p.bS, p.mW*t+p.bW)
	return p.a/(1+math.Pow(p.b/(t-40), p.c)) + p.d + line
}

// AllocationTemperature weighs a day's mean temperature with those of the
// three days before it, the nearest first.
//
// Method: BD1.
func AllocationTemperature(day, before1, before2, before3 interval.Temperature) interval.Temperature {
	return (day + before1/2 + before2/4 + before3/8) / 1.875
}

// Demand spreads a network's yearly heat over the hours of an outdoor series
// of whole days that starts at start.
//
// Method: BD1.
func (p Profile) Demand(annual interval.Energy, outdoor []interval.Temperature, start time.Time) ([]interval.Power, error) {
	if len(outdoor) == 0 || len(outdoor)%24 != 0 {
		return nil, NewFault("profile_days", "profile {profile}: {hours} hours of temperature are no whole days", "profile", p.ID, "hours", len(outdoor))
	}
	shares := hourShares()[p.ID]
	demand := make([]interval.Power, len(outdoor))
	means := dailyMeans(outdoor)
	var sum float64
	for d, mean := range means {
		before := func(n int) interval.Temperature { return means[max(0, d-n)] }
		heat := p.Daily(AllocationTemperature(mean, before(1), before(2), before(3)))
		if !finite(heat) {
			return nil, NewFault("profile_day", "profile {profile}: day {day} has no temperature", "profile", p.ID, "day", d+1)
		}
		weekday := (int(start.AddDate(0, 0, d).Weekday()) + 6) % 7 // Monday is 0
		for h := range 24 {
			demand[24*d+h] = interval.Power(heat * shares.at(weekday, h, mean))
			sum += float64(demand[24*d+h])
		}
	}
	for h := range demand {
		demand[h] *= interval.Power(float64(annual) / 3600 / sum)
	}
	return demand, nil
}

func dailyMeans(outdoor []interval.Temperature) []interval.Temperature {
	means := make([]interval.Temperature, len(outdoor)/24)
	for h, t := range outdoor {
		means[h/24] += t / 24
	}
	return means
}

// dayShares holds the share of an hour in its day by row (hour, for COM
// weekday and hour) and temperature class.
type dayShares [][10]float64

// at returns the share of an hour in a day of a mean temperature, whose class
// is that temperature rounded up to 5 K, within −15 to 30 °C.
func (s dayShares) at(weekday, hour int, mean interval.Temperature) float64 {
	class := int(math.Ceil(mean.Celsius()/5)) + 3
	if len(s) > 24 {
		hour += 24 * weekday
	}
	return s[hour][min(max(class, 0), 9)]
}

//go:embed bdew/*.csv
var bdewFiles embed.FS

// hourShares reads the embedded tables once. They are part of the program: a
// fault in them is a fault of the program.
var hourShares = sync.OnceValue(func() map[string]dayShares {
	tables := map[string]dayShares{}
	for _, p := range profiles {
		text, err := bdewFiles.ReadFile("bdew/hours_" + p.ID + ".csv")
		if err != nil {
			panic(err)
		}
		lines := strings.Split(strings.TrimSpace(string(text)), "\n")
		for _, line := range lines[1:] {
			fields := strings.Split(strings.ReplaceAll(line, ",", "."), ";")
			var row [10]float64
			for i, f := range fields[len(fields)-10:] {
				if row[i], err = strconv.ParseFloat(strings.TrimSpace(f), 64); err != nil {
					panic(err)
				}
			}
			tables[p.ID] = append(tables[p.ID], row)
		}
	}
	return tables
})
