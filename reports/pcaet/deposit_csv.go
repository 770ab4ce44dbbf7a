package pcaet

import (
	"io"
	"strings"

	"thermie/reports"
	"thermie/reports/document"
)

// depositColumns are the columns of depot.csv. They are the same in every
// language: the form is French.
var depositColumns = []any{"formulaire", "case", "libelle", "horizon", "scenario", "unite_case", "statut",
	"valeur_mwh", "valeur_mwh_U_k2", "valeur_gwh", "valeur_gwh_U_k2", "plafond_mwh", "plafond_mwh_U_k2", "plafond_gwh", "plafond_gwh_U_k2",
	"taux_pct", "points_de_taux", "points_de_taux_U_k2", "convention", "conversion",
	"couverture", "methode", "code_valeur", "code_plafond", "nature", "consigne", "mention"}

// WriteDeposit writes annex A as a file to enter from: one row a cell and
// horizon, both units, and a status in words, so that nobody has to type 0
// for what is not known. Spelled as the deposit platform's open data are.
func (p *Report) WriteDeposit(w io.Writer) error {
	c := document.NewCSVWriter(w, document.DepositCSV)
	c.Row(depositColumns...)
	mention := ""
	if p.d.Fictitious() {
		mention = p.T("words.demonstration")
	}
	for _, l := range p.Deposit() {
		main := l.main()
		row := []any{p.T("forms." + l.Form.Form), l.Code, l.Form.Label, l.Year, p.ScenarioOf(l), l.Form.Unit, p.T("deposit." + l.Status)}
		for _, f := range []document.Figure{l.Value.MWh, l.Value.GWh, l.Ceiling.MWh, l.Ceiling.GWh} {
			row = append(row, p.depositCells(f)...)
		}
		row = append(row, p.depositCells(l.Rate)[0])
		row = append(row, p.depositCells(l.Points)...)
		nature, coverage := "", ""
		if main.Marked() {
			nature = document.LabelsOf(p.Lang).Simulated
		}
		if main.Code != "" {
			coverage = main.CoverageText(p.Lang)
		}
		row = append(row, p.T("conventions."+l.Form.Takes), p.conversion(l), coverage, main.Method, l.Value.MWh.Code+l.Points.Code, l.Ceiling.MWh.Code, nature,
			strings.TrimSpace(p.T("instructions."+l.Form.Topic, "year", p.year())+" "+p.Lacks(l)), mention)
		c.Row(row...)
	}
	return c.Close()
}

// main is the figure for whose sake the line stands.
func (l DepositLine) main() document.Figure {
	switch {
	case l.Form.Takes == "rate":
		return l.Points
	case l.Ceiling.MWh.Code != "":
		return l.Ceiling.MWh
	}
	return l.Value.MWh
}

// conversion shows how the figure got into the unit of the cell.
func (p *Report) conversion(l DepositLine) string {
	f := l.main()
	switch {
	case f.Mark != document.Known || l.Form.Takes == "rate" || f.Code == "":
		return ""
	case l.Form.Unit == "GWh":
		f.U, f.Unbudgeted = 0, false
		gwh := reports.ToGWh("", f)
		return f.Full(p.Lang) + " / 1000 = " + gwh.Full(p.Lang)
	}
	return p.T("deposit.no_conversion")
}

// depositCells are a figure and its ±: empty where the cell has none, in
// words where it is not known.
func (p *Report) depositCells(f document.Figure) []any {
	switch {
	case f.Code == "":
		return []any{nil, nil}
	case f.Mark != document.Known:
		return []any{f.Text(p.Lang), nil}
	case f.Unbudgeted || f.U == 0:
		return []any{f, nil}
	}
	return []any{f, document.Number{Value: f.U, Decimals: f.Decimals}}
}
