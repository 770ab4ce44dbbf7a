package press

import (
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// spoiled is the fixture's territory with the export put wrong.
func spoiled(t *testing.T, spoil func(lines string) string) (export, config string) {
	t.Helper()
	export, config = aTerritory(t)
	data, err := os.ReadFile(export)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(export, []byte(spoil(string(data))), 0o600); err != nil {
		t.Fatal(err)
	}
	return export, config
}

// ofHeat rewrites the mean of one kind of the heat meter's records.
func ofHeat(kind, mean string) func(string) string {
	lines := regexp.MustCompile(`(?m)^(interval,site=dlc-2mw,meter=heat,kind=` + kind + `,\S+ si=)[^,]*(.*?),min=[^,]*,max=[^,]*`)
	return func(export string) string { return lines.ReplaceAllString(export, "${1}"+mean+"${2}") }
}

// threeOfFiveHours drops every kind of record in two hours of five.
func threeOfFiveHours(export string) string {
	var kept strings.Builder
	for line := range strings.Lines(export) {
		start, err := strconv.ParseInt(strings.TrimSpace(line[strings.LastIndex(line, " ")+1:]), 10, 64)
		if err == nil && strings.HasPrefix(line, "interval,site=dlc-2mw,") && start/3600%5 >= 3 {
			continue
		}
		kept.WriteString(line)
	}
	return kept.String()
}

// What a site's meters get wrong is told on the study's first page, and never
// a clean-looking number.
func TestBadMetersAreToldOnTheFirstPage(t *testing.T) {
	for name, c := range map[string]struct {
		spoil func(string) string
		says  string
	}{
		"a supply above 100 °C": {ofHeat("supply_temperature", "388.15"), "température de départ supérieure à 100 °C"},
		"a negative flow":       {ofHeat("volume_flow", "-0.01"), "débit négatif"},
		"60 % of the year":      {threeOfFiveHours, "Heures sans mesure"},
	} {
		t.Run(name, func(t *testing.T) {
			export, config := spoiled(t, c.spoil)
			out := t.TempDir()
			_, _, err := report("network", "-from", export, "-config", config, "-territory", "200054781", "-site", "dlc-2mw", "-year", "2025", "-out", out, "-date", "2026-03-01")
			told := ""
			if err != nil {
				told = err.Error()
			} else {
				told, _, _ = strings.Cut(page(t, filepath.Join(out, "dlc-2mw-etude.html")), "2 Ressource")
			}
			if !strings.Contains(told, c.says) {
				t.Errorf("%v: the first page does not say %q", err, c.says)
			}
		})
	}
}

// A network's own hours that cannot be meant are refused with the file and
// what to do.
func TestBadDemandIsRefused(t *testing.T) {
	hours := func(n int) string { return "demand_kw\n" + strings.Repeat("4800\n", n) }
	for name, c := range map[string]struct {
		file, says string
	}{
		"8,759 rows": {hours(8759), "8759 rows for 8760 hours: one hour is missing"},
		"leap year":  {hours(8784), "8784 rows for 8760 hours"},
		"a word":     {strings.Replace(hours(8760), "4800\n", "fermé\n", 1), "fermé"},
	} {
		path := filepath.Join(t.TempDir(), "demande.csv")
		if err := os.WriteFile(path, []byte(c.file), 0o600); err != nil {
			t.Fatal(err)
		}
		export, config := aTerritory(t, "demand_mwh: 42000", "demand_csv: "+path+"\n    demand_origin: exploitant")
		_, _, err := report("network", "-from", export, "-config", config, "-territory", "200054781", "-site", "dlc-2mw", "-year", "2025", "-out", t.TempDir())
		if err == nil || !strings.Contains(err.Error(), c.says) || !strings.Contains(err.Error(), "demande.csv") {
			t.Errorf("%s: %v, want %q", name, err, c.says)
		}
	}
}

// english are words that no French text has.
var english = regexp.MustCompile(`.{20}[ (](?:the|of|and|with|from|is|are|not|hour|hours|row|demand|network|states)[ ,.;:)].{20}`)

// What a network's own hours get wrong is told on the dossier's first page, in
// the dossier's language, and in English to who runs the command.
func TestAFaultIsToldInTheLanguageOfTheDossier(t *testing.T) {
	hours := filepath.Join(t.TempDir(), "demande.csv")
	if err := os.WriteFile(hours, []byte("demand_kw\nfermé\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	export, config := aTerritory(t, "demand_mwh: 42000", "demand_csv: "+hours+"\n    demand_origin: exploitant")
	for lang, says := range map[string]string{
		"fr": "rapprochement impossible (chronique horaire, ligne 1 : « fermé » n’est pas un nombre)",
		"en": "no match possible (hourly series, row 1: “fermé” is not a number)",
	} {
		out := t.TempDir()
		_, said, err := report("pcaet", "-from", export, "-config", config, "-territory", "200054781", "-year", "2025", "-lang", lang, "-out", out, "-date", "2026-03-01")
		if err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(said, `row 1: "fermé" is not a number`) {
			t.Errorf("the command says %q", said)
		}
		text := regexp.MustCompile(`(?s)<style.*?</style>|<[^>]*>`).ReplaceAllString(page(t, filepath.Join(out, "pcaet.html")), " ")
		first, _, _ := strings.Cut(text, "Diagnostic")
		if !strings.Contains(first, says) && lang == "fr" || !strings.Contains(text, says) {
			t.Errorf("%s: the first page does not say %q", lang, says)
		}
		if found := english.FindAllString(text, -1); lang == "fr" && len(found) > 0 {
			t.Errorf("the French dossier says %q", found)
		}
	}
}

// A territory whose only network no heat pump can feed captures nothing, which
// is known: no uncertainty is stated of it.
func TestAKnownNothingIsReported(t *testing.T) {
	export, config := aTerritory(t, "fluid: hot_water", "fluid: steam")
	out, _, err := report("pcaet", "-json", "-from", export, "-config", config, "-territory", "200054781", "-year", "2025", "-out", t.TempDir(), "-date", "2026-03-01")
	if err != nil {
		t.Fatal(err)
	}
	var summary struct {
		Territory struct {
			Captured struct{ Value, U *float64 } `json:"captee_mwh"`
		} `json:"territory"`
	}
	if err := json.Unmarshal([]byte(out), &summary); err != nil {
		t.Fatal(err)
	}
	if c := summary.Territory.Captured; c.Value == nil || *c.Value != 0 || c.U != nil {
		t.Errorf("captured: %+v", c)
	}
}
