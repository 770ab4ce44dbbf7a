package heat

import (
	"math"

	"thermie/interval"
)

// swappedShare of negative heat is no trickle at standstill any more.
//
// Method: CH1.
const swappedShare = 0.05

// boiling is a supply temperature that no water of a data center has: it is
// not believed, and what the site states of its tap stands.
//
// Method: CH1.
const boiling = interval.Temperature(273.15 + 100)

// doubtMeters remarks the heat meters that read backwards or boil.
//
// Method: CH1.
func (b *Balance) doubtMeters() {
	seen := map[int]bool{}
	for i := range b.epochs {
		for _, p := range b.epochs[i].heat {
			if !seen[p.track] {
				seen[p.track] = true
				b.doubtMeter(b.ledger.tracks[p.track])
			}
		}
	}
}

func (b *Balance) doubtMeter(t *track) {
	var backwards, all float64
	hot, reversed := false, false
	for h := range b.Hours {
		heat := t.energy(thermalKinds, h).sum
		all += math.Abs(heat)
		backwards -= min(0, heat)
		hot = hot || t.mean(supplyTemperature, h) > float64(boiling)
		reversed = reversed || t.mean(volumeFlow, h) < 0
	}
	if reversed {
		b.ledger.note("flow_negative:" + t.id)
	}
	if backwards > swappedShare*all {
		b.backwards = true
		b.ledger.note("probes_swapped:" + t.id)
	}
	if hot {
		b.ledger.note("supply_above_100_c:" + t.id)
	}
}
