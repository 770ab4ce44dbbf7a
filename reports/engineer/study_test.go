package engineer

import (
	"bytes"
	"context"
	"strings"
	"testing"

	"thermie/heat"
	"thermie/proof"
	"thermie/reports"
	"thermie/reports/document"
	"thermie/reports/fixture"
)

// studyOf writes the study of one of the fixture's sites.
func studyOf(t *testing.T, site string) (*studyDraft, *document.Document) {
	t.Helper()
	d, r, err := SiteOf(context.Background(), fixture.Source(t), fixture.Area(t), site, fixture.Options(""))
	if err != nil {
		t.Fatal(err)
	}
	s, err := draftStudy(d, r)
	if err != nil {
		t.Fatal(err)
	}
	return s, s.document("study", d.Options)
}

func TestEveryFigureOfAStudyNamesItsMethod(t *testing.T) {
	for _, site := range []string{"dlc-2mw", "air-5mw", "micro-dc"} {
		_, doc := studyOf(t, site)
		if err := doc.Check(); err != nil {
			t.Error(err)
		}
		seen := map[string]reports.Placed{}
		for _, f := range reports.FiguresOf(doc.Blocks) {
			if f.Figure.Mark != document.Known {
				continue
			}
			for _, id := range strings.Split(f.Figure.Method, ", ") {
				if _, known := heat.MethodByID(id); !known {
					t.Errorf("%s: %s, %s (%s) has the method %q", site, f.Row, f.Column, f.Table, id)
				}
			}
			if was, again := seen[f.Figure.Code]; again && was.Figure.Value != f.Figure.Value {
				t.Errorf("%s: %s stands for %v (%s) and %v (%s, %s)", site, f.Figure.Code, was.Figure.Value, was.Row, f.Figure.Value, f.Row, f.Table)
			}
			seen[f.Figure.Code] = f
		}
	}
}

func TestTheStudyClosesItsEnergyBalance(t *testing.T) {
	for _, site := range []string{"dlc-2mw", "air-5mw"} {
		s, _ := studyOf(t, site)
		if gap := s.c.closure(); !(gap <= 1e-9) {
			t.Errorf("%s: the balance closes to %g", site, gap)
		}
	}
}

func TestAStudyWithoutANetworkSaysSo(t *testing.T) {
	s, doc := studyOf(t, "micro-dc")
	if s.c != nil {
		t.Fatal("a day of data is matched with a network")
	}
	var page bytes.Buffer
	if err := document.WriteHTML(&page, doc); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"moins d’une année de données", "non connu", "DÉMONSTRATION"} {
		if !strings.Contains(page.String(), want) {
			t.Errorf("the study does not say %q", want)
		}
	}
	if strings.Contains(page.String(), "⟨") {
		t.Error("a text is missing")
	}
}

func TestTheStudysKeyFigures(t *testing.T) {
	var text strings.Builder
	for _, site := range []string{"dlc-2mw", "air-5mw"} {
		s, doc := studyOf(t, site)
		caption := s.T("study.key_caption")
		for _, b := range doc.Blocks {
			table, ok := b.(document.Table)
			if !ok || table.Caption != caption {
				continue
			}
			for _, row := range table.Rows {
				f := row.Cells[1].Figure
				text.WriteString(strings.Join([]string{site, row.Cells[0].Text, f.Full("en"), f.Method, f.Code}, "\t") + "\n")
			}
		}
	}
	proof.Golden(t, "study.txt", []byte(text.String()))
}

func TestOneNetworkOfAnArea(t *testing.T) {
	whole := fixture.Area(t)
	inTerritory, err := whole.Only(whole.Networks, "marais", "dlc-2mw")
	if err != nil || len(inTerritory.Territory.Sites) != 3 || len(inTerritory.Networks) != 1 {
		t.Errorf("%d sites, %d networks: %v", len(inTerritory.Territory.Sites), len(inTerritory.Networks), err)
	}
	alone, err := (reports.Area{}).Only(whole.Networks, "marais", "dlc-2mw")
	if err != nil {
		t.Fatal(err)
	}
	d, r, err := SiteOf(context.Background(), fixture.Source(t), alone, "dlc-2mw", fixture.Options(""))
	if err != nil {
		t.Fatal(err)
	}
	joint, _ := studyOf(t, "dlc-2mw")
	s, err := draftStudy(d, r)
	if err != nil {
		t.Fatal(err)
	}
	if got := s.c.delivery.CapturedHeat.Value; !(got >= joint.c.delivery.CapturedHeat.Value) {
		t.Errorf("alone the site captures %g J, less than among others", got)
	}
	if _, err := whole.Only(whole.Networks, "elsewhere", "dlc-2mw"); err == nil {
		t.Error("a network that nobody describes is accepted")
	}
}
