package press

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"html"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"thermie/configs"
	"thermie/heat"
	"thermie/interval"
	"thermie/proof"
	"thermie/reports"
	"thermie/reports/document"
	"thermie/reports/engineer"
	"thermie/reports/fixture"
)

func TestTheTerritorysDigestAndDepositTable(t *testing.T) {
	out := t.TempDir()
	summary, err := writeTerritory(context.Background(), fixture.Source(t), fixture.Area(t), fixture.Options(out))
	if err != nil {
		t.Fatal(err)
	}
	digest, err := summary.JSON()
	if err != nil {
		t.Fatal(err)
	}
	proof.Golden(t, "summary.json", digest)
	deposit, err := os.ReadFile(filepath.Join(out, "depot.csv"))
	if err != nil {
		t.Fatal(err)
	}
	proof.Golden(t, "depot.csv", deposit)
}

func TestTheMeasuredDayKeepsItsNumbers(t *testing.T) {
	r, err := reports.ReadSite(context.Background(), fixture.Source(t), "micro-dc", fixture.Options(""))
	if err != nil {
		t.Fatal(err)
	}
	f := r.Figures()
	for _, want := range []struct {
		name, text string
		got        document.Figure
	}{
		{"E_IT", "595,87 kWh", f.EIT}, {"E_total", "659,00 kWh", f.EDC}, {"ratio", "1,1059", f.PPUE},
	} {
		want.got.U = 0
		if got := strings.ReplaceAll(want.got.Full("fr"), document.Nbsp, " "); got != want.text {
			t.Errorf("%s of the measured day: %s, want %s", want.name, got, want.text)
		}
	}
	if f.PUE.Mark != document.Unknown {
		t.Errorf("a day has the annual PUE %s", f.PUE.Text("fr"))
	}
	if f.PPUE.U < 0.0030 || f.PPUE.U > 0.0031 {
		t.Errorf("U of the ratio is %v, want the 0.0030 of the meters and at most 0.0001 of sampling", f.PPUE.U)
	}
	if r.Annual() || r.WholeYear {
		t.Error("a site of one day enters the annual totals")
	}
}

func TestOneFigureIsOneStringInEveryFormat(t *testing.T) {
	for _, lang := range reports.Languages {
		o := fixture.Options("")
		o.Lang = lang
		doc, err := territoryDocument(context.Background(), fixture.Source(t), fixture.Area(t), o)
		if err != nil {
			t.Fatal(err)
		}
		var page, text bytes.Buffer
		if err := errors.Join(document.WriteHTML(&page, doc), document.WriteDOCX(&text, doc)); err != nil {
			t.Fatal(err)
		}
		paper := packed(t, text.Bytes(), "word/document.xml")
		for _, f := range reports.FiguresOf(doc.Blocks) {
			printed := html.EscapeString(f.Figure.Text(lang))
			if !strings.Contains(page.String(), printed) || !strings.Contains(paper, printed) {
				t.Errorf("%s: %s (%s, %s) is not printed alike in HTML and DOCX", lang, printed, f.Row, f.Column)
			}
		}
		if strings.Contains(page.String(), "⟨") {
			t.Errorf("%s: a text is missing: %s", lang, around(page.String(), "⟨"))
		}
		if !strings.Contains(page.String(), doc.Banner) || !strings.Contains(doc.Banner, " – ") {
			t.Errorf("%s: the page does not say that it is a demonstration", lang)
		}
	}
}

// packed returns one file of a package.
func packed(t *testing.T, data []byte, name string) string {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	f, err := z.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	text, err := io.ReadAll(f)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func around(text, what string) string {
	i := strings.Index(text, what)
	return text[max(0, i-40):min(len(text), i+60)]
}

func TestACodeNamesOneFigure(t *testing.T) {
	doc, err := territoryDocument(context.Background(), fixture.Source(t), fixture.Area(t), fixture.Options(""))
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]reports.Placed{}
	for _, f := range reports.FiguresOf(doc.Blocks) {
		was, again := seen[f.Figure.Code]
		same := was.Figure.Value == f.Figure.Value || was.Figure.Unit == "MWh" && f.Figure.Unit == "GWh" || was.Figure.Unit == "GWh" && f.Figure.Unit == "MWh"
		if again && (!same || was.Figure.Mark != f.Figure.Mark) {
			t.Errorf("%s stands for %v (%s, %s) and %v (%s, %s)", f.Figure.Code, was.Figure.Value, was.Row, was.Table, f.Figure.Value, f.Row, f.Table)
		}
		seen[f.Figure.Code] = f
		if len(f.Figure.Code) != 8 {
			t.Errorf("code %q of %s, %s", f.Figure.Code, f.Row, f.Table)
		}
	}
}

func TestTheSameInputsGiveTheSameBytes(t *testing.T) {
	one, two := t.TempDir(), t.TempDir()
	for _, out := range []string{one, two} {
		o := fixture.Options(out)
		if _, err := writeTerritory(context.Background(), fixture.Source(t), fixture.Area(t), o); err != nil {
			t.Fatal(err)
		}
		if err := WriteNetwork(context.Background(), fixture.Source(t), fixture.Area(t), "dlc-2mw", o); err != nil {
			t.Fatal(err)
		}
	}
	files, err := os.ReadDir(one)
	if err != nil || len(files) < 7 {
		t.Fatalf("%d files: %v", len(files), err)
	}
	for _, f := range files {
		a, _ := os.ReadFile(filepath.Join(one, f.Name()))
		b, _ := os.ReadFile(filepath.Join(two, f.Name()))
		if len(a) == 0 || !bytes.Equal(a, b) {
			t.Errorf("%s differs between two runs", f.Name())
		}
	}
}

func TestCaptureNeverExceedsWhatIsRejectedNorCountsWhatIsSupplied(t *testing.T) {
	src := fixture.Source(t)
	d, err := reports.Build(context.Background(), src, fixture.Area(t), fixture.Options(""))
	if err != nil {
		t.Fatal(err)
	}
	f := d.Figures()
	for _, p := range f.Pairs {
		if err := p.Site.WithHours(context.Background(), src, d.Options); err != nil {
			t.Fatal(err)
		}
		for h, w := range p.Delivery.Captured {
			available := p.Site.Estimate.Hours[h].Heat - p.Site.Balance.Hours[h].HandedOver.Energy
			if got := w.For(time.Hour); got > max(0, available)*(1+1e-9) {
				t.Fatalf("%s, hour %d: %v J captured of %v J", p.Site.ID, h, got, available)
			}
		}
		if p.Delivered.MWh.Value != p.Captured.MWh.Value+p.Pump.Value {
			t.Errorf("%s: %v MWh delivered are not %v captured and %v of electricity", p.Site.ID, p.Delivered.MWh.Value, p.Captured.MWh.Value, p.Pump.Value)
		}
	}
	if f.Captured.MWh.Mark != document.Known || f.Captured.MWh.Value <= 0 {
		t.Errorf("captured: %+v", f.Captured.MWh)
	}
}

// A demonstration is reported on as such, and enters nothing that is real.
func TestWhatIsFictitiousStaysAmongItself(t *testing.T) {
	o := fixture.Options("")
	o.AllowFictitious = false
	ctx, src := context.Background(), fixture.Source(t)
	if d, err := reports.Build(ctx, src, fixture.Area(t), o); err != nil || !d.Fictitious() {
		t.Errorf("a fictitious territory: %v", err)
	}
	if doc, err := engineer.SiteDocument(ctx, src, "dlc-2mw", o); err != nil || !strings.Contains(doc.Banner, "DÉMONSTRATION") {
		t.Errorf("a fictitious site alone: %v", err)
	}
	actual, err := reports.OpenFile(realExport(t))
	if err != nil {
		t.Fatal(err)
	}
	if _, _, err := engineer.SiteOf(ctx, actual, fixture.Area(t), "micro-dc", o); !errors.Is(err, reports.ErrFictitious) {
		t.Errorf("a real site's study in a fictitious territory: %v", err)
	}
	real := fixture.Area(t)
	real.Territory.Fictitious = false
	if _, err := reports.Build(ctx, src, real, o); !errors.Is(err, reports.ErrFictitious) {
		t.Errorf("a fictitious network: %v", err)
	}
	real.Networks = nil
	if _, err := reports.Build(ctx, src, real, o); !errors.Is(err, reports.ErrFictitious) {
		t.Errorf("a fictitious site: %v", err)
	}
}

// declaredSite is a data center that nobody meters.
func declaredSite(id string) configs.SiteEntry {
	return configs.SiteEntry{ID: id, Site: interval.Site{Name: "Site " + id, Operator: "Exploitant " + id, RatedITKW: 1000, Tap: "return_air",
		Latitude: 46.602, Longitude: -3.405, UTCOffsetMin: 60, Data: interval.DeclaredData}}
}

func TestATerritoryComesOutWhateverIsMissing(t *testing.T) {
	wrongTap, nowhere := declaredSite("wrong-tap"), declaredSite("nowhere")
	wrongTap.Tap = "chimney"
	nowhere.Latitude, nowhere.Longitude = 0, 0
	for name, c := range map[string]struct {
		sites    []string
		network  func(*configs.Network)
		says     string
		captured document.Mark
	}{
		"no site":                {nil, nil, "Aucun centre de données", document.Unknown},
		"no network":             {[]string{"declared"}, func(n *configs.Network) { n.ID = "" }, "Aucun réseau de chaleur n’est décrit", document.Unknown},
		"an unknown site":        {[]string{"declared", "unheard-of"}, nil, "unheard-of", document.Known},
		"a site without tap":     {[]string{"declared", "wrong-tap"}, nil, "Données inexploitables", document.Known},
		"a site without place":   {[]string{"nowhere"}, nil, "position du site ou du réseau non connue", document.Unknown},
		"a network of steam":     {[]string{"declared"}, func(n *configs.Network) { n.Fluid = heat.Steam }, "hors de portée d’une pompe à chaleur", document.Known},
		"a network far away":     {[]string{"declared"}, func(n *configs.Network) { n.Latitude = 47 }, "réseau hors de portée", document.Known},
		"an unknown climate":     {[]string{"declared"}, func(n *configs.Network) { n.ClimateZone = "H9" }, "rapprochement impossible", document.Unknown},
		"a declared site alone":  {[]string{"declared"}, nil, "déclarées, sans compteur", document.Known},
		"a network without load": {[]string{"declared"}, func(n *configs.Network) { n.Demand = 0 }, "demande ou température du réseau non décrites", document.Unknown},
	} {
		t.Run(name, func(t *testing.T) {
			src := reports.Declare(&reports.File{}, []configs.SiteEntry{declaredSite("declared"), wrongTap, nowhere})
			area := fixture.Area(t)
			area.Territory.Sites = c.sites
			if c.network != nil {
				c.network(&area.Networks[0])
				area.Networks = slices.DeleteFunc(area.Networks, func(n configs.Network) bool { return n.ID == "" })
			}
			out := t.TempDir()
			summary, err := writeTerritory(context.Background(), src, area, fixture.Options(out))
			if err != nil {
				t.Fatal(err)
			}
			if got := summary.Territory.Captee.Figure.Mark; got != c.captured {
				t.Errorf("captured heat has the mark %v, want %v", got, c.captured)
			}
			page, err := os.ReadFile(filepath.Join(out, "pcaet.html"))
			if err != nil {
				t.Fatal(err)
			}
			if text := html.UnescapeString(string(page)); !strings.Contains(strings.ReplaceAll(text, document.Nbsp, " "), c.says) {
				t.Errorf("the page does not say %q", c.says)
			}
			if i := strings.Index(string(page), "⟨"); i >= 0 {
				t.Errorf("a text is missing: %s", around(string(page), "⟨"))
			}
		})
	}
}
