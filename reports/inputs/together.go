package inputs

import (
	"thermie/configs"
)

// points enters the maker's points, if they were changed: a line is whole or
// empty.
func (p *applying) points() {
	var points []configs.HeatPumpPoint
	var first entry
	before := len(p.faults)
	for row := 0; ; row++ {
		begin, ok := p.cells[pointName(row, pointColumns[0].key)]
		if !ok {
			break
		}
		if row == 0 {
			first = begin
		}
		var point configs.HeatPumpPoint
		filled := 0
		for _, column := range pointColumns {
			v, ok := p.value(p.cells[pointName(row, column.key)], column.low, column.high, nil)
			if ok && v.known {
				*column.field(&point) = v.number
				filled++
			}
		}
		switch {
		case filled == 0:
			continue
		case filled < len(pointColumns):
			p.fault(begin, "point %d is not whole: four temperatures and a COP", row+1)
		case !(point.SourceInC >= point.SourceOutC && point.SinkOutC > point.SinkInC && point.SinkOutC > point.SourceInC):
			p.fault(begin, "point %d does not lift heat from a source to a hotter sink", row+1)
		}
		points = append(points, point)
	}
	if len(p.faults) > before || samePoints(points, p.c.Network.HeatPump) {
		return
	}
	p.changed("heat_pump_points", "", pointText(p.c.Network.HeatPump), pointText(points), first)
	p.c.Network.HeatPump = points
	byDesign(&p.c.Network, p.origin(first))
}

// together refuses what no single cell is wrong about.
func (p *applying) together() {
	n := p.c.Network
	cell := func(id string) entry { return p.cells[prefix+id] }
	if n.ReturnColdC >= n.SupplyColdC {
		p.fault(cell("return_cold"), "the return of %g °C is not colder than the supply of %g °C", n.ReturnColdC, n.SupplyColdC)
	}
	if n.ReturnMildC >= n.SupplyMildC {
		p.fault(cell("return_mild"), "the return of %g °C is not colder than the supply of %g °C", n.ReturnMildC, n.SupplyMildC)
	}
	if n.ColdC >= n.MildC {
		p.fault(cell("outdoor_cold"), "%g °C outdoors is not colder than %g °C", n.ColdC, n.MildC)
	}
	if n.StorageMWh == 0 && n.StorageMW != 0 {
		p.fault(cell("storage_mw"), "a tank of what content? %s is empty or 0", cell("storage_mwh").where())
	}
	if n.InjectionRiseK != 0 && (n.Injection == "" || n.Injection == "return_to_supply") {
		p.fault(cell("injection_rise"), "a rise belongs to return_to_return and supply_to_return (%s)", cell("injection").where())
	}
}
