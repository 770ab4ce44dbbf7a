package reports

import (
	"encoding/json"
	"time"

	"thermie/reports/document"
)

// Summary is the machine-readable digest of a territory's report. Its
// numbers are the printed figures, digit for digit.
type Summary struct {
	Demonstration bool                   `json:"demonstration,omitempty"`
	Year          int                    `json:"year"`
	Territory     TerritorySummary       `json:"territory"`
	Sites         map[string]SiteSummary `json:"sites"`
}

// TerritorySummary is the territory's part: the four heats in MWh.
type TerritorySummary struct {
	SIREN     string       `json:"siren"`
	Name      string       `json:"name"`
	Gisement  SummaryValue `json:"gisement_mwh"`
	Captee    SummaryValue `json:"captee_mwh"`
	Livree    SummaryValue `json:"livree_mwh"`
	Valorisee SummaryValue `json:"valorisee_mwh"`
	Outside   []string     `json:"sites_outside_annual_totals"` // ids
}

// SiteSummary is one site over its own period.
type SiteSummary struct {
	Name        string       `json:"name"`
	From        string       `json:"from"` // first day
	To          string       `json:"to"`   // last day
	Data        string       `json:"data"` // measured, simulated or declared
	ITEnergy    SummaryValue `json:"it_energy_kwh"`
	TotalEnergy SummaryValue `json:"total_energy_kwh"`
	PUE         SummaryValue `json:"pue"`
	InterimPPUE SummaryValue `json:"ppue_interim"`
	Recoverable SummaryValue `json:"recoverable_heat_kwh"`
}

// SummaryValue is a figure: null as a whole where the law wants it (an
// annual PUE before twelve months), a null value where nobody knows it.
type SummaryValue struct {
	Figure document.Figure
	// absent is written as null: there is no such figure yet.
	absent bool
}

// Text is the value as a page prints it, without its uncertainty; "–" where
// there is no such figure yet.
func (v SummaryValue) Text(lang string) string {
	if v.absent {
		return "–"
	}
	return v.Figure.Text(lang)
}

// MarshalJSON writes {"value","u","U","coverage","method"}: u is the
// standard uncertainty (k=1), U the expanded one (k=2).
func (v SummaryValue) MarshalJSON() ([]byte, error) {
	f := v.Figure
	if v.absent {
		return []byte("null"), nil
	}
	out := struct {
		Value     *json.Number `json:"value"`
		Standard  *json.Number `json:"u"`
		Expanded  *json.Number `json:"U"`
		Coverage  *float64     `json:"coverage"`
		Method    string       `json:"method"`
		Code      string       `json:"code"`
		Simulated bool         `json:"simulated,omitempty"`
		Secret    bool         `json:"secret,omitempty"` // there is a number that this edition must not show
	}{Method: f.Method, Code: f.Code, Simulated: f.Simulated && f.Mark == document.Known, Secret: f.Mark == document.Secret}
	if f.Mark == document.Known {
		coverage := FloorTo(f.Coverage, 3)
		out.Value, out.Coverage = digits(f.Plain()), &coverage
		if !f.Unbudgeted && f.U != 0 { // a known nothing has none
			out.Standard, out.Expanded = digits(document.Figure{Value: f.U / 2, Decimals: f.Decimals + 1}.Plain()), digits(f.PlainU())
		}
	}
	return json.Marshal(out)
}

// digits is a number with the digits that are printed.
func digits(printed string) *json.Number {
	n := json.Number(printed)
	return &n
}

// Summary digests the dossier.
func (d *Dossier) Summary() *Summary {
	f, t := d.Figures(), d.Area.Territory
	s := &Summary{Demonstration: d.Fictitious(), Year: d.Options.Year, Sites: map[string]SiteSummary{},
		Territory: TerritorySummary{SIREN: t.SIREN, Name: t.Name, Outside: []string{},
			Gisement: SummaryValue{Figure: f.Rejected.MWh}, Captee: SummaryValue{Figure: f.Captured.MWh},
			Livree: SummaryValue{Figure: f.Delivered.MWh}, Valorisee: SummaryValue{Figure: f.Supplied.MWh}}}
	for _, site := range d.Outside() {
		if !site.Withheld {
			s.Territory.Outside = append(s.Territory.Outside, site.ID)
		}
	}
	s.Territory.Outside = append(s.Territory.Outside, d.Missing...)
	for _, site := range d.Listed() {
		s.Sites[site.ID] = site.summary(d.Secret)
	}
	return s
}

func (r *SiteResult) summary(secret map[string]bool) SiteSummary {
	const day = "2006-01-02"
	f := r.figures(secret)
	return SiteSummary{Name: r.Place.Name, From: r.Period.From.Format(day), To: r.Period.To.Add(-time.Hour).Format(day),
		Data:     string(r.Place.Data),
		ITEnergy: SummaryValue{Figure: f.EIT}, TotalEnergy: SummaryValue{Figure: f.EDC},
		PUE: SummaryValue{Figure: f.PUE, absent: f.PUE.Mark == document.Unknown}, InterimPPUE: SummaryValue{Figure: f.PPUE},
		Recoverable: SummaryValue{Figure: f.Heat}}
}

// JSON writes the summary with one key a line.
func (s *Summary) JSON() ([]byte, error) {
	data, err := json.MarshalIndent(s, "", "  ")
	return append(data, '\n'), err
}
