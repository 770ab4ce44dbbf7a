package configs

import "thermie/interval"

// coolingPlant checks what a site says of the modes of its cooling.
func (p place) coolingPlant(c *interval.CoolingPlant) {
	if c == nil {
		return
	}
	const annual = "one annual COP says nothing of an hour: compressors and free cooling differ fourfold"
	for i, mode := range []interval.PlantCOP{c.Compressor, c.FreeCooling} {
		key := [...]string{"compressor", "free_cooling"}[i]
		at := p.at(key)
		if mode.COP == 0 {
			at.fault(annual, "the cop of %s is missing", key)
			continue
		}
		at.at("cop").between(mode.COP, 1, 60)
		if limited := mode.Low != 0 || mode.High != 0; limited && !(mode.Low > 1 && mode.Low <= mode.COP && mode.High >= mode.COP) {
			at.fault("leave both out for ±20 %", "low %v and high %v do not enclose the cop %v", mode.Low, mode.High, mode.COP)
		}
	}
	if c.Compressor.COP != 0 && c.FreeCooling.COP != 0 && c.FreeCooling.COP <= c.Compressor.COP {
		p.at("free_cooling").fault("the whole plant's heat over its electricity, pumps and fans included", "free cooling moves more heat per electricity than compressors do")
	}
	p.modes(c)
	p.at("origin").required(c.Origin)
}

// modes checks what tells free cooling and compressors apart.
func (p place) modes(c *interval.CoolingPlant) {
	p.at("compressor_from_ratio").between(c.CompressorFromRatio, 0, 2)
	switch {
	case (c.FreeUpToC == nil) != (c.CompressorFromC == nil):
		p.fault("", "free_up_to_c and compressor_from_c belong together")
	case c.FreeUpToC != nil && *c.CompressorFromC < *c.FreeUpToC:
		p.at("compressor_from_c").fault("", "the compressors cannot run alone below the temperature up to which free cooling is enough")
	case c.FreeUpToC == nil && c.CompressorFromRatio == 0:
		p.fault("free_up_to_c and compressor_from_c by the outdoor temperature, or compressor_from_ratio", "nothing tells the two modes apart")
	}
	p.at("free_up_to_c").within(c.FreeUpToC, -40, 50)
	p.at("compressor_from_c").within(c.CompressorFromC, -40, 50)
}

// airHall checks what a site says of a hall that outdoor air cools.
func (p place) airHall(s *interval.Site) {
	h := s.Hall
	if h == nil {
		return
	}
	if s.Tap != "return_air" {
		p.fault("it limits what the tap return_air can give", "air_hall is of no use to the tap %q", s.Tap)
	}
	if s.RatedITKW == 0 {
		p.fault("it sizes the fans", "air_hall needs the site's it_rated_kw")
	}
	if !p.at("floor_c").written() {
		p.at("floor_c").fault("heat below it is of no use to anyone: 20 in the published model", "floor_c is missing")
	}
	p.at("floor_c").between(h.FloorC, -10, 45)
	p.at("supply_c").within(h.SupplyC, 10, 35)
	p.at("rise_k").within(h.RiseK, 3, 40)
	p.at("bypass_percent").within(h.BypassPct, 0, 80)
	p.at("approach_k").within(h.ApproachK, 0.5, 15)
	p.at("free_below_c").within(h.FreeBelowC, -10, 40)
}

// within checks the range of a number that may be left out, and of which zero
// is a value.
func (p place) within(value *float64, low, high float64) {
	if value != nil {
		p.between(*value, low, high)
	}
}
