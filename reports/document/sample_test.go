package document

import (
	"math"
	"time"
)

var sampleDate = time.Date(2025, 9, 1, 0, 0, 0, 0, time.UTC)

// sample is a document that uses every block, every mark and every kind of
// chart. The golden files and the round trips are made of it.
func sample(lang string) *Document {
	figure := func(value, u float64, decimals int, unit string) Figure {
		return Figure{Code: "MFZWIZLT", Key: "gisement_mwh", Value: value, U: u, Decimals: decimals, Unit: unit, Coverage: 0.9876, Method: "T1"}
	}
	simulated := figure(12573, 1260, 0, "MWh")
	simulated.Simulated = true
	return &Document{
		Title: "Chaleur récupérable des centres de données", Subtitle: "Communauté d’agglomération de Valbrume – année 2024", Lang: lang,
		Banner: "DÉMONSTRATION – sites fictifs", Author: "Communauté d’agglomération de Valbrume",
		Subject: "Volet « centres de données » du plan climat-air-énergie territorial", Contents: true,
		Date: sampleDate, Version: "0.1.0",
		Blocks: []Block{
			Heading{Level: 1, Number: "0", Text: "Fiche de synthèse"},
			Paragraph{Runs: []Run{{Text: "Le territoire compte trois centres de données. Leur chaleur récupérable est de "}, {Figure: &simulated}, {Text: " par an ; pourquoi ? "}, {Text: "Voir l’article L. 229-26.", Bold: true}, {Text: " Colonne "}, {Text: "ENR_valorisation_recuperation_6", Code: true}, {Text: " du cadre de dépôt, décrit sur le "}, {Text: "site de l’ADEME", Link: "https://www.territoires-climat.ademe.fr/"}, {Text: "."}}},
			Highlights{Items: []Highlight{
				{Label: "Gisement", Figure: simulated, Help: "Chaleur rejetée, à la température de la source"},
				{Label: "Captée", Figure: figure(8340, 900, 0, "MWh"), Help: "Puisée à la source pour le réseau"},
				{Label: "Livrée", Figure: figure(10425, 1100, 0, "MWh"), Help: "Avec l’électricité des pompes à chaleur"},
				{Label: "Valorisée", Figure: figure(0, 0, 0, "MWh"), Help: "Comptée au point de livraison"},
			}},
			Note{Kind: NoteWarning, Title: "À lire avant de citer", Runs: Text("Deux des trois sites sont simulés : leurs chiffres ne valent pas pour un territoire réel.")},
			Heading{Level: 1, Number: "1", Text: "Diagnostic"},
			Heading{Level: 2, Number: "1.1", Text: "Inventaire des centres de données"},
			sampleTable(simulated, figure),
			Heading{Level: 3, Text: "Sources"},
			List{Items: [][]Run{Text("Mesure du 1er juillet : compteurs lus toutes les cinq minutes."), Text("Simulation d’une année type, zone H1a.")}},
			Note{Kind: NoteMethod, Title: "Méthode T1", Runs: Text("Q = ρ·cp·V̇·ΔT, intégrée à la cadence de lecture.")},
			PageBreak{},
			Heading{Level: 1, Number: "2", Text: "Potentiel de récupération"},
			sampleDuration(),
			sampleDay(),
			sampleMonths(StackedBars),
			sampleMonths(BarChart),
			List{Ordered: true, Items: [][]Run{Text("Convoquer l’exploitant et le réseau."), Text("Chiffrer la liaison.")}},
			Heading{Level: 1, Number: "A", Text: "Méthode et formules"},
			Paragraph{Runs: Text("Chaque formule figure une fois, avec son identifiant.")},
		},
	}
}

func sampleTable(simulated Figure, figure func(value, u float64, decimals int, unit string) Figure) Table {
	cell := func(f Figure) Cell { return FigureCell(f) }
	unknown, secret := figure(0, 0, 0, "MWh"), figure(0, 0, 0, "MWh")
	unknown.Mark, secret.Mark = Unknown, Secret
	row := func(name string, gisement, delivered Figure, temperature Figure) Row {
		return Row{Cells: []Cell{HeadCell(name), cell(gisement), cell(delivered), cell(temperature), TextCell(gisement.CoverageText("fr")), {Text: gisement.Method, Code: true}, {Text: gisement.Code, Code: true}}}
	}
	return Table{
		Caption: "Gisement et chaleur captée par site, année 2024", Sheet: "Sites",
		Columns: []Column{{Head: "Site"}, {Head: "Gisement", Unit: "MWh/an", Align: AlignRight, Uncertain: true, Sum: true},
			{Head: "Captée", Unit: "MWh/an", Align: AlignRight, Sum: true}, {Head: "Départ", Unit: "°C", Align: AlignRight},
			{Head: "Couverture", Align: AlignRight}, {Head: "Méthode", Align: AlignCenter}, {Head: "Code"}},
		Rows: []Row{
			row("Valbrume Nord (air, 5 MW)", simulated, figure(8340, 900, 0, "MWh"), figure(22.5, 0.4, 1, "°C")),
			row("Valbrume Sud (eau, 2 MW)", figure(1234, 99, 0, "MWh"), figure(0, 0, 0, "MWh"), figure(45, 0.4, 1, "°C")),
			row("Micro-centre de la Halle", unknown, unknown, secret),
		},
		Total: []Cell{HeadCell("Total"), cell(figure(13807, 1264, 0, "MWh")), cell(figure(8340, 900, 0, "MWh")), TextCell(""), TextCell(""), TextCell(""), TextCell("")},
		Notes: Text("Source : relevés de l’exploitant. Incertitude élargie, k = 2."),
	}
}

func sampleDuration() Chart {
	x, a, b := make([]float64, 8760), make([]float64, 8760), make([]float64, 8760)
	for i := range x {
		x[i] = float64(i)
		a[i] = 4200 - 2900*math.Pow(float64(i)/8759, 0.7)
		b[i] = 11800 * math.Pow(1-float64(i)/8759, 2.4)
	}
	return Chart{Caption: "Monotone de puissance : source et réseau", Sheet: "Monotone", Kind: DurationLine, Simulated: true,
		Alt: "La puissance de la source reste au-dessus de 1 300 kW toute l’année ; le besoin du réseau décroît de 11 800 kW à zéro.",
		X:   Axis{Title: "Heures par an (h)"}, Y: Axis{Title: "Puissance (kW)"},
		Series: []Series{{Name: "Chaleur disponible à la source", X: x, Y: a, Fill: true}, {Name: "Besoin du réseau après énergies prioritaires", X: x, Y: b}}}
}

func sampleDay() Chart {
	x, t := make([]float64, 288), make([]float64, 288)
	for i := range x {
		x[i] = float64(i) / 12
		t[i] = 24.3 + 2.1*math.Sin(float64(i)/40)
		if i > 150 && i < 170 {
			t[i] = math.NaN()
		}
	}
	var ticks []Tick
	for h := 0; h <= 24; h += 3 {
		ticks = append(ticks, Tick{At: float64(h), Label: FormatNumber("fr", float64(h), 0) + Nbsp + "h"})
	}
	return Chart{Caption: "Température de l’air en sortie de baie, journée mesurée", Alt: "La température varie entre 22 et 27 °C ; une lacune de 1 h 40 à partir de 12 h 30.",
		Kind: LineChart, X: Axis{Title: "Heure légale d’hiver", Ticks: ticks}, Y: Axis{Title: "Température (°C)", Fit: true},
		Series: []Series{{Name: "Sortie de baie", X: x, Y: t}}}
}

func sampleMonths(kind ChartKind) Chart {
	c := Chart{Caption: "Chaleur livrée par mois", Alt: "La chaleur livrée culmine en janvier à 1 450 MWh et tombe à 210 MWh en août.", Kind: kind,
		Y:          Axis{Title: "Énergie (MWh)"},
		Categories: []string{"janv.", "févr.", "mars", "avril", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.", "déc."},
		Series:     []Series{{Name: "Captée"}, {Name: "Électricité des pompes à chaleur"}}}
	for m := range 12 {
		level := 0.55 + 0.45*math.Cos(float64(m)/12*2*math.Pi)
		c.Series[0].Y = append(c.Series[0].Y, math.Round(1200*level))
		c.Series[1].Y = append(c.Series[1].Y, math.Round(270*level))
	}
	if kind == BarChart {
		c.Caption = "Chaleur livrée par site"
		c.Categories = []string{"Valbrume Nord (air, 5 MW)", "Valbrume Sud (eau, 2 MW)", "Micro-centre de la Halle"}
		c.Series[0].Y = []float64{8340, 1100, math.NaN()}
		c.Series[1].Y = []float64{2085, 120, math.NaN()}
	}
	return c
}
