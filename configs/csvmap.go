package configs

import "thermie/interval"

// CSVMap says how to read a history file exported by a BMS or DCIM.
type CSVMap struct {
	Encoding  string   `yaml:"encoding"`  // "utf-8" (default) or "windows-1252"
	Delimiter string   `yaml:"delimiter"` // one sign or "tab"; default ","
	Decimal   string   `yaml:"decimal"`   // "." (default) or ","
	Timezone  string   `yaml:"timezone"`  // IANA name or fixed offset "+01:00"; required
	Time      CSVTime  `yaml:"time"`
	MaxHold   Duration `yaml:"max_hold"` // how long a row's values stand; default 15m
	Interval  Duration `yaml:"interval"` // interval length to build; default: the agent's
	Columns   []Column `yaml:"columns"`
	Simulated bool     `yaml:"simulated"`
}

// CSVTime names the time column and its form.
type CSVTime struct {
	Column string `yaml:"column"`
	Format string `yaml:"format"` // Go layout, "unix_s", or "day_fraction" with Day
	Day    string `yaml:"day"`    // the day of a day_fraction column, 2006-01-02
}

// Column maps one column to a point and kind.
type Column struct {
	Column string        `yaml:"column"`
	Point  string        `yaml:"point"`
	Kind   interval.Kind `yaml:"kind"`
	Unit   string        `yaml:"unit"`
}
