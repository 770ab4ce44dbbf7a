package virtual

import (
	"encoding/csv"
	"fmt"
	"slices"
	"strconv"
	"time"

	"thermie/configs"
)

const hoursPerDay = 24

// outdoorYear gives the hourly outdoor temperature in °C of the typical year
// of a climate zone, laid over the calendar of year. The typical year has
// 365 days: 29 February repeats the 28th.
func outdoorYear(zone string, year int) ([]float64, error) {
	f, err := configs.Open(configs.TypicalYear)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil || len(rows) < 2 {
		return nil, fmt.Errorf("read %s: %d rows, %w", configs.TypicalYear, len(rows), err)
	}
	column := slices.Index(rows[0], zone+"_tdry_c")
	if column < 0 {
		return nil, fmt.Errorf("read %s: no climate zone %s", configs.TypicalYear, zone)
	}
	var celsius []float64
	for _, row := range rows[1:] {
		t, err := strconv.ParseFloat(row[column], 64)
		if err != nil {
			return nil, fmt.Errorf("read %s: %w", configs.TypicalYear, err)
		}
		celsius = append(celsius, t)
	}
	if leapDay := time.Date(year, 2, 29, 0, 0, 0, 0, time.UTC); leapDay.Day() == 29 {
		end := (leapDay.YearDay() - 1) * hoursPerDay
		celsius = slices.Insert(celsius, end, celsius[end-hoursPerDay:end]...)
	}
	return celsius, nil
}
