package secrecy

import (
	"slices"
	"strings"

	"thermie/disclosure"
	"thermie/reports"
	"thermie/reports/document"
)

// fieldOf is the field of a site that a kind of figure belongs to, by the
// column of the figure's cell or the heat of a leaf. What is not in it nobody
// can open.
var fieldOf = map[string]string{
	"gisement": reports.HeatField, "captee": reports.HeatField, "livree": reports.HeatField, "valorisee": reports.HeatField, "electricite": reports.HeatField,
	"recoverable_heat_kwh": reports.HeatField, "handed_over_kwh": reports.HeatField,
	"e_dc": reports.ElectricityField, "e_it": reports.ElectricityField, "pue": reports.ElectricityField, "ppue_interim": reports.ElectricityField,
	"it_energy_kwh": reports.ElectricityField, "total_energy_kwh": reports.ElectricityField, "cooling_energy_kwh": reports.ElectricityField,
	"supply_c": reports.TemperatureField, "return_c": reports.TemperatureField,
	"it_rated_kw":  reports.ITPowerField,
	"latitude_deg": reports.LocationField, "longitude_deg": reports.LocationField, "distance_km": reports.LocationField,
}

// opens says why a leaf's amount may be known. A part of a year wants a
// consent down to months; a part by temperature tells the temperature too.
func opens(p document.Part, find func(site, field string, monthly bool) *disclosure.Disclosure) *disclosure.Disclosure {
	field, known := fieldOf[p.Heat()]
	if !known {
		return nil
	}
	if p.Split == reports.ClassTable && find(p.Site, reports.TemperatureField, false) == nil {
		return nil
	}
	return find(p.Site, field, p.Whole != "")
}

// reckoned says why a leaf's amount protects nobody: it is open, or follows
// from what is. The months of an open year can be told where a load is flat,
// and an amount of a year to come from the hypotheses that the dossier prints.
func reckoned(p document.Part, find func(site, field string, monthly bool) *disclosure.Disclosure) *disclosure.Disclosure {
	field, known := fieldOf[strings.TrimSuffix(p.Kind(), "_mwh")]
	if !known {
		return nil
	}
	return find(p.Site, field, false)
}

// sourcesOf says why parts of a figure are open, once each, and whether all
// are.
func (k Knowledge) sourcesOf(f document.Figure) (sources []disclosure.Disclosure, all bool) {
	all = true
	for _, p := range f.Guard.Parts {
		source := opens(p, k.Openings.Readable)
		if source == nil {
			all = false
		} else if !slices.Contains(sources, *source) {
			sources = append(sources, *source)
		}
	}
	return sources, all
}

// opensPrivate says why a figure about one site may be known.
func opensPrivate(f document.Figure, find func(site, field string, monthly bool) *disclosure.Disclosure) *disclosure.Disclosure {
	field, known := fieldOf[f.Place.Column]
	if !known {
		return nil
	}
	site, _, _ := strings.Cut(f.Place.Row, "→")
	return find(site, field, false)
}
