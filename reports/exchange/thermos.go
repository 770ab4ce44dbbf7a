package exchange

import (
	"io"

	"thermie/reports/document"
)

// thermosColumns are the heads of the tab "Supply Plant" of a THERMOS
// problem, in its order; the application ignores what stands in brackets.
var thermosColumns = []any{"Name", "Lifetime", "Fuel", "Capacity (kWp)", "CHP?", "Heat Efficiency (%)", "Power Efficiency (%)",
	"Fixed Capex", "Capex/kWp", "Capex/kWh", "Fixed Opex", "Opex/kWp", "Opex/kWh", "Substation", "Note"}

// WriteTHERMOS writes the rows of the tab "Supply Plant" to paste into a
// THERMOS problem: the waste heat as it is drawn at the tap and, where a
// network takes it, the heat pump behind it, whose efficiency is its SCOP and
// whose fuel is electricity.
//
// The rows hold no series, so that no gap can hide in one; capacities are
// those of known hours, and too few of them are refused. Costs and lifetime are not known and stay empty: the
// application asks for them. A last column, which it ignores, holds the note.
func WriteTHERMOS(out io.Writer, s *SourceSeries) error {
	if err := s.enough(); err != nil {
		return err
	}
	note, err := s.note(0)
	if err != nil {
		return err
	}
	c := document.NewCSVWriter(out, document.PlainCSV)
	c.Row(thermosColumns...)
	row := func(name, fuel string, capacity, efficiency float64) {
		c.Row(name, nil, fuel, document.Number{Value: capacity, Decimals: 1}, "FALSE", document.Number{Value: efficiency, Decimals: 1}, nil, nil, nil, nil, nil, nil, nil, nil, note)
	}
	row(s.Name()+" – waste heat (P90)", "Waste heat "+s.ID, s.Firm().Year.P90.Kilowatts(), 100)
	if l := s.Link; l != nil && l.Delivery.PeakPump > 0 {
		row(s.Name()+" – heat pump", "Electricity", l.Delivery.PeakPump.Kilowatts(), l.Delivery.SCOP*100)
	}
	return c.Close()
}
