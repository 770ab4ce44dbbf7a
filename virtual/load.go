package virtual

import (
	"bufio"
	"fmt"
	"strconv"
	"strings"
	"time"

	"thermie/configs"
)

const (
	// servers of one simulated hall: each runs the measured record from
	// another week on, so that the hour of the day and the day of the week
	// stay what they were.
	servers      = 64
	hoursPerWeek = 168

	recordTime = "2006-01-02 15:04:05.000"
)

// readServerLoad gives the measured hourly power of one server in W, oldest
// hour first. An hour that the record misses repeats the one before.
func readServerLoad() ([]float64, error) {
	f, err := configs.Open(configs.ServerLoad)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	byHour := map[time.Time]float64{}
	var oldest, newest time.Time
	lines := bufio.NewScanner(f)
	for lines.Scan() {
		at, watts, ok := recordLine(lines.Text())
		if !ok {
			continue // the heading and the closing remarks of the export
		}
		byHour[at] = watts
		if oldest.IsZero() || at.Before(oldest) {
			oldest = at
		}
		if at.After(newest) {
			newest = at
		}
	}
	if err := lines.Err(); err != nil || len(byHour) == 0 {
		return nil, fmt.Errorf("read %s: %d hours, %w", configs.ServerLoad, len(byHour), err)
	}
	var record []float64
	for at := oldest; !at.After(newest); at = at.Add(time.Hour) {
		watts, measured := byHour[at]
		if !measured {
			watts = record[len(record)-1]
		}
		record = append(record, watts)
	}
	return record, nil
}

// recordLine reads host, time and mean power from one line of the record.
func recordLine(line string) (at time.Time, watts float64, ok bool) {
	fields := strings.Split(line, "\t")
	if len(fields) < 3 {
		return at, 0, false
	}
	at, err := time.Parse(recordTime, fields[1])
	watts, err2 := strconv.ParseFloat(fields[2], 64)
	return at, watts, err == nil && err2 == nil
}

// hallLoad gives the hourly load of a hall as a multiple of its yearly mean:
// the sum of the servers, the first of which begins at the record's week
// firstWeek. The record begins anew where it ends.
func hallLoad(record []float64, hours, firstWeek int) []float64 {
	load, total := make([]float64, hours), 0.0
	for h := range load {
		for s := range servers {
			load[h] += record[(h+(firstWeek+s)*hoursPerWeek)%len(record)]
		}
		total += load[h]
	}
	for h := range load {
		load[h] *= float64(hours) / total
	}
	return load
}
