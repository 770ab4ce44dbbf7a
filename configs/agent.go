package configs

import "thermie/interval"

// Agent is the configuration of `thermie agent` and `thermie import`.
type Agent struct {
	Site      SiteEntry `yaml:"site"`
	Interval  Duration  `yaml:"interval"` // length of the intervals sent; default 10m
	State     string    `yaml:"state"`    // folder of the queue and the baselines
	Queue     Queue     `yaml:",inline"`
	Collector Upstream  `yaml:"collector"` // where the intervals go
	Points    []Point   `yaml:"points"`
	Modbus    []Line    `yaml:"modbus"`
	Templates string    `yaml:"templates"` // folder of the site's own device templates; one with the id of ours takes its place
	MQTT      []Broker  `yaml:"mqtt"`
	Host      *Host     `yaml:"host"`    // this machine's own sensors; nil: not read
	Status    string    `yaml:"status"`  // where the status page listens: loopback host:port or unix:/path; empty: nowhere
	Stepped   *Stepped  `yaml:"stepped"` // simulated time, for demonstrations and tests

	own map[string]Template // from Templates
}

// SiteEntry is a site's id and description.
type SiteEntry struct {
	ID            string `yaml:"id"`
	interval.Site `yaml:",inline"`
	Said          `yaml:",inline"` // of a declared site; an agent's card holds from when it is sent
}

// Point is a metering point's id and description.
type Point struct {
	ID             string  `yaml:"id"`
	MaxKW          float64 `yaml:"max_kw"` // the most that can flow there; a counter that grows faster is held back
	interval.Point `yaml:",inline"`
}

// Stepped drives the agent by a virtual data center's clock instead of wall
// time: each step is asked for, and taken when every source has answered.
type Stepped struct {
	URL string `yaml:"url"`
}
