package exchange

import (
	"io"
	"math"

	"thermie/heat"
	"thermie/reports"
)

// pandapipesVersion is the version whose names of columns are used:
// diameters are inner_diameter_mm since 0.14.
const pandapipesVersion = "0.14.0"

// What the net assumes where nobody has said anything; the net's name and
// note say so.
const (
	assumedPressure = 6.0 // bar, at the network's return
	pipeSections    = 5
)

// WritePandapipes writes the connection as a pandapipes net to load with
// from_json: four junctions, the supply and the return pipe, a heat exchanger
// that gives the design heat at the site (negative qext_w feeds in), and the
// network as an external grid at its return and a sink at its supply.
//
// It is the design point alone: no series, so no gap. A site that no network
// takes heat from has no such file, and neither has a flow that no pair of
// pipes carries.
func WritePandapipes(out io.Writer, s *SourceSeries) error {
	l := s.Link
	switch {
	case l == nil || l.Design == 0:
		return refuse("no_link")
	case l.Pair == nil:
		return refuse("no_pipes")
	}
	w, err := s.words()
	if err != nil {
		return err
	}
	note, err := s.note(0)
	if err != nil {
		return err
	}
	loss, err := l.WallLoss()
	if err != nil {
		return err
	}
	net := ordered{
		{"fluid", pandapipesWater(heat.Water60)},
		{"converged", false},
		{"name", oneLine(s.Name()) + " – " + oneLine(l.Network.Name)},
		{"version", pandapipesVersion}, {"format_version", pandapipesVersion},
		{"note", note + " " + w.T("note.link")},
		{"simulated", s.Simulated()}, {"fictitious", s.Place.Fictitious || l.Network.Fictitious},
		{"component_list", []ordered{
			pandapipesModel("junction_component", "Junction"), pandapipesModel("pipe_component", "Pipe"),
			pandapipesModel("ext_grid_component", "ExtGrid"), pandapipesModel("sink_component", "Sink"),
			pandapipesModel("heat_exchanger_component", "HeatExchanger")}},
		{"controller", frame{columns: columns("object", "object", "in_service", "bool", "order", "float64", "level", "object", "initial_run", "bool", "recycle", "bool")}},
		{"junction", junctions(l)}, {"junction_geodata", positions(l, s)},
		{"pipe", pipes(l, loss)}, {"pipe_geodata", frame{columns: columns("coords", "object")}},
		{"ext_grid", frame{columns("name", "object", "junction", "uint32", "p_bar", "float64", "t_k", "float64", "in_service", "bool", "type", "object"),
			[][]any{{l.Network.ID + " return", networkReturn, assumedPressure, reports.RoundTo(float64(l.Return), 2), true, "pt"}}}},
		{"sink", frame{columns("name", "object", "junction", "uint32", "mdot_kg_per_s", "float64", "scaling", "float64", "in_service", "bool", "type", "object"),
			[][]any{{l.Network.ID + " supply", networkSupply, reports.RoundTo(float64(l.Pair.Mass), 4), 1.0, true, "sink"}}}},
		{"heat_exchanger", frame{columns("name", "object", "from_junction", "uint32", "to_junction", "uint32", "inner_diameter_mm", "float64", "qext_w", "float64",
			"loss_coefficient", "float64", "in_service", "bool", "type", "object"),
			[][]any{{s.ID, siteReturn, siteSupply, l.Pair.Pipe.InnerMM, -reports.RoundTo(float64(l.Design), 0), 0.0, true, "heat_exchanger"}}}},
		{"std_types", ordered{{"pipe", ordered{}}, {"pump", ordered{}}}},
	}
	return writeJSON(out, ordered{{"_module", "pandapipes.pandapipes_net"}, {"_class", "pandapipesNet"}, {"_object", net}})
}

// The junctions' indices.
const (
	siteReturn = iota
	siteSupply
	networkSupply
	networkReturn
)

func junctions(l *reports.SourceLink) frame {
	f := frame{columns: columns("name", "object", "pn_bar", "float64", "tfluid_k", "float64", "height_m", "float64", "in_service", "bool", "type", "object")}
	supply, ret := reports.RoundTo(float64(l.Supply), 2), reports.RoundTo(float64(l.Return), 2)
	for i, name := range []string{"site return", "site supply", "network supply", "network return"} {
		t := ret
		if i == siteSupply || i == networkSupply {
			t = supply
		}
		f.rows = append(f.rows, []any{name, assumedPressure, t, 0.0, true, "junction"})
	}
	return f
}

// positions are in degrees, longitude first.
func positions(l *reports.SourceLink, s *SourceSeries) frame {
	f := frame{columns: columns("x", "float64", "y", "float64")}
	for i := range 4 {
		x, y := s.Place.Longitude, s.Place.Latitude
		if i == networkSupply || i == networkReturn {
			x, y = l.Network.Longitude, l.Network.Latitude
		}
		f.rows = append(f.rows, []any{x, y})
	}
	return f
}

// pipes are the two pipes; u is per m² of the inner wall, since no outer
// diameter is given.
func pipes(l *reports.SourceLink, loss float64) frame {
	f := frame{columns: columns("name", "object", "from_junction", "uint32", "to_junction", "uint32", "std_type", "object", "length_km", "float64",
		"inner_diameter_mm", "float64", "outer_diameter_mm", "float64", "k_mm", "float64", "loss_coefficient", "float64", "u_w_per_m2k", "float64",
		"text_k", "float64", "sections", "uint32", "in_service", "bool", "type", "object")}
	u := reports.RoundTo(loss/(math.Pi*l.Pair.Pipe.Diameter()), 4)
	pipe := func(name string, from, to int) {
		f.rows = append(f.rows, []any{name, from, to, nil, reports.RoundTo(l.Length/1000, 4), l.Pair.Pipe.InnerMM, nil, heat.PipeRoughness * 1000, 0.0, u,
			float64(reports.Soil), pipeSections, true, "pipe"})
	}
	pipe("supply", siteSupply, networkSupply)
	pipe("return", networkReturn, siteReturn)
	return f
}

// columns pairs names and types.
func columns(namesAndTypes ...string) []frameColumn {
	var list []frameColumn
	for i := 0; i < len(namesAndTypes); i += 2 {
		list = append(list, frameColumn{namesAndTypes[i], namesAndTypes[i+1]})
	}
	return list
}

func pandapipesModel(module, class string) ordered {
	return ordered{{"_module", "pandapipes.component_models." + module}, {"_class", class}, {"_object", "{}"}}
}

// pandapipesWater is a liquid with constant properties.
func pandapipesWater(f heat.Fluid) any {
	constant := func(v float64) ordered {
		text, _ := compact(ordered{{"value", v}, {"warn_dependent_variables", false}})
		return ordered{{"_module", "pandapipes.properties.fluids"}, {"_class", "FluidPropertyConstant"}, {"_object", string(text)}}
	}
	text, _ := compact(ordered{{"name", "water_60_c"}, {"fluid_type", "liquid"}, {"is_gas", false}, {"all_properties", ordered{
		{"viscosity", constant(f.Viscosity)}, {"heat_capacity", constant(float64(f.SpecificHeat))},
		{"density", constant(float64(f.Density))}, {"compressibility", constant(1)}, {"der_compressibility", constant(0)}}}})
	return ordered{{"_module", "pandapipes.properties.fluids"}, {"_class", "Fluid"}, {"_object", string(text)}}
}
