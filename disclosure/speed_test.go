package disclosure

import (
	"fmt"
	"syscall"
	"testing"
	"time"
)

// A large territory: 300 sites, 40 operators, 5 horizons; without and with an
// operator that holds nine tenths.
func BenchmarkLargeTerritory(b *testing.B) {
	for name, d := range map[string]territory{
		"even":     {operators: 40, sites: 300, communes: 60, epcis: 4, classes: 3, horizons: 5},
		"dominant": {operators: 40, sites: 300, communes: 60, epcis: 4, classes: 3, horizons: 5, dominant: 90},
	} {
		b.Run(name, func(b *testing.B) {
			table := d.table(b, 1)
			for b.Loop() {
				p, err := Protect(table, Public, usual)
				if err != nil {
					b.Fatal(err)
				}
				b.ReportMetric(float64(count(p, Shown)), "cells_shown")
			}
		})
	}
}

// Most communes with one or two operators, five classes: the hard shape.
func BenchmarkThinTerritory(b *testing.B) {
	table := territory{operators: 40, sites: 300, communes: 150, epcis: 12, classes: 5, horizons: 5}.table(b, 1)
	for b.Loop() {
		if _, err := Protect(table, Public, usual); err != nil {
			b.Fatal(err)
		}
	}
}

// A year of data centers with their months and links, as a dossier prints it:
//
//	go test ./disclosure -run - -bench Halls -benchtime 1x
func BenchmarkHalls(b *testing.B) {
	for _, sites := range []int{50, 100, 200, 300} {
		b.Run(fmt.Sprintf("sites=%d", sites), func(b *testing.B) {
			table := halls{sites: sites, operators: 40, communes: 2, networks: max(1, sites/25), months: 12}.table(b, 1)
			before := processorTime()
			for b.Loop() {
				if _, err := Protect(table, Public, usual); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric((processorTime()-before).Seconds()/float64(b.N), "processor-s")
		})
	}
}

// processorTime is what this process has had of the processors so far: on a
// machine with other work it says more than the clock.
func processorTime() time.Duration {
	var use syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &use); err != nil {
		return 0
	}
	return time.Duration(use.Utime.Nano() + use.Stime.Nano())
}
