package exchange

import (
	"io"
	"math"

	"thermie/configs"
	"thermie/heat"
	"thermie/interval"
	"thermie/reports"
	"thermie/reports/gis"
)

func (s *SourceSeries) sourceLayer(note string) gis.MapLayer {
	var t mapTable
	firm, q := s.Firm(), s.Available()
	if !s.Enough() {
		firm = heat.NewFirm(nil, s.From) // some days promise nothing of the year
	}
	t.text("site_id", s.ID)
	t.text("name", s.Place.Name)
	t.text("operator", s.Place.Operator)
	t.text("siret", s.Place.SIRET)
	t.text("commune_insee", s.Place.Commune)
	t.put("year", gis.MapInteger, s.Year)
	t.text("tap", s.Place.Tap)
	t.real("heat_available_mwh", megawattHours(q, q.Value), 1)
	t.real("heat_u_k2_mwh", megawattHours(q, 2*q.U), 1)
	t.real("coverage", reports.FloorTo(s.Coverage(), 3), 3)
	t.text("method", q.Method)
	t.put("known_hours", gis.MapInteger, s.KnownHours())
	t.real("p50_kw", firm.Year.P50.Kilowatts(), 1)
	t.real("p90_kw", firm.Year.P90.Kilowatts(), 1)
	t.real("p99_kw", firm.Year.P99.Kilowatts(), 1)
	t.real("winter_p90_kw", firm.Winter.P90.Kilowatts(), 1)
	t.real("supply_c", s.Supply.Celsius(), 1)
	t.real("return_c", s.Return.Celsius(), 1)
	t.flag("simulated", s.Simulated())
	t.flag("fictitious", s.Place.Fictitious)
	t.text("note", note)
	f := gis.MapFeature{ID: s.ID, Values: t.values}
	if s.Located() {
		f.Positions = []gis.Position{gis.At(s.Place.Longitude, s.Place.Latitude)}
	}
	return gis.MapLayer{Name: "source", Description: note, Fields: t.fields, Features: []gis.MapFeature{f}}
}

func (s *SourceSeries) connectionLayer(note string) gis.MapLayer {
	l := s.Link
	exists := l != nil
	if !exists {
		l = &reports.SourceLink{}
	}
	var t mapTable
	captured, delivered := l.Delivery.CapturedHeat, l.Delivery.DeliveredHeat
	t.text("site_id", s.ID)
	t.text("network_id", l.Network.ID)
	t.real("crow_flies_m", l.Length, 0)
	t.real("captured_mwh", megawattHours(captured, captured.Value), 1)
	t.real("captured_u_k2_mwh", megawattHours(captured, 2*captured.U), 1)
	t.real("delivered_mwh", megawattHours(delivered, delivered.Value), 1)
	t.real("scop", l.Delivery.SCOP, 2)
	t.real("design_kw", l.Design.Kilowatts(), 0)
	t.real("design_supply_c", l.Supply.Celsius(), 1)
	t.real("design_return_c", l.Return.Celsius(), 1)
	pair := heat.Connection{Pipe: heat.Pipe{InnerMM: math.NaN()}, Mass: interval.MassFlow(math.NaN()), PipeFlow: heat.PipeFlow{Velocity: math.NaN(), Gradient: math.NaN()}}
	var dn any
	if l.Pair != nil {
		pair, dn = *l.Pair, l.Pair.Pipe.DN
	}
	t.put("dn", gis.MapInteger, dn)
	t.real("inner_diameter_mm", pair.Pipe.InnerMM, 1)
	t.real("mass_flow_kg_per_s", float64(pair.Mass), 2)
	t.real("velocity_m_per_s", pair.Velocity, 2)
	t.real("gradient_pa_per_m", pair.Gradient, 0)
	t.flag("simulated", s.Simulated())
	t.flag("fictitious", s.Place.Fictitious || l.Network.Fictitious)
	t.text("note", note)
	layer := gis.MapLayer{Name: "connection", Description: note, Geometry: gis.MapLine, Fields: t.fields}
	if exists {
		f := gis.MapFeature{ID: s.ID + "-" + l.Network.ID, Values: t.values}
		if s.Located() && located(l.Network.Longitude, l.Network.Latitude) {
			f.Positions = []gis.Position{gis.At(s.Place.Longitude, s.Place.Latitude), gis.At(l.Network.Longitude, l.Network.Latitude)}
		}
		layer.Features = []gis.MapFeature{f}
	}
	return layer
}

// networkLayer holds the territory's networks, each at its reference point.
func (s *SourceSeries) networkLayer(fictitious string) gis.MapLayer {
	layer := gis.MapLayer{Name: "network"}
	for _, n := range s.Networks {
		if n.Fictitious {
			layer.Description = fictitious
		}
		t := networkFields(n)
		f := gis.MapFeature{ID: n.ID, Values: t.values}
		if located(n.Longitude, n.Latitude) {
			f.Positions = []gis.Position{gis.At(n.Longitude, n.Latitude)}
		}
		layer.Features = append(layer.Features, f)
	}
	layer.Fields = networkFields(configs.Network{}).fields
	return layer
}

func networkFields(n configs.Network) mapTable {
	var t mapTable
	positive := func(name string, v float64, decimals int) {
		if v <= 0 {
			v = math.NaN() // not stated
		}
		t.real(name, v, decimals)
	}
	t.text("network_id", n.ID)
	t.text("order_id", n.OrderID)
	t.text("name", n.Name)
	t.text("operator", n.Operator)
	t.text("fluid", n.Fluid)
	positive("demand_mwh", n.Demand, 0)
	t.real("enrr_percent", orNaN(n.EnRRShare), 1)
	positive("supply_cold_c", n.SupplyColdC, 1)
	positive("return_cold_c", n.ReturnColdC, 1)
	positive("supply_mild_c", n.SupplyMildC, 1)
	positive("return_mild_c", n.ReturnMildC, 1)
	positive("length_km", n.LengthKM, 1)
	t.text("climate_zone", n.ClimateZone)
	t.flag("fictitious", n.Fictitious)
	return t
}

// mapTable fills a layer's fields and the values of one feature together.
type mapTable struct {
	fields []gis.MapField
	values []any
}

func (t *mapTable) text(name, v string) { t.put(name, gis.MapText, orNil(v)) }

func (t *mapTable) flag(name string, v bool) { t.put(name, gis.MapBoolean, v) }

// real rounds; a number that is not known is nil.
func (t *mapTable) real(name string, v float64, decimals int) {
	var value any
	if !math.IsNaN(v) && !math.IsInf(v, 0) {
		value = reports.RoundTo(v, decimals)
	}
	t.put(name, gis.MapReal, value)
}

func (t *mapTable) put(name string, kind gis.MapType, v any) {
	t.fields = append(t.fields, gis.MapField{Name: name, Type: kind})
	t.values = append(t.values, v)
}

func orNil(s string) any {
	if s == "" {
		return nil
	}
	return s
}

// megawattHours is a quantity in MWh, NaN where it is not known.
func megawattHours(q heat.Quantity, v float64) float64 {
	if !q.Known {
		return math.NaN()
	}
	return v / float64(interval.MegawattHour)
}

// MapLayers returns the three layers source, connection and network.
func (s *SourceSeries) MapLayers() ([]gis.MapLayer, error) {
	note, err := s.note(0)
	if err != nil {
		return nil, err
	}
	w, err := s.words()
	if err != nil {
		return nil, err
	}
	return []gis.MapLayer{s.sourceLayer(note), s.connectionLayer(note + " " + w.T("note.link")), s.networkLayer(w.T("note.fictitious"))}, nil
}

// writeGeoPackage writes the three layers into one file.
func writeGeoPackage(out io.Writer, s *SourceSeries) error {
	layers, err := s.MapLayers()
	if err != nil {
		return err
	}
	return gis.WriteGeoPackage(out, layers, s.date)
}

// orNaN is NaN where nothing was stated.
func orNaN(v *float64) float64 {
	if v == nil {
		return math.NaN()
	}
	return *v
}
