package configs

import (
	"fmt"
	"strings"
	"time"
	_ "time/tzdata" // small machines have no time zones of their own
	"unicode/utf8"
)

func defaultCSVMap(a *Agent) *CSVMap {
	m := &CSVMap{Encoding: "utf-8", Delimiter: ",", Decimal: ".", MaxHold: Duration(15 * time.Minute), Interval: Duration(10 * time.Minute)}
	if a != nil {
		m.Interval = a.Interval
	}
	return m
}

// Location returns the zone in which the file's times stand: an IANA name
// such as Europe/Paris, or a fixed offset such as +01:00.
func (m *CSVMap) Location() (*time.Location, error) {
	if at, err := time.Parse("-07:00", m.Timezone); err == nil {
		_, offset := at.Zone()
		return time.FixedZone(m.Timezone, offset), nil
	}
	if m.Timezone == "" || m.Timezone == "Local" {
		return nil, fmt.Errorf("timezone %q: the machine's own zone is no property of the file", m.Timezone)
	}
	zone, err := time.LoadLocation(m.Timezone)
	if err != nil {
		return nil, fmt.Errorf("timezone %q: %w", m.Timezone, err)
	}
	return zone, nil
}

// csvMap checks the map of a history file against the agent's points.
func (c *checker) csvMap(m *CSVMap, a *Agent) {
	c.at("encoding").oneOf(m.Encoding, []string{"utf-8", "windows-1252"})
	c.at("decimal").oneOf(m.Decimal, []string{".", ","})
	if m.Delimiter == "tab" {
		m.Delimiter = "\t"
	}
	if utf8.RuneCountInString(m.Delimiter) != 1 || m.Delimiter == m.Decimal {
		c.at("delimiter").fault(`such as "," or ";" or tab`, "%q cannot separate columns where %q marks decimals", m.Delimiter, m.Decimal)
	}
	if zoneHint := `write Europe/Paris, or "+01:00" for standard time all year`; m.Timezone == "" {
		c.at("timezone").fault(zoneHint, "timezone is missing")
	} else if _, err := m.Location(); err != nil {
		c.at("timezone").fault(zoneHint, "%q is not a time zone", m.Timezone)
	}
	c.at("interval").intervalLength(m.Interval)
	c.at("max_hold").duration(&m.MaxHold, 15*time.Minute, 31*24*time.Hour)
	c.at("time").csvTime(m.Time)
	c.columns(m, a)
}

func (p place) csvTime(t CSVTime) {
	p.at("column").required(t.Column)
	if !p.at("format").required(t.Format) {
		return
	}
	switch t.Format {
	case "unix_s":
	case "day_fraction":
		if _, err := time.Parse(time.DateOnly, t.Day); err != nil {
			p.at("day").fault("write it like 2025-07-01", "%q is not the day of the file", t.Day)
		}
		return
	default:
		moment := time.Date(2019, 11, 23, 14, 35, 0, 0, time.UTC)
		if back, err := time.Parse(t.Format, moment.Format(t.Format)); err != nil || !back.Equal(moment) {
			p.at("format").fault(`write the time 2 January 2006, 15:04:05 as the file would, such as "02/01/2006 15:04", or unix_s, or day_fraction`,
				"%q does not give date, hour and minute", t.Format)
		}
	}
	if t.Day != "" {
		p.at("day").fault("remove it", "day is for day_fraction only")
	}
}

func (c *checker) columns(m *CSVMap, a *Agent) {
	if len(m.Columns) == 0 {
		c.at("columns").fault("", "columns are missing")
	}
	names, feeds := map[string]int{}, feeds{}
	for i, column := range m.Columns {
		p := c.at("columns", i)
		if p.at("column").required(strings.TrimSpace(column.Column)) {
			p.at("column").unique(names, column.Column, "column")
		}
		p.unit(column.Kind, column.Unit)
		if p.at("point").required(column.Point) && (a == nil || p.at("point").knownPoint(a, column.Point)) {
			feeds.add(p.at("point"), column.Point, column.Kind)
		}
	}
}
