package configs

import "time"

// Queue bounds what the agent keeps on disk until the collector has it; the
// oldest goes first.
type Queue struct {
	MB   float64 `yaml:"queue_mb"`   // default 100
	Days float64 `yaml:"queue_days"` // default 0: however old
}

// Bytes is the bound in bytes.
func (q Queue) Bytes() int64 { return int64(q.MB * 1e6) }

// Age is the bound in time; 0 for none.
func (q Queue) Age() time.Duration { return time.Duration(q.Days * 24 * float64(time.Hour)) }

// queue checks the bounds of the queue.
func (c *checker) queue(q Queue) {
	c.at("queue_mb").between(q.MB, 1, 100_000)
	c.at("queue_days").between(q.Days, 0, 3650)
}
