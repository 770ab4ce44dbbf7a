package engineer

import (
	"bytes"
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"thermie/configs"
	"thermie/heat"
	"thermie/interval"
	"thermie/reports"
	"thermie/reports/document"
	"thermie/reports/fixture"
)

// drafted writes the study of a site and returns it as a page.
func drafted(t *testing.T, src reports.Source, area reports.Area, site string) (*studyDraft, string) {
	t.Helper()
	d, r, err := SiteOf(context.Background(), src, area, site, fixture.Options(""))
	if err != nil {
		t.Fatal(err)
	}
	s, err := draftStudy(d, r)
	if err != nil {
		t.Fatal(err)
	}
	var page bytes.Buffer
	if err := document.WriteHTML(&page, s.document("study", d.Options)); err != nil {
		t.Fatal(err)
	}
	if strings.Contains(page.String(), "⟨") {
		t.Error("a text is missing")
	}
	return s, page.String()
}

// What an engineer states of a connection takes the place of the defaults and
// is printed with who states it; a tank and a concession have their chapters.
func TestWhatIsStatedOfAConnection(t *testing.T) {
	area := fixture.Area(t)
	area.Networks = slices.Clone(area.Networks)
	area.Networks[0].NetworkDesign = configs.NetworkDesign{StorageMWh: 10, StorageLossPctDay: 2, DesignOrigin: "avant-projet"}
	area.Studies = []configs.Study{{
		Site: "dlc-2mw", Network: area.Networks[0].ID,
		RampUp: configs.RampUp{Percent: []float64{40, 100}, Origin: "plan de remplissage"},
		Stated: []configs.StudyItem{
			{ID: "concession_years", Value: 15, Unit: "a", Origin: "contrat de concession"},
			{ID: "closure", Value: 3, Unit: "%/a", Origin: "étude de marché"},
			{ID: "pipe", Value: 2000, Unit: "€/m", Origin: "devis"},
		},
	}}
	s, page := drafted(t, fixture.Source(t), area, "dlc-2mw")
	for _, want := range []string{"contrat de concession", "étude de marché", "plan de remplissage", "avant-projet", "indiqué", "Stockage sur le réseau", "N-1"} {
		if !strings.Contains(page, want) {
			t.Errorf("the study does not say %q", want)
		}
	}
	if price := s.c.inputs.Terms(s.c.peak).Pipe; len(price) != 1 || price[0].Price != 2000 {
		t.Errorf("the pipe's price is %+v", price)
	}
	if gap := s.c.closure(); !(gap <= 1e-9) {
		t.Errorf("with a tank the balance closes to %g", gap)
	}
	if short, whole := s.c.result.Cost.Concession(15).Levelised(), s.c.result.Levelised; !(short > whole) {
		t.Errorf("within the concession heat costs %g €/J, over the plant's life %g", short, whole)
	}
}

// Nothing is assumed of the years to come: the study says that nothing is
// stated.
func TestAStudyWithoutYears(t *testing.T) {
	_, page := drafted(t, fixture.Source(t), fixture.Area(t), "dlc-2mw")
	if !strings.Contains(page, "ne sont indiqués") {
		t.Error("the study does not say that nothing is stated of the years to come")
	}
}

// reclassed is a source whose heat meters have another class, and circuits
// other temperatures.
type reclassed struct {
	reports.Source
	class       string
	supply, ret float64
}

func (r reclassed) Cards(ctx context.Context, site string) ([]interval.Card, error) {
	cards, err := r.Source.Cards(ctx, site)
	cards = slices.Clone(cards)
	for i, c := range cards {
		if c.Point != nil && c.Point.Role == interval.RoleHeat {
			point := *c.Point
			point.Class = r.class
			cards[i].Point = &point
		}
	}
	return cards, err
}

func (r reclassed) Hours(ctx context.Context, site string, from, to time.Time) ([]interval.Record, error) {
	records, err := r.Source.Hours(ctx, site, from, to)
	records = slices.Clone(records)
	for i := range records {
		switch records[i].Kind {
		case interval.SupplyTemperature:
			records[i].SI = float64(interval.Celsius(r.supply))
		case interval.ReturnTemperature:
			records[i].SI = float64(interval.Celsius(r.ret))
		}
	}
	return records, err
}

// unspaced undoes French typography's spaces.
var unspaced = strings.NewReplacer("\u00a0", " ", "\u202f", " ")

// Unmatched class B probes on a loop of 5 K: the study says how badly they
// state the heat, that it is not measured, and which sensor would help most.
func TestPlainProbesAreTold(t *testing.T) {
	for _, c := range []struct {
		supply, ret float64
		probes      string
	}{{12, 7, "11"}, {35, 30, "15"}} {
		src := reclassed{fixture.Source(t), "en1434-2+iec60751-b", c.supply, c.ret}
		s, page := drafted(t, src, fixture.Area(t), "dlc-2mw")
		list := s.r.Balance.Indications()
		if len(list) != 1 || !(list[0].U > heat.MeasuredLimit) {
			t.Fatalf("%v", list)
		}
		for _, want := range []string{"sondes seules : ± " + c.probes, "ne peut être dite mesurée", "Le capteur le plus utile"} {
			if !strings.Contains(unspaced.Replace(page), want) {
				t.Errorf("at %g/%g °C the study does not say %q: %+v", c.supply, c.ret, want, list)
			}
		}
	}
}
