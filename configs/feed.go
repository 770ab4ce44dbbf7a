package configs

import "thermie/interval"

// Feed maps what a program that is no agent of ours writes to the collector
// (Telegraf, a BMS, a script) to the metering points of one site. The
// collector makes intervals of it as an agent would.
type Feed struct {
	Site      string      `yaml:"site"`
	Interval  Duration    `yaml:"interval"` // length of the intervals made; default 10m
	MaxHold   Duration    `yaml:"max_hold"` // how long a value stands when no new one comes; default 15m
	Unmapped  string      `yaml:"unmapped"` // what is in no mapping: refuse (default) or count
	Simulated bool        `yaml:"simulated"`
	Points    []Point     `yaml:"points"`
	Values    []FeedValue `yaml:"values"`
}

// What becomes of a feed's points and fields that no mapping names.
const (
	RefuseUnmapped = "refuse" // the line is refused, with its number and why
	CountUnmapped  = "count"  // they are counted and left out
)

// FeedValue is one field of the foreign points, known by measurement and
// tags. Whether it is a running total follows from the kind.
type FeedValue struct {
	Measurement string            `yaml:"measurement"`
	Tags        map[string]string `yaml:"tags"` // all of them with these values; others do not matter
	Field       string            `yaml:"field"`
	Point       string            `yaml:"point"`
	Kind        interval.Kind     `yaml:"kind"`
	Unit        string            `yaml:"unit"`
	Scale       float64           `yaml:"scale"`         // the field times this is in unit; default 1
	Step        float64           `yaml:"step"`          // counters: the smallest step shown, in unit
	RollsOverAt float64           `yaml:"rolls_over_at"` // counters: where it begins again at 0, in unit
}
