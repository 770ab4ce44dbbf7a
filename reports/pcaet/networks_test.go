package pcaet_test

import (
	"bytes"
	"encoding/json"
	"math"
	"slices"
	"strings"
	"testing"

	"thermie/configs"

	"thermie/reports"
	"thermie/reports/document"
	"thermie/reports/fixture"
	"thermie/reports/gis"
	"thermie/reports/pcaet"
)

// between is the demonstration's report with other networks.
func between(t *testing.T, networks ...configs.Network) (*reports.Dossier, *pcaet.Report) {
	t.Helper()
	area := fixture.Area(t)
	area.Networks = networks
	d, err := reports.Build(t.Context(), fixture.Source(t), area, fixture.Options(""))
	if err != nil {
		t.Fatal(err)
	}
	p, err := pcaet.Write(d)
	if err != nil {
		t.Fatal(err)
	}
	return d, p
}

// network is the demonstration's under another id.
func network(t *testing.T, id string, change func(*configs.Network)) configs.Network {
	n := fixture.Area(t).Networks[0]
	n.ID, n.Name = id, "Réseau "+id
	change(&n)
	return n
}

// table is the table of that sheet.
func table(t *testing.T, p *pcaet.Report, sheet string) document.Table {
	t.Helper()
	for _, b := range p.Document().Blocks {
		if t, is := b.(document.Table); is && t.Sheet == sheet {
			return t
		}
	}
	t.Fatalf("no table %s", sheet)
	return document.Table{}
}

// The points of cae_22 belong to the rate beside them: that of all networks.
func TestTheGainOfARateCountsTheNetworksThatTakeNothing(t *testing.T) {
	far := func(n *configs.Network) { n.Latitude = 47 }
	same := func(*configs.Network) {}
	gain := func(p *pcaet.Report) float64 {
		for _, l := range p.Deposit() {
			if l.Code == "cae_22" && l.Year == 2025 {
				return l.Points.Value
			}
		}
		t.Fatal("no line cae_22")
		return 0
	}
	_, alone := between(t, network(t, "near", same))
	_, both := between(t, network(t, "near", same), network(t, "far", far))
	if one, half := gain(alone), gain(both); math.Abs(half-one/2) > 0.01 || one == 0 {
		t.Errorf("one network gains %g points, two equal ones of which one is out of reach %g", one, half)
	}
	_, silent := between(t, network(t, "near", same), network(t, "far", func(n *configs.Network) { far(n); n.Demand = 0 }))
	for _, l := range silent.Deposit() {
		if l.Code == "cae_22" && l.Points.Mark != document.Unknown {
			t.Errorf("a network whose deliveries nobody knows, and yet %s points", l.Points.Full("fr"))
		}
	}
}

// Two small networks share a site: its heat is idle once.
func TestASiteThatSeveralNetworksTakeFromHasOneRow(t *testing.T) {
	small := func(n *configs.Network) { n.Demand = 9000 }
	d, p := between(t, network(t, "north", small), network(t, "south", small))
	shared := shared(d)
	if shared == nil {
		t.Fatal("no site goes to two networks")
	}
	idle := table(t, p, "Non mobilisé")
	if len(idle.Rows) != len(d.Sites) {
		t.Errorf("%d rows for %d sites", len(idle.Rows), len(d.Sites))
	}
	for _, row := range idle.Rows {
		if row.Cells[0].Text != reports.SiteName(shared) {
			continue
		}
		rejected, captured, left := row.Cells[1].Figure.Value, row.Cells[2].Figure.Value, row.Cells[4].Figure.Value
		if sum := sumOf(d, shared); captured != sum || left != rejected-captured {
			t.Errorf("%g rejected, %g captured (the matches add up to %g), %g idle", rejected, captured, sum, left)
		}
	}
	var layer bytes.Buffer
	if err := gis.WriteGeoJSON(&layer, p.Layer()); err != nil {
		t.Fatal(err)
	}
	if key := twice(t, layer.Bytes()); key != "" {
		t.Errorf("an object of the map layer has the key %s twice", key)
	}
	if !strings.Contains(layer.String(), "Réseau north ; Réseau south") {
		t.Error("the layer does not name both networks")
	}
}

// shared is a site from which two networks take heat.
func shared(d *reports.Dossier) *reports.SiteResult {
	for _, s := range d.Sites {
		taken := slices.IndexFunc(d.Networks, func(n *reports.NetworkResult) bool { return !slices.Contains(n.Members, s) })
		if taken < 0 {
			return s
		}
	}
	return nil
}

func sumOf(d *reports.Dossier, s *reports.SiteResult) (mwh float64) {
	for _, pr := range d.Figures().Pairs {
		if pr.Site == s {
			mwh += pr.Captured.MWh.Value
		}
	}
	return mwh
}

// twice is a key that stands twice in one object.
func twice(t *testing.T, text []byte) string {
	t.Helper()
	type level struct {
		object bool
		keys   map[string]bool
		value  bool // the next token is a value
	}
	var open []*level
	decoder := json.NewDecoder(bytes.NewReader(text))
	for {
		token, err := decoder.Token()
		if err != nil {
			return ""
		}
		var top *level
		if len(open) > 0 {
			top = open[len(open)-1]
		}
		switch delim, is := token.(json.Delim); {
		case is && (delim == '}' || delim == ']'):
			open = open[:len(open)-1]
			continue
		case top != nil && top.object && !top.value:
			key := token.(string)
			if top.keys[key] {
				return key
			}
			top.keys[key], top.value = true, true
			continue
		case is:
			open = append(open, &level{object: delim == '{', keys: map[string]bool{}})
		}
		if top != nil {
			top.value = false
		}
	}
}

// fourHeatsAddUp holds the last four columns of a table to the territory's
// totals, and both units to the same figures.
func fourHeatsAddUp(t *testing.T, mwh, gwh document.Table, f *reports.TerritoryFigures) {
	t.Helper()
	for i, total := range []document.Figure{f.Rejected.MWh, f.Captured.MWh, f.Delivered.MWh, f.Supplied.MWh} {
		column, sum := len(mwh.Columns)-4+i, 0.0
		for n, row := range mwh.Rows {
			cell, same := row.Cells[column].Figure, gwh.Rows[n].Cells[column].Figure
			if cell.Stated() {
				sum += cell.Value
			}
			if cell.Code != same.Code || cell.Stated() && same.Unit != "GWh" {
				t.Errorf("%s in MWh and in GWh are two figures", mwh.Columns[column].Head)
			}
		}
		if total.Stated() && sum != total.Value || mwh.Total[column].Figure.Code != total.Code {
			t.Errorf("%s: the rows of %q add up to %g of %g MWh", mwh.Columns[column].Head, mwh.Caption, sum, total.Value)
		}
	}
}

// The four heats of the communes are one joint match: they add up to the
// territory's, and where no network takes anything that is a zero.
func TestTheFourHeatsOfTheCommunesAddUp(t *testing.T) {
	d, p := between(t, fixture.Area(t).Networks...)
	fourHeatsAddUp(t, table(t, p, "Communes MWh"), table(t, p, "Communes GWh"), d.Figures())
	_, apart := between(t, network(t, "far", func(n *configs.Network) { n.Latitude = 47 }))
	for _, row := range table(t, apart, "Communes MWh").Rows {
		if captured := row.Cells[4].Figure; row.Cells[3].Figure.Stated() && (captured.Mark != document.Known || captured.Value != 0) {
			t.Errorf("out of reach of every network, %s captures %s", row.Cells[0].Text, captured.Full("fr"))
		}
	}
}
