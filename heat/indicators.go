package heat

import (
	"errors"
	"math"

	"thermie/interval"
)

// Indicators are the energy indicators of one boundary and period.
type Indicators struct {
	PUE float64 // E_DC / E_IT
	ERF float64 // E_reuse / E_DC
	ERE float64 // (E_DC − E_reuse) / E_IT; 0 when all energy is used again
}

// NewIndicators forms the indicators from three energies of one period. The
// reused energy is that handed over at the data center's boundary.
//
// Method: P1, P3, P4.
func NewIndicators(edc, eit, reused interval.Energy) (Indicators, error) {
	if !(edc > 0 && eit > 0 && reused >= 0) {
		return Indicators{}, errors.New("indicators: E_DC and E_IT must be positive and the reused energy not negative")
	}
	return Indicators{
		PUE: float64(edc / eit),
		ERF: float64(reused / edc),
		ERE: float64((edc - reused) / eit),
	}, nil
}

// PumpInside returns the same site with the heat pump inside its boundary:
// the pump's electricity joins E_DC and the reused energy alike. PUE and ERF
// move, ERE stays: report the boundary, and both.
//
// Method: P5.
func PumpInside(edc, eit, reused interval.Energy, cop float64) (Indicators, error) {
	if !(cop > 1) || math.IsInf(cop, 0) {
		return Indicators{}, errors.New("indicators: the heat pump's COP must be above 1")
	}
	electricity := reused / interval.Energy(cop-1)
	return NewIndicators(edc+electricity, eit, reused+electricity)
}

// Reuse returns the balance's energy reuse factor and effectiveness for what
// was handed over, unknown where E_DC, E_IT or the hand-over is.
//
// Method: P3, P4.
func (b *Balance) Reuse() (erf, ere Quantity) {
	erf, ere = over(b.HandedOver, b.EDC, methodERF), over(b.HandedOver, b.EIT, methodERE)
	if !erf.Known || !b.InterimPPUE.Known {
		return Quantity{Method: methodERF}, Quantity{Method: methodERE}
	}
	// ERE = PUE − E_reuse/E_IT; the ratio of PUE keeps what its meters share.
	ere.Value, ere.U = b.InterimPPUE.Value-ere.Value, math.Hypot(b.InterimPPUE.U, ere.U)
	ere.Coverage, ere.Simulated = min(ere.Coverage, b.InterimPPUE.Coverage), ere.Simulated || b.InterimPPUE.Simulated
	return erf, ere
}
