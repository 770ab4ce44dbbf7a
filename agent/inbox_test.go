package agent

import "thermie/interval"

// take empties an inbox that no clock is watched for.
func (b *inbox) take() (readings []interval.Reading, lost int) {
	all, lost := b.empty()
	for _, d := range all {
		readings = append(readings, d.readings...)
	}
	return readings, lost
}
