package pcaet_test

import (
	"math"
	"strings"
	"testing"
	"time"

	"thermie/configs"
	"thermie/interval"
	"thermie/reports"
	"thermie/reports/document"
	"thermie/reports/fixture"
)

// Columns of the table of classes.
const (
	rejectedByClass = 1 + iota
	capturedByClass
	deliveredByClass
	suppliedByClass
)

// The classes are the territory's totals split once more: by one network or
// by two that share a site, they add up, and no class gives more than it has.
func TestTheFourHeatsOfTheClassesAddUp(t *testing.T) {
	for _, networks := range [][]configs.Network{
		fixture.Area(t).Networks,
		{network(t, "north", func(n *configs.Network) { n.Demand = 9000 }), network(t, "south", func(n *configs.Network) { n.Demand = 9000 })},
	} {
		d, p := between(t, networks...)
		classes := table(t, p, "Températures MWh")
		fourHeatsAddUp(t, classes, table(t, p, "Températures GWh"), d.Figures())
		for _, row := range classes.Rows {
			value := func(column int) float64 { return row.Cells[column].Figure.Value }
			if value(capturedByClass) > value(rejectedByClass) || value(suppliedByClass) > value(rejectedByClass) {
				t.Errorf("%s: more captured or handed over than rejected: %v", row.Cells[0].Text, row.Cells)
			}
			if value(deliveredByClass) < value(capturedByClass) {
				t.Errorf("%s: %v MWh delivered of %v captured", row.Cells[0].Text, value(deliveredByClass), value(capturedByClass))
			}
			for _, cell := range row.Cells[1:] {
				if f := cell.Figure; f.Stated() && (f.Unit != "MWh" || f.Method == "" || f.Coverage <= 0 || f.Value > 0 && f.U == 0 && !f.Unbudgeted) {
					t.Errorf("%s: %+v", row.Cells[0].Text, f)
				}
			}
		}
	}
}

// What one class holds alone is printed like the total, ± included: the
// networks' heat pumps err alike for all classes.
func TestOneClassIsAsUncertainAsTheTotal(t *testing.T) {
	d, _ := between(t, fixture.Area(t).Networks...)
	f := d.Figures()
	for _, c := range d.ByClass(f) {
		if whole := f.Captured.MWh; c.Captured.MWh.Value == whole.Value && c.Captured.MWh.U != whole.U {
			t.Errorf("%s: %s, in all %s", c.ID, c.Captured.MWh.Full("fr"), whole.Full("fr"))
		}
		if c.Captured.MWh.U > f.Captured.MWh.U {
			t.Errorf("%s: %s, in all %s", c.ID, c.Captured.MWh.Full("fr"), f.Captured.MWh.Full("fr"))
		}
	}
}

// The classes of what is handed over outlive the balance's hours: the dossier
// prints what the hours add up to.
func TestTheClassesAreThoseOfTheHours(t *testing.T) {
	src := fixture.Source(t)
	d, p := between(t, fixture.Area(t).Networks...)
	f := d.Figures()
	want := map[string][5]float64{} // by the word of the class
	class := func(s interval.Temperature) string {
		switch c := math.Round(s.Celsius()*10) / 10; {
		case c < 30:
			return "moins de 30 °C"
		case c < 45:
			return "de 30 à 45 °C"
		}
		return "45 °C et plus"
	}
	add := func(at interval.Temperature, column int, e interval.Energy) {
		sums := want[class(at)]
		sums[column] += e.MWh()
		want[class(at)] = sums
	}
	for _, a := range f.Annual {
		s, err := reports.ReadSite(t.Context(), src, a.Site.ID, d.Options)
		if err != nil {
			t.Fatal(err)
		}
		for h, hour := range s.Estimate.Hours {
			add(hour.Supply, rejectedByClass, hour.Heat)
			add(hour.Supply, suppliedByClass, s.Balance.Hours[h].HandedOver.Energy)
		}
	}
	for _, pair := range f.Pairs {
		for h, hour := range pair.Site.Estimate.Hours {
			add(hour.Supply, capturedByClass, pair.Delivery.Captured[h].For(time.Hour))
			add(hour.Supply, deliveredByClass, pair.Delivery.Delivered[h].For(time.Hour))
		}
	}
	for _, row := range table(t, p, "Températures MWh").Rows {
		name := strings.ReplaceAll(row.Cells[0].Text, document.Nbsp, " ")
		for column := rejectedByClass; column <= suppliedByClass; column++ {
			if got, mwh := row.Cells[column].Figure.Value, want[name][column]; math.Abs(got-mwh) > 2 {
				t.Errorf("%s, column %d: %v MWh are printed, the hours add up to %.2f", name, column, got, mwh)
			}
		}
	}
	if want["de 30 à 45 °C"][suppliedByClass] == 0 && want["45 °C et plus"][suppliedByClass] == 0 {
		t.Error("the demonstration hands nothing over")
	}
}

// Out of reach of every network nothing is captured in any class, which is a
// known zero; without a network it is not known.
func TestClassesTellZeroFromUnknown(t *testing.T) {
	_, apart := between(t, network(t, "far", func(n *configs.Network) { n.Latitude = 47 }))
	_, alone := between(t)
	for _, row := range table(t, apart, "Températures MWh").Rows {
		if f := row.Cells[capturedByClass].Figure; f.Mark != document.Known || f.Value != 0 {
			t.Errorf("out of reach: %s captured at %s", f.Full("fr"), row.Cells[0].Text)
		}
	}
	for _, row := range table(t, alone, "Températures MWh").Rows {
		if f := row.Cells[capturedByClass].Figure; f.Mark != document.Unknown {
			t.Errorf("without a network: %s captured at %s", f.Full("fr"), row.Cells[0].Text)
		}
	}
}
