package pcaet

import (
	"io"

	"thermie/reports"
	"thermie/reports/document"
)

// depositColumns are the columns of depot.csv. They are the same in every
// language: the form is French.
var depositColumns = []any{"formulaire", "case", "horizon", "unite_case", "statut",
	"valeur_mwh", "valeur_mwh_U_k2", "valeur_gwh", "valeur_gwh_U_k2",
	"plafond_mwh", "plafond_mwh_U_k2", "plafond_gwh", "plafond_gwh_U_k2", "points_de_taux", "points_de_taux_U_k2",
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
	for _, l := range p.depositLines() {
		main := l.Value.MWh
		switch l.Form.Takes {
		case "target":
			main = l.Ceiling.MWh
		case "rate":
			main = l.Points
		}
		row := []any{p.T("forms." + l.Form.Form), l.Code, l.Year, l.Form.Unit, p.T("deposit." + l.Status)}
		for _, f := range []document.Figure{l.Value.MWh, l.Value.GWh, l.Ceiling.MWh, l.Ceiling.GWh, l.Points} {
			row = append(row, p.depositCells(f)...)
		}
		nature := ""
		if main.Marked() {
			nature = document.LabelsOf(p.Lang).Simulated
		}
		coverage := ""
		if main.Code != "" {
			coverage = main.CoverageText(p.Lang)
		}
		row = append(row, coverage, main.Method, l.Value.MWh.Code+l.Points.Code, l.Ceiling.MWh.Code, nature,
			p.T("instructions."+l.Form.Topic), mention)
		c.Row(row...)
	}
	return c.Close()
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

// WriteDeposit writes the table for the deposit form (depot.csv).
func WriteDeposit(d *reports.Dossier, w io.Writer) error {
	p, err := Write(d)
	if err != nil {
		return err
	}
	return p.WriteDeposit(w)
}
