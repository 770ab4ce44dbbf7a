package heat

import "thermie/interval"

// Injection says between which pipes of a network a source feeds its heat.
type Injection string

// The schemes. An empty one is ReturnToSupply.
const (
	ReturnToSupply Injection = "return_to_supply" // heats the return to the supply temperature: nothing else changes
	ReturnToReturn Injection = "return_to_return" // warms the return: a better COP, a warmer return for all others
	SupplyToReturn Injection = "supply_to_return" // draws from the supply and gives to the return, as on a temperate loop
)

// DefaultInjectionRise is how much the two schemes that end in the return
// warm the water that they take, where nothing says it.
//
// Method: IN1.
const DefaultInjectionRise interval.TemperatureDiff = 10

// sink is the stream that a source heats in one hour.
type sink struct {
	in, out     interval.Temperature
	mean        interval.Temperature // entropic, with the pinch on the network's side
	supply, ret interval.Temperature // the network's
}

// sinks returns the stream to be heated in each hour.
//
// Method: IN1.
func (n Network) sinks() []sink {
	sinks := make([]sink, len(n.Outdoor))
	for h, outdoor := range n.Outdoor {
		k := &sinks[h]
		k.supply, k.ret = n.Curve.At(outdoor)
		switch n.Injection {
		case ReturnToReturn:
			k.in, k.out = k.ret, k.ret.Plus(n.rise())
		case SupplyToReturn:
			k.in, k.out = k.supply, k.supply.Plus(n.rise())
		default:
			k.in, k.out = k.ret, k.supply
		}
		k.mean = logMean(k.in.Plus(n.NetworkPinch), k.out.Plus(n.NetworkPinch))
	}
	return sinks
}

func (n Network) rise() interval.TemperatureDiff {
	if n.Rise == 0 {
		return DefaultInjectionRise
	}
	return n.Rise
}

// most returns the power that an injection can bring in: one that ends in the
// return warms no more water than flows there.
//
// Method: IN1.
func (n Network) most(demand interval.Power, k sink) interval.Power {
	if n.Injection == "" || n.Injection == ReturnToSupply {
		return demand
	}
	return demand * interval.Power(min(1, float64(n.rise())/float64(k.supply.Minus(k.ret))))
}

// ReturnRise returns by how much an injected power warms the return as the
// network's other plants see it.
//
// Method: IN2.
func (i Injection) ReturnRise(injected, demand interval.Power, supply, ret interval.Temperature, rise interval.TemperatureDiff) interval.TemperatureDiff {
	if !(injected > 0 && demand > 0) {
		return 0
	}
	span := supply.Minus(ret)
	share := interval.TemperatureDiff(injected / demand)
	switch i {
	case ReturnToReturn:
		return share * span
	case SupplyToReturn:
		drawn := share * span / rise // flow drawn, in units of the customers' flow
		return drawn * (span + rise) / (1 + drawn)
	}
	return 0
}

// checkInjection refuses a scheme that does not exist or that warms nothing.
func (n Network) checkInjection() error {
	switch n.Injection {
	case "", ReturnToSupply, ReturnToReturn, SupplyToReturn:
	default:
		return NewFault("injection_unknown", `injection "{scheme}" is unknown: say return_to_supply, return_to_return or supply_to_return`, "scheme", excerpt(string(n.Injection)))
	}
	if !(n.Rise >= 0 && n.Rise <= 60) {
		return NewFault("injection_rise", "injection rise of {rise_k} K is not within 0..60 K", "rise_k", float64(n.Rise))
	}
	return nil
}
