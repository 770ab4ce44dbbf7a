package exchange

import (
	"fmt"
	"io"
	"math"
	"strings"

	"thermie/interval"
	"thermie/reports"
	"thermie/reports/document"
)

// pfaColumns are the 33 heads of the public table of the German platform for
// waste heat (Plattform für Abwärme, EnEfG § 17), in its order and spelling,
// and behind them the coordinates that it lacks.
var pfaColumns = append(append([]any{
	"Unternehmens- ID", "Melde- ID", "Firmenname", "Standortname", "Straße und Hausnummer", "PLZ", "Ort",
	"Name des Abwärmepotentials", "Wärmemenge pro Jahr (in kWh/a)", "Maximale thermische Leistung (in kW)",
	"Durchschnittliches Temperaturniveau (in °C)", "Temperaturbereich", "Durchschnittliche tägl. Verfügbarkeit (in h)",
	"Verfügbarkeit am Wochenende", "Verfügbarkeit", "Vorhersehbarkeit der Verfügbarkeit", "Vorhandene Regelungsmöglichkeiten"},
	pfaMonths()...),
	"Ergänzende Informationen zum Abwärmepotential", "E-Mail-Adresse", "Telefonnummer", "Weitere Hinweise",
	"Breitengrad (WGS 84, °)", "Längengrad (WGS 84, °)")

func pfaMonths() []any {
	var heads []any
	for _, m := range []string{"Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober", "November", "Dezember"} {
		heads = append(heads, "Leistungsprofil "+m+" (in kW)")
	}
	return heads
}

// pfaCSV opens with a double click on a German desktop.
var pfaCSV = document.CSVFormat{BOM: true, Delimiter: ";", Decimal: ",", CRLF: true}

// WritePFA writes the site as one record of the German platform, with the
// coordinates behind its 33 columns. A record speaks of a year: too few known
// hours are refused. The year's heat is there only when it is
// an annual figure; the monthly power is the mean of the known hours, and a
// month of which less than 75 % is known stays empty, as does everything that
// no meter and no card says: the operator completes it.
func WritePFA(out io.Writer, s *SourceSeries) error {
	w, err := wordsFor("de")
	if err != nil {
		return err
	}
	notes, err := s.notes("de", 0)
	if err != nil {
		return err
	}
	if err := s.enough(); err != nil {
		return err
	}
	p := pfaOf(s)
	annual, u := math.NaN(), "?"
	if q := s.Available(); q.Known {
		annual, u = q.Value/3.6e6, fmt.Sprintf("%.0f", 2*q.U/3.6e6)
	}
	class, ok := pfaClass(s.Supply)
	if !ok {
		notes = append(notes, w.T("pfa.no_class"))
	}
	row := []any{nil, nil, s.Place.Operator, s.Name(), nil, nil, nil, s.ID, document.Number{Value: annual, Decimals: 0}, document.Number{Value: p.largest.Kilowatts(), Decimals: 0},
		document.Number{Value: s.Supply.Celsius(), Decimals: 1}, class, document.Number{Value: p.hoursADay, Decimals: 1}, p.weekendWord(w), nil, nil, nil}
	for _, m := range p.months {
		row = append(row, document.Number{Value: m, Decimals: 0})
	}
	information := append(s.marks(w), w.T("pfa.information", "place", pfaPlace(s), "u", u))
	row = append(row, strings.Join(information, " "), nil, nil, strings.Join(notes, " "))
	if s.Located() {
		row = append(row, document.Number{Value: s.Place.Latitude, Decimals: 6}, document.Number{Value: s.Place.Longitude, Decimals: 6})
	} else {
		row = append(row, nil, nil)
	}
	c := document.NewCSVWriter(out, pfaCSV)
	c.Row(pfaColumns...)
	c.Row(row...)
	return c.Close()
}

// pfaPlace names the place as French registers do.
func pfaPlace(s *SourceSeries) string {
	place := "INSEE " + s.Place.Commune
	if s.Place.SIRET != "" {
		place += ", SIRET " + s.Place.SIRET
	}
	return place
}

// WritePFAProfile writes the hourly profile that the record lacks; an unknown
// hour is an empty cell with coverage 0.
func WritePFAProfile(out io.Writer, s *SourceSeries) error {
	notes, err := s.notes("de", 0)
	if err != nil {
		return err
	}
	c := document.NewCSVWriter(out, pfaCSV)
	c.Row("Zeit (UTC+1, Stundenbeginn)", "Leistung (in kW)", "Vorlauf (in °C)", "Rücklauf (in °C)", "Abdeckung (0..1)", "Hinweis")
	note := strings.Join(notes, " ")
	for i, h := range s.Hours {
		c.Row(s.At(i).Format("2006-01-02 15:04"), document.Number{Value: h.Power.Kilowatts(), Decimals: 2}, document.Number{Value: h.Supply.Celsius(), Decimals: 2}, document.Number{Value: h.Return.Celsius(), Decimals: 2},
			document.Number{Value: reports.FloorTo(h.Coverage, 3), Decimals: 3}, note)
		note = "" // once is enough
	}
	return c.Close()
}

// pfaClass returns the platform's temperature class. Only the classes that
// its public table shows are used.
func pfaClass(t interval.Temperature) (string, bool) {
	switch c := t.Celsius(); {
	case c >= 110:
		return ">=110 °C", true
	case c >= 90:
		return "90 - 110 °C", true
	case c >= 60:
		return "60 - 90 °C", true
	}
	return "", false
}
