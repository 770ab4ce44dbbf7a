package modbus

import (
	"slices"

	"thermie/configs"
)

// tries is how often a register is asked for before it is taken as lacking.
const tries = 3

// trial finds out which registers a device has, by asking for each alone.
// Some devices show zeros for what they lack once it stands in a block, and
// some do not answer the block at all: neither may become a value, or the
// end of one.
type trial struct {
	wanted   []configs.Register
	maxWords int
	proven   []configs.Register
	failed   map[string]int
	silent   string // the register that was not answered last
}

// note keeps how a register fared that was asked for alone. Silence counts
// against it when the next register is answered: then it was not the device
// that was away.
func (t *trial) note(r request, err error) {
	if t == nil {
		return
	}
	one := *r.fields[0].Register
	switch {
	case refusesBlock(err):
		t.failed[one.Name] = tries
	case err != nil:
		t.silent = one.Name
	default:
		if t.silent != "" {
			t.failed[t.silent]++
			t.silent = ""
		}
		if !t.has(one) {
			t.proven = append(t.proven, one)
		}
	}
}

// over reports whether every register is proven or given up.
func (t *trial) over() bool {
	for _, r := range t.wanted {
		if !t.has(r) && t.failed[r.Name] < tries {
			return false
		}
	}
	return true
}

func (t *trial) has(r configs.Register) bool {
	return slices.ContainsFunc(t.proven, func(p configs.Register) bool { return p.Name == r.Name })
}

// postpone lets the registers on trial behind a silent one come first at the
// next reading.
func (r *Reader) postpone(i int) {
	if r.trial != nil {
		silent := r.requests[i]
		r.requests = append(slices.Delete(r.requests, i, i+1), silent)
	}
}

// conclude ends a trial: what the device has is read in blocks without holes
// from then on, and what it lacks is not asked for again.
func (r *Reader) conclude() {
	if r.trial == nil || len(r.trial.proven) == 0 || !r.trial.over() {
		return
	}
	requests, err := runs(r.trial.proven, r.trial.maxWords)
	if err != nil {
		return // single registers will do
	}
	for _, lacking := range r.trial.wanted {
		if !r.trial.has(lacking) {
			r.log.Warn("the device does not have a register of its template; it is not read", "register", lacking.Name, "address", lacking.Address)
		}
	}
	r.requests, r.trial = requests, nil
	place(requests, r.wanted)
}
