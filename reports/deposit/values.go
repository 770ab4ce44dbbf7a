package deposit

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"io"

	"thermie/reports"
	"thermie/reports/document"
	"thermie/reports/pcaet"
)

// ValuesSchema is the JSON Schema of indicateurs.json, and of the body that
// the indicator API takes within it.
//
//go:embed schema/indicateurs.schema.json
var ValuesSchema []byte

// values is indicateurs.json: a value or a comment for each indicator of the
// new form. "valeurs" is the body of the indicator API; it is there where the
// configuration says under which numbers the platform knows the authority and
// its indicators.
type values struct {
	Demonstration bool        `json:"demonstration,omitempty"`
	SIREN         string      `json:"siren"`
	Year          int         `json:"annee_reference"`
	Indicators    []indicator `json:"indicateurs"`
	Body          []value     `json:"valeurs,omitempty"`
}

// indicator is what the report has for one indicator and year, by its public
// id.
type indicator struct {
	ID     string `json:"indicateur"`
	Unit   string `json:"unite"`
	Status string `json:"statut"`
	value
}

// value is one row of the API's body. No key stands where there is no number:
// null would overwrite what the authority has.
type value struct {
	Collectivity  int          `json:"collectiviteId,omitempty"`
	Indicator     int          `json:"indicateurId,omitempty"`
	Date          string       `json:"dateValeur"`
	Result        *json.Number `json:"resultat,omitempty"`
	ResultComment string       `json:"resultatCommentaire,omitempty"`
	TargetComment string       `json:"objectifCommentaire,omitempty"`
}

// WriteValues writes indicateurs.json.
func WriteValues(w io.Writer, p *pcaet.Report) error {
	d := p.Dossier()
	v := values{Demonstration: d.Fictitious(), SIREN: d.Area.Territory.SIREN, Year: d.Options.Year}
	platform := d.Area.Plan.Platform
	for _, l := range p.Deposit() {
		if l.Form.Form != pcaet.NewForm {
			continue
		}
		i := indicatorOf(p, l)
		if n := len(v.Indicators); n > 0 && v.Indicators[n-1].ID == i.ID && v.Indicators[n-1].Date == i.Date {
			v.Indicators[n-1].TargetComment += "\n" + i.TargetComment // one more scenario
			continue
		}
		v.Indicators = append(v.Indicators, i)
	}
	for _, i := range v.Indicators {
		number := platform.Indicators[i.ID]
		if platform.Collectivity != 0 && number != 0 && !d.Fictitious() && (i.Result != nil || i.ResultComment+i.TargetComment != "") {
			row := i.value
			row.Collectivity, row.Indicator = platform.Collectivity, number
			v.Body = append(v.Body, row)
		}
	}
	data, err := json.MarshalIndent(v, "", "  ")
	if err != nil {
		return err
	}
	_, err = w.Write(append(data, '\n'))
	return err
}

// indicatorOf gives a number only where the whole of the cell is known; a
// part of it, and the limits of a target, are said in the comments, by
// scenario.
func indicatorOf(p *pcaet.Report, l pcaet.DepositLine) indicator {
	i := indicator{ID: l.Code, Unit: l.Form.Unit, Status: p.T("deposit." + l.Status), value: value{Date: fmt.Sprintf("%d-01-01", l.Year)}}
	reference := l.Year == p.Dossier().Options.Year
	switch l.Form.Takes {
	case "rate":
		said := p.T("indicator_values.points", "points", l.Points.WithU(p.Lang), "code", l.Points.Code)
		if reference {
			i.Result, i.ResultComment = number(l.Rate), p.T("indicator_values.rate", "points", said)
			break
		}
		if l.Rate.Code != "" {
			said = p.T("indicator_values.rate_then", "rate", l.Rate.Full(p.Lang), "code", l.Rate.Code, "points", said)
		}
		i.TargetComment = then(p, l, said)
	case "share":
		i.ResultComment = p.T("indicator_values.share", "value", l.Value.GWh.Full(p.Lang), "code", l.Value.MWh.Code)
		if lacks := p.Lacks(l); lacks != "" {
			i.ResultComment = reports.Sentences([]string{i.ResultComment, lacks})
		}
	case "asked":
		switch {
		case !p.Dossier().Options.OtherThermal:
		case l.Value.MWh.Mark != document.Known || !reference && l.Ceiling.MWh.Mark != document.Known:
			// the status says it: a comment would repeat a number that is none
		case reference:
			i.Result, i.ResultComment = number(l.Value.MWh), p.T("indicator_values.supplied", "value", l.Value.MWh.Full(p.Lang), "code", l.Value.MWh.Code)
		default:
			i.TargetComment = then(p, l, p.T("indicator_values.limits", "value", l.Value.MWh.Full(p.Lang), "ceiling", l.Ceiling.MWh.Full(p.Lang), "code", l.Ceiling.MWh.Code))
		}
	}
	return i
}

// then says by which scenario a comment holds.
func then(p *pcaet.Report, l pcaet.DepositLine, text string) string {
	return p.T("indicator_values.then", "scenario", p.ScenarioOf(l), "text", text)
}

// number is a figure's digits, nil where there is none to show.
func number(f document.Figure) *json.Number {
	printed := f.Plain()
	if printed == "" || f.Code == "" {
		return nil
	}
	n := json.Number(printed)
	return &n
}
