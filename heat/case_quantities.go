package heat

import (
	"fmt"

	"thermie/interval"
)

// caseWords are the inputs that are words.
var caseWords = []string{"medium", "meter side", "class", "tap", "profile", "injection", "preheat"}

// caseInputs are the inputs that are numbers.
var caseInputs = map[string]dimension{
	"flow": dimVolumeRate, "supply": dimTemperature, "return": dimTemperature,
	"pressure": dimPressure, "glycol": dimShare, "temperature": dimTemperature,
	"qp": dimVolumeRate, "smallest difference": dimDifference, "accuracy": dimShare,
	"it rated": dimPower, "declared total": dimEnergy, "pue assumed": dimNumber,
	"source in": dimTemperature, "source out": dimTemperature, "sink in": dimTemperature, "sink out": dimTemperature,
	"source pinch": dimDifference, "network pinch": dimDifference, "lorenz efficiency": dimNumber,
	"source heat": dimPower, "demand": dimPower,
	"inner diameter": dimLength, "roughness": dimLength, "pipe length": dimLength, "mass": dimMassRate,
	"density of fluid": dimDensity, "viscosity of fluid": dimViscosity,
	"load": dimPower, "soil": dimTemperature, "insulation": dimNumber,
	"base": dimTemperature, "lowest": dimTemperature, "highest": dimTemperature, "day": dimTemperature,
	"rate": dimShare, "life": dimTimeSpan, "pipe life": dimTimeSpan, "fixed cost": dimShare,
	"heat pump": dimMoney, "station": dimMoney, "pipe": dimMoney,
	"delivered heat": dimEnergy, "electricity used": dimEnergy, "variable cost": dimPricePerHeat,
	"electricity price": dimPricePerHeat, "source price": dimPricePerHeat,
	"reference factor": dimEmission, "reference efficiency": dimShare, "grid factor": dimEmission,
	"e_dc": dimEnergy, "e_it": dimEnergy, "reused": dimEnergy, "cop": dimNumber,
	"stored heat": dimEnergy, "span": dimDifference, "injected": dimPower, "rise": dimDifference,
	"maker source in": dimTemperature, "maker source out": dimTemperature, "maker sink in": dimTemperature, "maker sink out": dimTemperature, "maker cop": dimNumber,
	"enrr before": dimShare, "produced": dimEnergy, "scop": dimNumber, "least scop": dimNumber,
	"nominal diameter": dimNumber, "ambient": dimTemperature, "fluid heat": dimPerKelvin, "loss per metre": dimLineLoss,
	"worth": dimPricePerHeat, "plant price": dimPricePerHeat, "pipe price": dimLinePrice, "term": dimTimeSpan, "grant": dimMoney,
	"hall rated": dimPower, "hall load": dimPower, "outdoor": dimTemperature, "floor": dimTemperature,
	"compressor cop": dimNumber, "free cop": dimNumber, "free up to": dimTemperature, "compressors from": dimTemperature, "compressors above": dimShare,
	"closure": dimShare, "year": dimNumber, "base share": dimShare, "degree days": dimDegreeDays, "normal degree days": dimDegreeDays,
	"latitude": dimNumber, "longitude": dimNumber, "other latitude": dimNumber, "other longitude": dimNumber,
	"pressure loss": dimPressure, "pump efficiency": dimShare,
	"renewable": dimEnergy, "water volume": dimVolume, "heat removed": dimEnergy, "cooling electricity": dimEnergy,
}

// caseQuantity is what a case may expect: one row of the table below.
type caseQuantity struct {
	method    string // METHODS.md id
	dimension dimension
	compute   func(*worked) (float64, error)
}

// caseQuantities are what a case may expect.
var caseQuantities = map[string]caseQuantity{
	"density":           {"W1", dimDensity, waterOf(func(w Water) float64 { return float64(w.Density) })},
	"enthalpy":          {"W1", dimPerKilogram, waterOf(func(w Water) float64 { return float64(w.Enthalpy) })},
	"specific heat":     {"W1", dimPerKelvin, waterOf(func(w Water) float64 { return float64(w.SpecificHeat) })},
	"heat":              {"C1", dimPower, metered(circuitHeatOf)},
	"mass flow":         {"C1", dimMassRate, metered(massFlowOf)},
	"heat coefficient":  {"C2", dimCoefficient, (*worked).heatCoefficient},
	"uncertainty":       {"U2", dimShare, (*worked).meterUncertainty},
	"lorenz cop":        {"HP1", dimNumber, (*worked).lorenz},
	"cop":               {"HP1", dimNumber, (*worked).pumpCOP},
	"jesper cop":        {"HP3", dimNumber, (*worked).jesper},
	"delivered":         {"AL1", dimPower, matched(func(d Delivery) interval.Power { return d.Delivered[0] })},
	"captured":          {"AL1", dimPower, matched(func(d Delivery) interval.Power { return d.Captured[0] })},
	"electricity":       {"AL1", dimPower, matched(func(d Delivery) interval.Power { return d.Electricity[0] })},
	"it energy":         {"B3", dimEnergy, balanced(func(b *Balance) Quantity { return b.EIT })},
	"total energy":      {"B1", dimEnergy, balanced(func(b *Balance) Quantity { return b.EDC })},
	"ratio":             {"P2", dimNumber, balanced(func(b *Balance) Quantity { return b.InterimPPUE })},
	"annual pue":        {"P1", dimNumber, balanced(func(b *Balance) Quantity { return b.PUE })},
	"ratio U":           {"U6", dimNumber, balanced(func(b *Balance) Quantity { return expanded(b.InterimPPUE) })},
	"recoverable":       {"TM", dimEnergy, estimated(func(e *Estimate) float64 { return e.Recoverable.Value })},
	"recoverable U":     {"U5", dimShare, estimated(func(e *Estimate) float64 { return 2 * e.Recoverable.Relative() })},
	"coverage":          {"B6", dimShare, estimated(func(e *Estimate) float64 { return e.Recoverable.Coverage })},
	"pue":               {"P1", dimNumber, indicator(func(i Indicators) float64 { return i.PUE })},
	"erf":               {"P3", dimNumber, indicator(func(i Indicators) float64 { return i.ERF })},
	"ere":               {"P4", dimNumber, indicator(func(i Indicators) float64 { return i.ERE })},
	"glycol density":    {"G1", dimDensity, glycolOf(func(g Glycol, t interval.Temperature, x float64) float64 { return float64(g.Density(t, x)) })},
	"glycol heat":       {"G1", dimPerKelvin, glycolOf(func(g Glycol, t interval.Temperature, x float64) float64 { return float64(g.SpecificHeat(t, x)) })},
	"glycol viscosity":  {"G1", dimViscosity, glycolOf(Glycol.Viscosity)},
	"pressure drop":     {"H1", dimPressure, (*worked).pressureDrop},
	"pipe dn":           {"H3", dimNumber, sized(func(c Connection) float64 { return float64(c.Pipe.DN) })},
	"pipe velocity":     {"H3", dimSpeed, sized(func(c Connection) float64 { return c.Velocity })},
	"pipe gradient":     {"H1", dimGradient, sized(func(c Connection) float64 { return c.Gradient })},
	"trench loss":       {"H2", dimPerLength, (*worked).trenchLoss},
	"degree day":        {"DJ1", dimDegreeDays, degreeDay(MeteoDegreeDay)},
	"degree day costic": {"DJ2", dimDegreeDays, degreeDay(CosticDegreeDay)},
	"daily profile":     {"BD1", dimNumber, (*worked).dailyProfile},
	"capital recovery":  {"EC1", dimNumber, (*worked).capitalRecovery},
	"cost of heat":      {"EC2", dimPricePerHeat, priced(HeatCost.Levelised)},
	"cost a year":       {"EC2", dimMoney, priced(HeatCost.Annual)},
	"co2 avoided":       {"CO1", dimMass, (*worked).co2},

	"tank volume":         {"ST2", dimVolume, (*worked).tankVolume},
	"return rise":         {"IN2", dimDifference, (*worked).returnRise},
	"maker's cop":         {"HP5", dimNumber, (*worked).makersCOP},
	"exchanger ua":        {"HX1", dimConductance, exchanger(func(x Exchanger) float64 { return x.UA })},
	"exchanger ntu":       {"HX1", dimNumber, exchanger(func(x Exchanger) float64 { return x.NTU })},
	"enrr after":          {"NE1", dimShare, greening(func(g Greening) float64 { return g.After })},
	"enrr points":         {"NE1", dimNumber, greening(Greening.Points)},
	"pipe capacity":       {"H3", dimPower, (*worked).pipeCapacity},
	"pipe friction":       {"H1", dimNumber, sized(func(c Connection) float64 { return c.Friction })},
	"pipe flow":           {"H3", dimMassRate, sized(func(c Connection) float64 { return float64(c.Mass) })},
	"outlet":              {"H5", dimTemperature, (*worked).outlet},
	"loss a year":         {"H2", dimEnergy, (*worked).yearlyLoss},
	"break-even price":    {"EC3", dimPricePerHeat, (*worked).breakEven},
	"affordable distance": {"EC4", dimLength, (*worked).affordableDistance},
	"air cooling":         {"EA1", dimPower, airHour(func(a AirHour) float64 { return float64(a.Cooling) })},
	"air return":          {"EA1", dimTemperature, airHour(func(a AirHour) float64 { return float64(a.Return) })},
	"air chiller cop":     {"EA1", dimNumber, airHour(func(a AirHour) float64 { return a.COP })},
	"air usable":          {"EA2", dimPower, airHour(func(a AirHour) float64 { return float64(a.Usable) })},
	"ref":                 {"P6", dimNumber, kpi("renewable", "e_dc", 1)},
	"wue":                 {"P7", dimPerElectric, kpi("water volume", "e_it", 0)},
	"cer":                 {"P8", dimNumber, kpi("heat removed", "cooling electricity", 0)},
	"flow limit":          {"U2", dimShare, (*worked).flowLimit},
	"pair limit":          {"U2", dimShare, ofDifference(PairLimit)},
	"calculator limit":    {"U2", dimShare, ofDifference(CalculatorLimit)},
	"probes U":            {"U3", dimShare, (*worked).probesU},
	"probes u":            {"U3", dimDifference, (*worked).probesStandard},
	"linear density":      {"H6", dimPerTrench, (*worked).linearDensity},
	"survival":            {"RU1", dimShare, (*worked).survival},
	"normalised heat":     {"DJ3", dimEnergy, (*worked).normalised},
	"distance":            {"TE1", dimLength, (*worked).straight},
	"next sensor U":       {"NS1", dimShare, (*worked).nextSensor},
	"glycol freezing":     {"G1", dimTemperature, (*worked).freezing},
	"saturation":          {"W2", dimPressure, (*worked).saturation},
	"network supply":      {"HC1", dimTemperature, curveAt(func(supply, _ interval.Temperature) float64 { return float64(supply) })},
	"network return":      {"HC1", dimTemperature, curveAt(func(_, ret interval.Temperature) float64 { return float64(ret) })},
	"pump electricity":    {"H4", dimPower, (*worked).pumpElectricity},
	"offered":             {"HO1", dimEnergy, (*worked).offered},
	"p50":                 {"LD1", dimPower, firm(func(f Firm) float64 { return float64(f.Year.P50) })},
	"p90":                 {"LD1", dimPower, firm(func(f Firm) float64 { return float64(f.Year.P90) })},
	"lowest day":          {"FP1", dimPower, firm(func(f Firm) float64 { return float64(f.LowestDay) })},
	"longest outage":      {"FP1", dimTimeSpan, firm(func(f Firm) float64 { return 3600 * float64(f.LongestOutage) })},
}

// need returns the named inputs, or an error that names the missing one.
func (w *worked) need(names ...string) ([]float64, error) {
	values := make([]float64, len(names))
	for i, name := range names {
		v, given := w.values[name]
		if !given {
			return nil, fmt.Errorf("needs the input `%s` (%s)", name, unitsOf(caseInputs[name]))
		}
		values[i] = v
	}
	return values, nil
}
