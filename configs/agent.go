package configs

import "thermie/interval"

// Agent is the configuration of `thermie agent` and `thermie import`.
type Agent struct {
	Site      SiteEntry `yaml:"site"`
	Interval  Duration  `yaml:"interval"`  // length of the intervals sent; default 10m
	State     string    `yaml:"state"`     // folder of the queue and the baselines
	Collector Upstream  `yaml:"collector"` // where the intervals go
	Points    []Point   `yaml:"points"`
	Modbus    []Line    `yaml:"modbus"`
	MQTT      []Broker  `yaml:"mqtt"`
	Status    string    `yaml:"status"`  // where the status page listens: loopback host:port or unix:/path; empty: nowhere
	Stepped   *Stepped  `yaml:"stepped"` // simulated time, for demonstrations and tests
}

// SiteEntry is a site's id and description.
type SiteEntry struct {
	ID            string `yaml:"id"`
	interval.Site `yaml:",inline"`
}

// Point is a metering point's id and description.
type Point struct {
	ID             string  `yaml:"id"`
	MaxKW          float64 `yaml:"max_kw"` // the most that can flow there; a counter that grows faster is held back
	interval.Point `yaml:",inline"`
}

// Broker is one MQTT broker and the topics read there.
type Broker struct {
	URL      string   `yaml:"url"`
	ClientID string   `yaml:"client_id"`
	Topics   []Topic  `yaml:"topics"`
	MaxHold  Duration `yaml:"max_hold"` // how long a value stands when no new one comes; default 15m
}

// Topic is one subscribed topic with JSON payloads.
type Topic struct {
	Topic  string  `yaml:"topic"`
	Time   string  `yaml:"time"` // path of the payload's Unix time in seconds; empty: arrival time
	Values []Value `yaml:"values"`
}

// Value is one number in a payload.
type Value struct {
	Path  string        `yaml:"path"`
	Point string        `yaml:"point"`
	Kind  interval.Kind `yaml:"kind"`
	Unit  string        `yaml:"unit"`
}

// Stepped drives the agent by a virtual data center's clock instead of wall
// time: each step is asked for, and taken when every source has answered.
type Stepped struct {
	URL string `yaml:"url"`
}
