package document

import (
	"math"
	"testing"
)

func TestFigureText(t *testing.T) {
	heat := Figure{Value: 12573, U: 1260, Unit: "MWh", Coverage: 0.98765}
	ratio := Figure{Value: 98.4, Decimals: 1, Unit: "%"}
	for _, c := range []struct {
		what, got, want string
	}{
		{"value", heat.Text("fr"), "12\u202f573"},
		{"value in English", heat.Text("en"), "12,573"},
		{"with ±", heat.WithU("fr"), "12\u202f573\u00a0±\u00a01\u202f260"},
		{"in full", heat.Full("fr"), "12\u202f573\u00a0±\u00a01\u202f260\u00a0MWh"},
		{"in full, English", heat.Full("en"), "12,573\u00a0±\u00a01,260\u00a0MWh"},
		{"per cent", ratio.Full("fr"), "98,4\u00a0%"},
		{"per cent, English", ratio.Full("en"), "98.4%"},
		{"coverage is rounded down", heat.CoverageText("fr"), "98,7\u00a0%"},
		{"almost full is not full", Figure{Coverage: 0.99999}.CoverageText("fr"), "99,9\u00a0%"},
		{"full", Figure{Coverage: 1}.CoverageText("fr"), "100\u00a0%"},
		{"zero is zero", Figure{Unit: "MWh"}.Full("fr"), "0\u00a0MWh"},
		{"unknown", Figure{Mark: Unknown, Unit: "MWh", U: 3}.Full("fr"), "non connu"},
		{"secret", Figure{Mark: Secret, Unit: "MWh", U: 3}.Full("fr"), "s"},
		{"no budget", Figure{Value: 5, Unit: "MWh", Unbudgeted: true}.Full("fr"), "5\u00a0±\u00a0non connu\u00a0MWh"},
		{"negative", FormatNumber("fr", -1234.56, 1), "−1\u202f234,6"},
		{"no negative zero", FormatNumber("fr", -0.04, 1), "0,0"},
		{"not a number", FormatNumber("fr", math.NaN(), 1), "non connu"},
		{"plain", Figure{Value: 12573.5, Decimals: 1}.Plain(), "12573.5"},
		{"plain secret", Figure{Value: 12573.5, Mark: Secret}.Plain(), ""},
	} {
		if c.got != c.want {
			t.Errorf("%s: got %q, want %q", c.what, c.got, c.want)
		}
	}
}

func TestTypeset(t *testing.T) {
	for in, want := range map[string]string{
		"Pourquoi ? « Oui » ; 5 % : voir !": "Pourquoi\u202f? «\u00a0Oui\u00a0»\u202f; 5\u00a0%\u202f: voir\u202f!",
		"https://exemple.fr:8080/a?b":       "https://exemple.fr:8080/a?b",
		"45 °C, 5 MW (25 kW) en 24 h":       "45\u00a0°C, 5\u00a0MW (25\u00a0kW) en 24\u00a0h",
		"en 2025 hors 3 mois, 4 Kelvin":     "en 2025 hors 3 mois, 4 Kelvin",
		"l'énergie d'un site, 5' 'x'":       "l’énergie d’un site, 5' 'x'",
	} {
		if got := Typeset("fr", in); got != want {
			t.Errorf("Typeset(%q) = %q, want %q", in, got, want)
		}
	}
	if got := Typeset("en", "at 45 °C"); got != "at 45\u00a0°C" {
		t.Errorf("English: %q", got)
	}
	if got := Typeset("en", "the site's heat: yes !"); got != "the site’s heat: yes !" {
		t.Errorf("English: %q", got)
	}
}
