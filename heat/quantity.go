package heat

import "thermie/interval"

// Quantity is a number that says how sure it is and where it comes from. A
// Quantity that is not Known has no value, which is not the same as zero.
type Quantity struct {
	Value     float64 // SI
	U         float64 // standard uncertainty (k=1), in Value's unit
	Coverage  float64 // share of the period for which Value accounts, 0..1
	Method    string  // id in METHODS.md
	Known     bool
	Simulated bool // some of it comes from a simulation
}

// Relative returns the relative standard uncertainty (k=1), 0 for a value of 0.
func (q Quantity) Relative() float64 {
	if q.Value == 0 {
		return 0
	}
	return q.U / q.Value
}

// Mark says how well a default is supported by its source.
type Mark string

// The marks. What is Unconfirmed is printed « à confirmer ».
const (
	Verified    Mark = "V" // read in its source
	Computed    Mark = "C" // computed from verified values
	Unconfirmed Mark = "M" // common knowledge without a source that was read
)

// Assumption is a value that nobody measured, with its limits and source.
type Assumption struct {
	ID        string  // e.g. "f_cap", "pue", "utilisation"
	Value     float64 // the value used
	Low, High float64 // limits, rectangular
	Unit      string
	Mark      Mark
	Source    string
}

// Tier is the way in which an hour's recoverable heat was found, from the
// best (T1) to the crudest (T5).
type Tier uint8

// The tiers.
const (
	TierNone Tier = iota // nothing is known
	T1                   // calorimetric meter
	T2                   // cooling electricity and the chiller's COP
	T3                   // IT electricity and a capture fraction
	T4                   // total electricity and a PUE
	T5                   // nameplate
)

// String returns the tier's id in METHODS.md, "-" for none.
func (t Tier) String() string {
	if t < T1 || t > T5 {
		return "-"
	}
	return [...]string{"T1", "T2", "T3", "T4", "T5"}[t-T1]
}

// Flow is an energy over one hour and the share of the hour that it
// accounts for. A coverage of zero means that nothing is known.
type Flow struct {
	Energy   interval.Energy
	Coverage float64
}
