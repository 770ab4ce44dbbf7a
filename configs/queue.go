package configs

import "time"

// Queue bounds what the agent keeps on disk until the collector has it; the
// oldest goes first.
type Queue struct {
	MB   int `yaml:"queue_mb"`   // default 100
	Days int `yaml:"queue_days"` // default 0: however old
}

// Bytes is the bound in bytes.
func (q Queue) Bytes() int64 { return int64(q.MB) * 1e6 }

// Age is the bound in time; 0 for none.
func (q Queue) Age() time.Duration { return time.Duration(q.Days) * 24 * time.Hour }

// queue checks the bounds of the queue.
func (c *checker) queue(q Queue) {
	c.at("queue_mb").between(float64(q.MB), 1, 100_000)
	c.at("queue_days").between(float64(q.Days), 0, 3650)
}
