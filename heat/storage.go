package heat

import "thermie/interval"

// Storage is a tank on the network's side. The zero value is none.
type Storage struct {
	Capacity interval.Energy
	Power    interval.Power // largest charge and discharge; zero means no limit
	Loss     float64        // share of the content lost in an hour
}

// StoreYear is what a tank went through. Charged = Discharged + Lost + Final.
type StoreYear struct {
	Charged, Discharged, Lost interval.Energy
	Final                     interval.Energy   // content at the end; it was empty at the start
	Level                     []interval.Energy // at the end of each hour; nil without a tank
}

// TankVolume returns the m³ of a liquid that hold an energy over a
// temperature span.
//
// Method: ST2.
func TankVolume(e interval.Energy, span interval.TemperatureDiff, f Fluid) interval.Volume {
	return interval.Volume(float64(e) / (float64(f.Density) * float64(f.SpecificHeat) * float64(span)))
}

// empty returns the tank before its year.
func (s Storage) empty(hours int) StoreYear {
	if s.Capacity == 0 {
		return StoreYear{}
	}
	return StoreYear{Level: make([]interval.Energy, hours)}
}

// check refuses a tank that cannot be.
func (s Storage) check() error {
	if !(s.Capacity >= 0 && s.Power >= 0 && s.Loss >= 0 && s.Loss < 1) {
		return NewFault("storage", "storage of {capacity_mwh} MWh, {power_mw} MW, loss {loss} an hour: give no negative figure, and a loss below 1",
			"capacity_mwh", float64(s.Capacity/interval.MegawattHour), "power_mw", float64(s.Power/interval.Megawatt), "loss", s.Loss)
	}
	return nil
}

// bound limits a power by the tank's own.
func (s Storage) bound(p interval.Power) interval.Power {
	if s.Power > 0 {
		return min(p, s.Power)
	}
	return p
}

// balanceStore fills what demand the sources left from the tank, or the tank
// from what heat the demand left.
//
// Method: ST1.
func (m *matcher) balanceStore(d *desk, y *StoreYear, h int) {
	tank := m.network.Storage
	if tank.Capacity == 0 {
		return
	}
	lost := interval.Energy(tank.Loss) * y.Final
	y.Lost, y.Final = y.Lost+lost, y.Final-lost
	if d.demand > 0 {
		out := tank.bound(min(d.demand, y.Final.Over(hour)))
		d.demand -= out
		y.Discharged, y.Final = y.Discharged+out.For(hour), max(0, y.Final-out.For(hour))
	} else {
		most := tank.bound((tank.Capacity - y.Final).Over(hour))
		d.demand = most
		m.serve(d)
		in := (most - d.demand).For(hour)
		y.Charged, y.Final = y.Charged+in, y.Final+in
	}
	y.Level[h] = y.Final
}
