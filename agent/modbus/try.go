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
	wanted = withTellers(wanted, t.Registers)
	requests, err := runs(wanted, t.MaxWords)
	if err != nil {
		return nil, err
	}
	place(requests, wanted)
	answers := make([]Answer, len(wanted))
	for _, q := range requests {
		raw, err := u.read(q)
		if err != nil {
			return byName(wanted, answers), fmt.Errorf("registers %d to %d: %w", q.address, int(q.address)+int(q.words)-1, err)
		}
		note(answers, q, raw, time.Now())
	}
	err = tellUnits(wanted, answers)
	return byName(wanted, answers), err
}

// Tries is the most requests that a Try makes.
func Tries(t configs.Template, wanted []configs.Register) int {
	requests, _ := runs(withTellers(wanted, t.Registers), t.MaxWords) // what does not fit is not asked
	return len(requests)
}

// runs are the fewest requests that read the registers and nothing between.
func runs(registers []configs.Register, maxWords int) (all []request, err error) {
	blocks, err := plan(registers, maxWords)
	for _, b := range blocks {
		all = append(all, group(b.fields, maxWords, 0)...)
	}
	return all, err
}
