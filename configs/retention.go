package configs

import "fmt"

// Retention says for how many days what is stored is kept; 0 is forever.
// Cards, events and filed reports never expire.
type Retention struct {
	IntervalsDays int `yaml:"intervals_days"` // intervals as agents sent them
	RollupsDays   int `yaml:"rollups_days"`   // hourly roll-ups and daily balances
}

// Forever reports whether nothing expires.
func (r Retention) Forever() bool { return r == Retention{} }

// String says it in words, for the log.
func (r Retention) String() string {
	words := func(days int) string {
		if days == 0 {
			return "forever"
		}
		return fmt.Sprintf("%d days", days)
	}
	return fmt.Sprintf("intervals %s, roll-ups and balances %s, filed reports forever", words(r.IntervalsDays), words(r.RollupsDays))
}

// leastRetention covers a reporting year and the months after it in which it
// is declared and corrected.
const leastRetention = 550

// retention checks that what a report needs outlives the report, and that
// what is computed outlives what it was computed from.
func (p place) retention(r Retention, store string) {
	if store == InfluxStore && !r.Forever() {
		p.fault("set the retention of the bucket there", "InfluxDB keeps its intervals by its own rules")
		return
	}
	for key, days := range map[string]int{"intervals_days": r.IntervalsDays, "rollups_days": r.RollupsDays} {
		if days != 0 && days < leastRetention {
			p.at(key).fault("leave it out to keep everything", "%d days is less than a reporting year and its corrections need (%d)", days, leastRetention)
		}
	}
	if r.RollupsDays != 0 && (r.IntervalsDays == 0 || r.IntervalsDays > r.RollupsDays) {
		p.at("rollups_days").fault("keep them at least as long", "roll-ups and balances would expire before the intervals that they were computed from")
	}
}
