package rights

import "fmt"

// Field is what of a site is asked for.
type Field string

// The fields, each with its own consent.
const (
	Name        Field = "name"        // the site's name, its operator, its commune
	Location    Field = "location"    // exact coordinates
	ITPower     Field = "it_power"    // rated IT power
	Heat        Field = "heat"        // recoverable and captured heat
	FirmPower   Field = "firm_power"  // the table of what may be counted on
	Temperature Field = "temperature" // at the tapping point
	Electricity Field = "electricity" // E_DC, E_IT, PUE
	Records     Field = "records"     // everything that its metering points say
)

// Fields lists the fields from the plainest to the whole.
var Fields = []Field{Name, Location, ITPower, Heat, FirmPower, Temperature, Electricity, Records}

// Resolution is how finely in time a field is told.
type Resolution uint8

// The resolutions from coarse to fine; a finer one contains the coarser.
const (
	Nothing  Resolution = iota
	Once                // what does not change from day to day
	Year                // a figure a civil year
	Month               // twelve figures
	Hour                // the hourly profile
	Interval            // as measured
)

var resolutionNames = []string{"nothing", "once", "year", "month", "hour", "interval"}

// String returns the resolution's word, as files and commands write it.
func (r Resolution) String() string { return resolutionNames[r] }

// MarshalText implements encoding.TextMarshaler.
func (r Resolution) MarshalText() ([]byte, error) { return []byte(r.String()), nil }

// UnmarshalText implements encoding.TextUnmarshaler.
func (r *Resolution) UnmarshalText(text []byte) error {
	for i, name := range resolutionNames {
		if name == string(text) && i > 0 {
			*r = Resolution(i)
			return nil
		}
	}
	return fmt.Errorf("%q is not one of once, year, month, hour, interval", text)
}

// ParseField returns the field of that name.
func ParseField(name string) (Field, error) {
	for _, f := range Fields {
		if string(f) == name {
			return f, nil
		}
	}
	return "", fmt.Errorf("%q is not one of %v", name, Fields)
}

// Finest is the finest resolution in which a field exists.
func (f Field) Finest() Resolution {
	switch f {
	case Name, Location, ITPower:
		return Once
	case FirmPower:
		return Month
	}
	return Interval
}
