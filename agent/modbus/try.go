package modbus

import (
	"fmt"
	"time"

	"thermie/configs"
)

// Try asks for registers in runs without holes, once each, and ends at the
// first run that is not answered: what a search for the right template asks
// of a device that is not known.
func (u Unit) Try(t configs.Template, wanted []configs.Register) (map[string]Answer, error) {
	requests, err := runs(t, wanted)
	if err != nil {
		return nil, err
	}
	answers := map[string]Answer{}
	for _, q := range requests {
		raw, err := u.read(q)
		if err != nil {
			return answers, fmt.Errorf("registers %d to %d: %w", q.address, int(q.address)+int(q.words)-1, err)
		}
		note(answers, q, raw, time.Now())
	}
	return answers, tellUnits(wanted, answers)
}

// Tries is the most requests that a Try makes.
func Tries(t configs.Template, wanted []configs.Register) int {
	requests, _ := runs(t, wanted) // what does not fit is not asked
	return len(requests)
}

func runs(t configs.Template, wanted []configs.Register) (all []request, err error) {
	blocks, err := plan(withTellers(wanted, t.Registers), t.MaxWords)
	for _, b := range blocks {
		all = append(all, group(b.fields, t.MaxWords, 0)...)
	}
	return all, err
}
