package explain

import (
	"bytes"
	"context"
	"errors"
	"strings"
	"testing"

	"thermie/configs"
	"thermie/interval"
	"thermie/reports"
	"thermie/reports/document"
	"thermie/reports/fixture"
)

// plan states one hypothesis of each nature: about a site, about a network,
// about the grid.
var plan = configs.Plan{Hypotheses: []configs.Hypothesis{
	{ID: "renovation", Kind: configs.Renovation, Scenario: "trend", From: 2026, PercentPerYear: 1, Source: "schéma directeur"},
	{ID: "grid", Kind: configs.GridFactor, Scenario: "trend", From: 2030, KgPerKWh: 0.03, Source: "gestionnaire du réseau"},
	{ID: "warm", Kind: configs.LiquidCooling, Scenario: "committed", From: 2028, Site: "air-5mw", SharePercent: 60, SupplyC: 60, ReturnC: 45, Source: "exploitant"},
	{ID: "closure", Kind: configs.Closure, Scenario: "ambitious", From: 2032, Site: "dlc-2mw", State: "announced", Source: "presse locale"},
}}

// demonstration is the library of the demonstration's territory, with a plan.
func demonstration(t *testing.T, disclosure string) *Library {
	t.Helper()
	area := fixture.Area(t)
	area.Plan = plan
	o := fixture.Options("")
	o.Disclosure = disclosure
	l, err := NewLibrary(Library{Source: fixture.Source(t), AreaOf: func(siren string) (reports.Area, error) {
		if siren == "" {
			return reports.Area{}, nil
		}
		return area, nil
	}, SIRENs: []string{area.Territory.SIREN}, Years: []int{2025}, Options: o})
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func TestEveryFigureOfTheDemonstrationIsExplainedAndComputedAgain(t *testing.T) {
	ctx, l := context.Background(), demonstration(t, "authority")
	shelves, err := l.shelves(ctx)
	if err != nil {
		t.Fatal(err)
	}
	explained := 0
	for _, s := range shelves {
		v, err := l.open(ctx, s)
		if err != nil {
			t.Fatalf("%v: %v", s, err)
		}
		if len(v.figures) == 0 {
			t.Errorf("%v prints no figure", s)
		}
		for _, placed := range v.figures {
			trail, err := l.trail(ctx, v, placed)
			if err != nil {
				t.Fatalf("%v, %s: %v", s, placed.Figure.Code, err)
			}
			explained++
			where := placed.Table + " / " + placed.Row + " / " + placed.Column
			if !trail.Again.Same {
				t.Errorf("%v: %s (%s) printed %q, computed again %q", s.report, trail.Code, where, trail.Printed, trail.Again.Printed)
			}
			if trail.Printed != placed.Figure.Full("fr") {
				t.Errorf("%s: explained as %q, printed as %q", trail.Code, trail.Printed, placed.Figure.Full("fr"))
			}
			if placed.Figure.Mark == document.Known && placed.Figure.Method != "" && len(trail.Methods) == 0 {
				t.Errorf("%s (%s): method %q is not explained", trail.Code, where, placed.Figure.Method)
			}
			var text strings.Builder
			if err := Print(&text, trail, "fr"); err != nil || strings.Contains(text.String(), "⟨") || strings.Contains(text.String(), "leaf_") {
				t.Fatalf("%s (%s): %v\n%s", trail.Code, where, err, text.String())
			}
		}
	}
	t.Logf("%d figures of %d reports", explained, len(shelves))
}

func TestATotalIsFollowedToItsRegisters(t *testing.T) {
	l := demonstration(t, "authority")
	code := codeOf(t, l, "rejected", "total", "gisement_mwh")
	trail, err := l.Explain(context.Background(), strings.ToLower(code))
	if err != nil {
		t.Fatal(err)
	}
	if len(trail.Sum) != 2 || len(trail.Sites) != 2 {
		t.Errorf("the total is the sum of %d amounts of %d sites, want 2 of 2", len(trail.Sum), len(trail.Sites))
	}
	if len(trail.Networks) > 0 {
		t.Error("rejected heat rests on no network")
	}
	if !trail.Again.Same || len(trail.Again.Sites) != 2 {
		t.Errorf("computed again from %v: %q", trail.Again.Sites, trail.Again.Printed)
	}
	for _, s := range trail.Sites {
		if len(s.Tiers) == 0 || len(s.Budgets) != 1 || len(s.Points) == 0 || s.Records == 0 {
			t.Errorf("site %s: %d tiers, %d budgets, %d points, %d records", s.ID, len(s.Tiers), len(s.Budgets), len(s.Points), s.Records)
		}
		for _, p := range s.Points {
			if len(p.Cards) == 0 || len(p.Read) == 0 {
				t.Errorf("point %s of %s: %d cards, %d kinds read", p.ID, s.ID, len(p.Cards), len(p.Read))
			}
		}
	}
	for _, lang := range reports.Languages {
		var text bytes.Buffer
		if err := Print(&text, trail, lang); err != nil {
			t.Fatal(err)
		}
		if strings.Contains(text.String(), "⟨") || strings.Contains(text.String(), "{") {
			t.Errorf("a word is missing:\n%s", text.String())
		}
	}
}

func TestADevicesRegistersAreNamed(t *testing.T) {
	l := demonstration(t, "authority")
	found := l.template("eastron-sdm630", []Reading{{Kind: string(interval.ElectricEnergy)}})
	if found == nil || len(found.Registers) == 0 || found.Registers[0].Source == "" {
		t.Fatalf("the template says %+v", found)
	}
}

func TestASecretFigureIsNotExplained(t *testing.T) {
	ctx, public := context.Background(), demonstration(t, "public")
	code := codeOf(t, demonstration(t, "authority"), "rejected", "air-5mw", "gisement_mwh")
	_, err := public.Explain(ctx, code)
	var secret *SecretError
	if !errors.As(err, &secret) && !errors.Is(err, ErrNoFigure) {
		t.Fatalf("a site's heat is explained to everyone: %v", err)
	}
	v, err := public.open(ctx, shelf{report: "pcaet", siren: "999000012", year: 2025})
	if err != nil {
		t.Fatal(err)
	}
	for _, placed := range v.figures {
		if placed.Figure.Mark == document.Secret {
			continue
		}
		trail, err := public.Explain(ctx, placed.Figure.Code)
		if err != nil {
			t.Fatal(err)
		}
		if len(trail.Sites)+len(trail.Sum)+len(trail.Again.Sites) > 0 || !trail.Withheld {
			t.Errorf("%s tells everyone of single sites", trail.Code)
		}
		if !trail.Again.Same {
			t.Errorf("%s printed %q, computed again %q", trail.Code, trail.Printed, trail.Again.Printed)
		}
	}
}

func TestACodeThatIsNoneIsSaidToBeNone(t *testing.T) {
	l := demonstration(t, "authority")
	if _, err := l.Explain(context.Background(), "12345678"); err == nil || !strings.Contains(err.Error(), "no figure's code") {
		t.Errorf("1 and 8 are in no code: %v", err)
	}
	if _, err := l.Explain(context.Background(), "AAAAAAAA"); !errors.Is(err, ErrNoFigure) {
		t.Errorf("a code that nothing prints: %v", err)
	}
}

// codeOf is the code of a cell of the dossier.
func codeOf(t *testing.T, l *Library, table, row, column string) string {
	t.Helper()
	return document.Place{Report: "pcaet", Area: "999000012", Period: "2025", Table: table, Row: row, Column: column}.Code()
}

// A figure of a year to come stands on what somebody said of it.
func TestATrajectoryNamesItsHypotheses(t *testing.T) {
	l := demonstration(t, "authority")
	named := func(table, row, column string) string {
		t.Helper()
		trail, err := l.Explain(t.Context(), codeOf(t, l, table, row, column))
		if err != nil {
			t.Fatal(err)
		}
		var ids []string
		for _, h := range trail.Hypotheses {
			if ids = append(ids, h.ID); h.Kind == "" || h.About == "" || h.Value == "" || h.Years == "" || h.Source == "" {
				t.Errorf("%+v", h)
			}
		}
		var text strings.Builder
		if err := Print(&text, trail, "fr"); err != nil || strings.Count(text.String(), "hypothèse retenue : ") != len(ids) {
			t.Errorf("the text says of the hypotheses %v (%v):\n%s", ids, err, text.String())
		}
		return strings.Join(ids, " ")
	}
	for _, want := range []struct{ table, row, column, ids string }{
		{"trajectories", "trend-2030", "captee_mwh", "renovation grid"},
		{"trajectories", "committed-2036", "captee_mwh", "renovation grid warm"},
		{"trajectories", "ambitious-2050", "avoided_t", "renovation grid warm closure"},
		{"trajectories", "ambitious-2050", "e_dc_mwh", "renovation grid warm closure"},
		{"rates marais", "ambitious-2030", "captee_mwh", "renovation grid warm"},
		{"hypotheses", "closure", "captee_mwh_2050", "closure"},
		{"rejected", "total", "gisement_mwh", ""},
	} {
		if got := named(want.table, want.row, want.column); got != want.ids {
			t.Errorf("%s, %s counts %q, want %q", want.table, want.row, got, want.ids)
		}
	}
}

func TestACostNamesItsPricesWithSourceAndDate(t *testing.T) {
	l := demonstration(t, "authority")
	for column, wants := range map[string][]string{
		"cost":    {"heat_pump", "pipe", "electricity", "discount"},
		"budget":  {"heat_pump", "station", "pipe"},
		"payback": {"heat_pump", "electricity", "heat_worth"},
	} {
		trail, err := l.Explain(t.Context(), codeOf(t, l, "economy", "air-5mw→marais", column))
		if err != nil {
			t.Fatal(err)
		}
		prices := map[string]Price{}
		for _, p := range trail.Prices {
			prices[p.ID] = p
		}
		for _, id := range wants {
			if p := prices[id]; p.Name == "" || p.Unit == "" || p.Status == "" {
				t.Errorf("%s names of the price %s: %+v", column, id, p)
			}
		}
		if pump := prices["heat_pump"]; pump.Source == "" || pump.Seen == "" {
			t.Errorf("%s: the price of a heat pump was read in %q on %q", column, pump.Source, pump.Seen)
		}
		if _, interest := prices["discount"]; interest != (column == "cost") {
			t.Errorf("%s has interest: %t", column, interest)
		}
		var text strings.Builder
		if err := Print(&text, trail, "fr"); err != nil || !strings.Contains(strings.ReplaceAll(text.String(), document.Nbsp, " "), "Agence danoise de l'énergie 2025, PyPSA/technology-data 634cdc1a56, lu le 22 novembre 2026") {
			t.Errorf("%s does not say where and when its prices were read (%v):\n%s", column, err, text.String())
		}
	}
}

// A heat of one class says of which class its parts are, and what is handed
// over rests on the sensors at the tap as well: they tell the class.
func TestAClassOfTemperatureIsFollowedToTheTap(t *testing.T) {
	l := demonstration(t, "authority")
	followed := 0
	for _, heat := range []string{"gisement", "captee", "livree", "valorisee"} {
		for _, class := range []string{"cold", "warm", "hot"} {
			trail, err := l.Explain(t.Context(), codeOf(t, l, reports.ClassTable, class, heat+"_mwh"))
			if err != nil {
				t.Fatal(err)
			}
			for _, part := range trail.Sum {
				if want := l.words.T("explain.leaf_"+heat) + ", " + reports.ClassesOf(2025).Name(l.words.Words, class); part.What != want {
					t.Errorf("a part of %s, %s is called %q, want %q", heat, class, part.What, want)
				}
			}
			if !trail.Again.Same {
				t.Errorf("%s, %s: printed %q, computed again %q", heat, class, trail.Printed, trail.Again.Printed)
			}
			if heat != "valorisee" || trail.figure.Value == 0 {
				continue
			}
			for _, s := range trail.Sites {
				roles := map[string]bool{}
				for _, p := range s.Points {
					roles[p.Role] = true
				}
				followed += len(roles) / 2
				if len(s.Budgets) > 1 || len(roles) > 2 {
					t.Errorf("%s: %d budgets, points of the roles %v", s.ID, len(s.Budgets), roles)
				}
			}
		}
	}
	if followed == 0 {
		t.Error("no heat handed over is followed to the meter and to the tap")
	}
}
