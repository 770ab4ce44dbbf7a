package press

import (
	"cmp"
	"fmt"
	"io"
	"math"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"thermie/reports/document"
)

// number is one number of the published workbook, with all the words that
// stand around it.
type number struct {
	sheet, row, head string
	words            []string // of the row
	value, unit      float64  // in MWh where the head says MWh or GWh: unit is how many of them one is
	is               string   // the unit's name
}

func (n number) String() string { return fmt.Sprintf("%s, %s, %s", n.sheet, n.row, n.head) }

// numbers reads every number of a workbook but the ± columns: an uncertainty
// in a public edition is the sum times a bound that no amount is in.
func numbers(t *testing.T, workbook io.Reader) (all []number) {
	t.Helper()
	book, err := excelize.OpenReader(workbook)
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
	for _, sheet := range book.GetSheetList()[1:] { // the first lists the others
		rows, err := book.GetRows(sheet, excelize.Options{RawCellValue: true})
		if err != nil {
			t.Fatal(err)
		}
		heads := rows[3]
		for i, row := range rows[4:] {
			for j, text := range row {
				cell, _ := excelize.CoordinatesToCellName(j+1, i+5)
				kind, err := book.GetCellType(sheet, cell)
				if err != nil {
					t.Fatal(err)
				}
				v, err := strconv.ParseFloat(text, 64)
				if text == "" || kind == excelize.CellTypeSharedString || kind == excelize.CellTypeInlineString || j < len(heads) && strings.HasPrefix(heads[j], "± (k = 2)") {
					continue
				}
				if err != nil || j >= len(heads) {
					t.Fatalf("%s!%s holds %q: no number", sheet, cell, text)
				}
				n := number{sheet: sheet, row: row[0], words: row, value: v, unit: 1}
				n.head, n.is, _ = strings.Cut(strings.TrimSuffix(heads[j], ")"), " (")
				if n.is == "GWh" {
					n.unit = 1000
				}
				all = append(all, n)
			}
		}
	}
	return all
}

// What the heads of columns and rows call the heats.
var heatWords = map[string]string{
	"Gisement": "gisement", "Gisement (rejetée)": "gisement",
	"Captée": "captee", "Captée (potentiel)": "captee", "Chaleur captée": "captee", "Résultat attendu par an": "captee",
	"Livrée": "livree", "Livrée (avec PAC)": "livree", "Électricité des PAC": "electricite",
	"Valorisée": "valorisee", "Valorisée (remise)": "valorisee",
	"Électricité totale": "e_dc", "Électricité informatique": "e_it",
}

// What the rows call months, classes of temperature and scenarios.
var (
	monthWords    = []string{"janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre", "décembre"}
	classWords    = map[string]string{"moins de 30 °C": "cold", "de 30 à 45 °C": "warm", "45 °C et plus": "hot", "température non connue": "unknown"}
	scenarioWords = map[string]string{"Tendanciel": "trend", "Engagé": "committed", "Ambitieux": "ambitious"}
)

// Figures that the program or the network's operator states, and no data
// center: by their columns' heads.
var stated = []string{"Sites", "Latitude", "Longitude", "Chaleur fournie par an", "Besoins du réseau", "CO2 direct", "CO2 ACV", "Nombre", "Année"}

// The network's rate, the coverage below which a year is not cited, and no
// effect, which nobody has.
var statedValues = map[float64]bool{rateToday: true, 75: true, 0: true}

// reader turns numbers into equations, as somebody does who has the dossier,
// its formulas and the list of sites.
type reader struct {
	*system
	town town
	told map[float64]bool // numbers with a known meaning, in MWh
}

// learnAll reads every number. Those of lists and charts that repeat a table
// say nothing new; a number that nobody could place is a fault of the test.
func (r *reader) learnAll(all []number) (strange []number) {
	var repeats []number
	for _, n := range all {
		switch e, placed := r.equation(n); {
		case placed:
			r.learn(e)
			r.told[n.value] = true
		default:
			repeats = append(repeats, n)
		}
	}
	for _, n := range repeats {
		if !r.told[n.value] && !statedValues[n.value] && !slices.Contains(stated, n.head) {
			strange = append(strange, n)
		}
	}
	return strange
}

// equation says what a number means.
func (r *reader) equation(n number) (e equation, placed bool) {
	e = equation{says: n.String(), by: map[unknown]float64{}}
	slice := r.slice(n)
	add := func(heat string, by float64) (known bool) {
		for u := range r.truth {
			if u.heat == heat && (u.slice == slice || r.unchanged(u, slice)) && r.counts(n, u.site) {
				e.by[u], known = e.by[u]+by, true
			}
		}
		return known
	}
	exactly := func(v float64) (equation, bool) { e.low, e.high = v, v; return e, true }
	about := func(v, step float64) (equation, bool) { e.low, e.high = v-step, v+step; return e, true }
	rounded := float64(len(r.sites())) / 2 // of the sum of figures that are rounded to MWh one by one
	heat := cmp.Or(heatWords[n.head], heatWords[n.row])
	switch {
	case !slices.Contains([]string{"MWh", "GWh", "%", "points", "tCO2e"}, n.is):
		return e, false
	case n.head == "Non mobilisé":
		add("gisement", 1)
		add("captee", -1)
		add("valorisee", -1)
		return exactly(n.value)
	case n.head == "Plafond":
		add("captee", 1)
		add("valorisee", 1)
		return exactly(n.value * n.unit)
	case n.sheet == "Polluants":
		add("livree", 1/boilers)
		return about(n.value, 0.5+rounded)
	case n.is == "tCO2e":
		add("livree", gas/boilers-electricity)
		add("captee", electricity) // livree = captee + electricite
		return about(n.value, 0.5+rounded)
	case n.head == "Valeur" && strings.HasPrefix(n.row, "PEC_CONSO") || n.head == "Valeur" && strings.HasPrefix(n.row, "cae_2"):
		add("e_dc", 1)
		return exactly(n.value * n.unit)
	case n.is == "%", n.is == "points":
		return r.rate(n, e, add, about, rounded)
	case heat != "" && (n.head == "Énergie" || heatWords[n.head] != ""):
		add(heat, 1)
		return exactly(math.Round(n.value * n.unit))
	}
	return e, false
}

// unchanged reports whether an amount of today is that of a point too: what is
// handed over stays until its site shrinks.
func (r *reader) unchanged(u unknown, point string) bool {
	_, shrunk := r.truth[unknown{u.site, u.heat, point}]
	return u.heat == "valorisee" && u.slice == "" && strings.Contains(point, "-") && !shrunk
}

// The factors with which the dossier says that it computes.
const (
	boilers     = 0.9
	gas         = 0.239
	electricity = 0.0461
)

// demand is what the fixture's network supplies, MWh, and its rate, %; it is
// renovated by 1 % a year from 2026 on.
func demand(year int) float64 { return 42_000 * math.Pow(0.99, float64(year-2025)) }

const rateToday = 40

// rate reads a network's rate, or the points that are added to it.
func (r *reader) rate(n number, e equation, add func(string, float64) bool, about func(v, step float64) (equation, bool), rounded float64) (equation, bool) {
	year := 2025
	for _, w := range n.words {
		if y, err := strconv.Atoi(w); err == nil && y > 2000 && y < 2100 {
			year = y
			break // what follows is an amount
		}
	}
	all := demand(year) / 100
	switch {
	case n.value == rateToday:
		return e, false // what the network states
	case strings.HasPrefix(n.head, "Taux"):
		add("captee", 1)
		return about((n.value-rateToday)*all, 0.05*all+rounded)
	case n.head == "Gain de taux", n.head == "Gain de taux, captée seule":
		add("captee", 1)
		return about(n.value*all, 0.005*all+rounded)
	case n.head == "Part des besoins couverte", n.head == "Gain de taux, toute la chaleur livrée":
		add("livree", 1)
		return about(n.value*all, 0.005*all+rounded)
	}
	return e, false
}

// slice is the part of a year, or the point of a trajectory, that a row is
// about; empty for a year.
func (r *reader) slice(n number) string {
	if i := slices.Index(monthWords, n.row); i >= 0 {
		return fmt.Sprintf("m%02d", i+1)
	}
	if class := classWords[strings.ReplaceAll(n.row, document.Nbsp, " ")]; class != "" {
		return class
	}
	for i, w := range n.words {
		if scenario := scenarioWords[w]; scenario != "" {
			for _, year := range []int{i - 1, i + 1} {
				if y, err := strconv.Atoi(n.words[max(0, year)]); err == nil {
					return scenario + "-" + strconv.Itoa(y)
				}
			}
		}
	}
	return ""
}

// counts reports whether a row is about a site: alone, in its commune, or in
// the territory.
func (r *reader) counts(n number, site string) bool {
	if commune := r.town.commune(site); strings.HasPrefix(n.row, "999") {
		return n.row == commune
	}
	alone := false
	for i, s := range r.town.sites() {
		for _, name := range []string{s.Name, fmt.Sprintf("Centre de données %d", i+1)} {
			for _, w := range n.words {
				if w == name || strings.Contains(spaced(w), "« "+name+" »") {
					if alone = true; s.ID == site {
						return true
					}
				}
			}
		}
	}
	return !alone
}
