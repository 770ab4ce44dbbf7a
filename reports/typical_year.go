package reports

import (
	"encoding/csv"
	"fmt"
	"io"
	"strconv"
	"strings"
	"sync"
	"time"

	"thermie/configs"
	"thermie/heat"
	"thermie/interval"
)

// TypicalYear returns the outdoor temperature of each hour of year in a
// climate zone (H1a … H3) of the RT2012 conventional year. It is a typical
// year, not the one that was measured: the potential is that of an ordinary
// winter. A leap year repeats 28 February.
func TypicalYear(zone string, year heat.Period) ([]interval.Temperature, error) {
	zones, err := typicalZones()
	if err != nil {
		return nil, err
	}
	typical, ok := zones[strings.ToLower(zone)]
	if !ok {
		return nil, heat.NewFault("climate_zone", "no typical year for climate zone \"{zone}\"\nhint: climate_zone takes H1a, H1b, H1c, H2a, H2b, H2c, H2d or H3", "zone", zone)
	}
	hours := make([]interval.Temperature, 0, year.Hours())
	for t := year.From; t.Before(year.To); t = t.Add(time.Hour) {
		day := t.YearDay() - 1
		if leap(t.Year()) && day > lastOfFebruary {
			day--
		}
		hours = append(hours, typical[day*24+t.Hour()])
	}
	return hours, nil
}

// lastOfFebruary is the index of 28 February among the days of a year.
const lastOfFebruary = 31 + 28 - 1

func leap(year int) bool {
	return time.Date(year, time.December, 31, 0, 0, 0, 0, time.UTC).YearDay() == 366
}

// typicalZones reads the weather file once, a column `<zone>_tdry_c` a climate
// zone: the zone's name in lower case to 8,760 hours.
var typicalZones = sync.OnceValues(func() (map[string][]interval.Temperature, error) {
	f, err := configs.Open(configs.TypicalYear)
	if err != nil {
		return nil, fmt.Errorf("typical weather: %w", err)
	}
	defer f.Close()
	return readZones(f)
})

// readZones reads the columns `<zone>_tdry_c`.
func readZones(r io.Reader) (map[string][]interval.Temperature, error) {
	rows, err := csv.NewReader(r).ReadAll()
	if err != nil {
		return nil, fmt.Errorf("%s: %w", configs.TypicalYear, err)
	}
	if len(rows) != 1+365*24 {
		return nil, fmt.Errorf("%s: %d rows, want a head and 8,760 hours", configs.TypicalYear, len(rows))
	}
	zones := map[string][]interval.Temperature{}
	for column, name := range rows[0] {
		zone, dry := strings.CutSuffix(strings.ToLower(name), "_tdry_c")
		if !dry {
			continue
		}
		for line, row := range rows[1:] {
			celsius, err := strconv.ParseFloat(row[column], 64)
			if err != nil {
				return nil, fmt.Errorf("%s:%d: column %s: %q is not a number", configs.TypicalYear, line+2, name, row[column])
			}
			zones[zone] = append(zones[zone], interval.Celsius(celsius))
		}
	}
	return zones, nil
}
