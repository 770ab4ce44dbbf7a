package exchange

import (
	"encoding/json"
	"errors"
	"io"
	"math"
	"slices"
	"testing"

	"thermie/heat"
	"thermie/interval"
	"thermie/reports"
)

// pandasFrame is a DataFrame in pandapower's JSON.
type pandasFrame struct {
	Module string `json:"_module"`
	Class  string `json:"_class"`
	Object string `json:"_object"`
	Orient string
	DType  map[string]string
}

// table reads the frame and holds its numbers against their types.
func (f pandasFrame) table(t *testing.T) (rows []map[string]any) {
	t.Helper()
	var split struct {
		Columns []string
		Index   []int
		Data    [][]any
	}
	if f.Module != "pandas.core.frame" || f.Class != "DataFrame" || f.Orient != "split" {
		t.Fatalf("not a DataFrame: %s.%s, %s", f.Module, f.Class, f.Orient)
	}
	if err := json.Unmarshal([]byte(f.Object), &split); err != nil {
		t.Fatal(err)
	}
	if len(split.Columns) != len(f.DType) || len(split.Index) != len(split.Data) {
		t.Fatalf("%d columns, %d types, %d index, %d rows", len(split.Columns), len(f.DType), len(split.Index), len(split.Data))
	}
	for _, data := range split.Data {
		row := map[string]any{}
		for i, name := range split.Columns {
			row[name] = data[i]
			_, number := data[i].(float64)
			_, truth := data[i].(bool)
			switch f.DType[name] {
			case "float64":
				if !number && data[i] != nil {
					t.Errorf("%s is %v, want a number", name, data[i])
				}
			case "uint32":
				if v, ok := data[i].(float64); !ok || v != math.Trunc(v) || v < 0 {
					t.Errorf("%s is %v, want an index", name, data[i])
				}
			case "bool":
				if !truth {
					t.Errorf("%s is %v, want true or false", name, data[i])
				}
			}
		}
		rows = append(rows, row)
	}
	return rows
}

func TestPandapipesReadsTheNet(t *testing.T) {
	var net struct {
		Module string `json:"_module"`
		Class  string `json:"_class"`
		Object struct {
			Version    string
			Format     string `json:"format_version"`
			Components []struct {
				Class string `json:"_class"`
			} `json:"component_list"`
			Junction, Pipe, Sink pandasFrame
			Ext                  pandasFrame `json:"ext_grid"`
			Exchanger            pandasFrame `json:"heat_exchanger"`
			Positions            pandasFrame `json:"junction_geodata"`
			Controller           pandasFrame
			Fluid                struct {
				Object string `json:"_object"`
			}
		} `json:"_object"`
	}
	if err := json.Unmarshal(seriesFile(t, "pandapipes", "fr"), &net); err != nil {
		t.Fatal(err)
	}
	o := net.Object
	if net.Module != "pandapipes.pandapipes_net" || net.Class != "pandapipesNet" || o.Version != "0.14.0" || o.Format != "0.14.0" {
		t.Errorf("%s.%s, version %s, format %s", net.Module, net.Class, o.Version, o.Format)
	}
	var classes []string
	for _, c := range o.Components {
		classes = append(classes, c.Class)
	}
	if want := []string{"Junction", "Pipe", "ExtGrid", "Sink", "HeatExchanger"}; !slices.Equal(classes, want) {
		t.Errorf("components %v, want %v", classes, want)
	}
	o.Controller.table(t)
	junctions := len(o.Junction.table(t))
	if junctions != 4 || len(o.Positions.table(t)) != 4 {
		t.Fatalf("%d junctions", junctions)
	}
	// The loop closes: what leaves the network's return comes to its supply.
	next := map[float64]float64{}
	for _, rows := range [][]map[string]any{o.Pipe.table(t), o.Exchanger.table(t)} {
		for _, r := range rows {
			next[r["from_junction"].(float64)] = r["to_junction"].(float64)
		}
	}
	at := o.Ext.table(t)[0]["junction"].(float64)
	for range 3 {
		at = next[at]
	}
	sink := o.Sink.table(t)[0]
	if at != sink["junction"].(float64) {
		t.Errorf("the path ends at junction %v, the sink is at %v", at, sink["junction"])
	}
	pipe, exchanger := o.Pipe.table(t)[0], o.Exchanger.table(t)[0]
	if pipe["inner_diameter_mm"] != 132.5 || pipe["length_km"] != 0.771 {
		t.Errorf("pipe %v", pipe)
	}
	// The flow carries the heat between the two temperatures of the design.
	carried := sink["mdot_kg_per_s"].(float64) * 4181.7 * (338.15 - 315.15)
	if fed := -exchanger["qext_w"].(float64); fed != 1400e3 || math.Abs(carried/fed-1) > 1e-4 {
		t.Errorf("the exchanger feeds %g W, the flow carries %g W", fed, carried)
	}
	if !json.Valid([]byte(o.Fluid.Object)) {
		t.Error("the fluid is not JSON")
	}
}

// Neither a site without a network nor one from which nothing flows has a
// net, and the map states no temperatures for it.
func TestNoFlowNoNet(t *testing.T) {
	alone, idle := sampleSeries("fr"), sampleSeries("fr")
	alone.Link = nil
	idle.Link = &reports.SourceLink{Network: idle.Link.Network, Delivery: heat.Delivery{Delivered: make([]interval.Power, 2)}}
	idle.Link.Size(heat.DefaultCurve(), make([]interval.Temperature, 2))
	for _, s := range []*SourceSeries{alone, idle} {
		var why *refusal
		if err := WritePandapipes(io.Discard, s); !errors.As(err, &why) || why.key != "no_link" {
			t.Errorf("got %v, want a refusal", err)
		}
	}
	layers, err := idle.MapLayers()
	if err != nil || firstValue(layers[1], "design_supply_c") != nil || firstValue(layers[1], "dn") != nil {
		t.Errorf("the idle connection has a design: %v (%v)", layers[1].Features, err)
	}
}
