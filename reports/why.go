package reports

import (
	"errors"
	"time"

	"thermie/heat"
)

// Why says in words what a fault is. One that has no words is told by the
// program itself, where it runs: no document holds a sentence of another
// language than its own.
func (d *Draft) Why(err error) string {
	var fault *heat.Fault
	if !errors.As(err, &fault) || !d.Has("faults."+fault.Code) {
		return d.T("faults.other")
	}
	pairs := make([]string, len(fault.With))
	for i := 0; i < len(fault.With); i += 2 {
		pairs[i], pairs[i+1] = fault.With[i].(string), d.told(fault.With[i+1])
	}
	return d.T("faults."+fault.Code, pairs...)
}

// told prints a value of a fault as the language writes it.
func (d *Draft) told(value any) string {
	switch v := value.(type) {
	case int:
		return d.Whole(v)
	case float64:
		return d.Digits(v)
	case time.Time:
		return d.T("faults.at", "day", d.Day(v), "hour", v.Format("15"), "minute", v.Format("04"))
	case string:
		return v
	}
	return d.T("words.none_given")
}
