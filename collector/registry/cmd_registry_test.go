package registry

import (
	"bytes"
	"os"
	"strings"
	"testing"
)

// The command, as a person types it.
func TestTheCommand(t *testing.T) {
	dir := t.TempDir()
	list := dir + "/liste.csv"
	if err := os.WriteFile(list, windows1252("nom;commune;département;puissance_it_kw\nHall 3;Saint-Denis;93;1 200,5\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	run := func(args ...string) (out, told string, err error) {
		var o, e bytes.Buffer
		err = CmdRegistry(ctx, append(args, "-data", dir, "-person", "Jeanne"), &o, &e)
		return o.String(), e.String(), err
	}
	for _, story := range []struct {
		args      []string
		out, told string
	}{
		{[]string{"find", "Saint-Denis", "93"}, "93066  Saint-Denis (Seine-Saint-Denis)", ""},
		{[]string{"find", "93059"}, "plan of 200057867 Plaine Commune", "is no commune since 2025"},
		{[]string{"find", "T6"}, "200057867  EPT Plaine Commune", ""},
		{[]string{"find", "200054781"}, "Métropole du Grand Paris", "made by its territories and by Paris"},
		{[]string{"import", list, "-dry-run"}, "dry run, nothing kept: 1 new", ""},
		{[]string{"list", "sites"}, "", ""},
		{[]string{"import", list}, "1 new", ""},
		{[]string{"import", list}, "1 as before", ""},
		{[]string{"declare", "site", "id=hall-3-saint-denis", "operator=Exemple SA"}, "1 changed", ""},
		{[]string{"declare", "site", "id=hall-3-saint-denis", "it_rated_kw=2000", "-from", "2030-01-01"}, "1 new", ""},
		{[]string{"declare", "territory", "siren=200057867"}, "1 new", ""},
		{[]string{"declare", "network", "id=paris", "order_id=7501C", "fluid=steam", "demand_mwh=5000000", "climate_zone=H1a",
			"supply_cold_c=180", "return_cold_c=70", "supply_mild_c=150", "return_mild_c=60"}, "1 new", ""},
		{[]string{"declare", "network", "id=paris", "reach_km=3"}, "1 changed", ""},
		{[]string{"declare", "factor", "id=gas", "value=0.227", "unit=kgCO2e/kWh", "basis=gas_lhv", "year=2022", "set=S", "source=exemple", "status=confirm"}, "1 new", ""},
		{[]string{"list"}, "Exemple SA  93066", ""},
		{[]string{"list", "territories"}, "Plaine Commune  8 communes", ""},
		{[]string{"list", "networks"}, "EnR&R 48.8 %", ""},
		{[]string{"list", "factors"}, "0.227 kgCO2e/kWh", ""},
		{[]string{"list", "sites", "-as-of", "2020-01-01"}, "", ""},
		{[]string{"show", "site", "hall-3-saint-denis"}, `"it_rated_kw":2000`, ""},
		{[]string{"show", "site", "hall-3-saint-denis", "-history", "-json"}, "liste.csv:2", ""},
		{[]string{"show", "territory", "200057867"}, `"93079"`, ""},
		{[]string{"withdraw", "site", "hall-3-saint-denis"}, "", ""},
		{[]string{"copy", "-to", dir + "/copy.db", "-owner", "https://owner.example"}, "in the name of https://owner.example", ""},
	} {
		out, told, err := run(story.args...)
		if err != nil || !strings.Contains(out, story.out) || !strings.Contains(told, story.told) || strings.Contains(told, "communes are not known") {
			t.Errorf("%q: %q, %q, %v", story.args, out, told, err)
		}
	}
	for _, c := range []struct {
		args []string
		says string
	}{
		{[]string{"lits"}, "there is no registry"},
		{[]string{"list", "meters"}, "no list of"},
		{[]string{"declare"}, "declare what?"},
		{[]string{"declare", "site", "hall"}, "is not key=value"},
		{[]string{"declare", "site", "id=x"}, "name is missing"},
		{[]string{"declare", "site", "id=x", "name=X", "colour=red"}, "unknown key colour"},
		{[]string{"declare", "site", "id=x", "name=X", "-from", "1/7/2026"}, "want a day"},
		{[]string{"declare", "territory", "siren=200057868"}, "name is missing"},
		{[]string{"show", "site", "nobody"}, `no site "nobody" is declared`},
		{[]string{"show", "meter", "x"}, "there is no"},
		{[]string{"find", "93200"}, "not a postal code"},
		{[]string{"hours"}, "the hours of which network?"},
		{[]string{"hours", "nord"}, `no network "nord" is declared`},
		{[]string{"hours", "paris"}, "has no hours of its own here"},
		{[]string{"import", "sites.xlsx"}, "neither CSV nor YAML"},
		{[]string{"import", dir + "/none.csv"}, "no such file"},
		{[]string{"withdraw", "site", "nobody"}, "is declared"},
		{[]string{"copy"}, "copy to where"},
		{[]string{"list", "-as-of", "yesterday"}, "want a day"},
	} {
		if _, _, err := run(c.args...); err == nil || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%q: %v, want %q", c.args, err, c.says)
		}
	}
}
