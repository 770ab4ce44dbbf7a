package release

import (
	"fmt"
	"math"
	"slices"
	"time"

	"thermie/collector/rights"
	"thermie/interval"
)

// heatPoint is the point under which a released site's heat stands.
const heatPoint = "released_heat"

// Cards describes a released site to reports: what was released of it, and a
// heat point whose numbers say where they come from.
func (e *Extract) Cards() []interval.Card {
	place := e.Place
	place.Origin = e.Provenance()
	if place.Name == "" {
		place.Name = e.Site
	}
	cards := []interval.Card{{Site: e.Site, Meter: interval.SiteCard, Place: &place}}
	if e.Heat == nil || len(e.Heat.Rows) == 0 {
		return cards
	}
	// What the operator estimated is its declaration here, whatever meters
	// the site has.
	if place.Data == interval.MeasuredData && slices.ContainsFunc(e.Heat.Rows, Row.estimated) {
		place.Data = interval.DeclaredData
	}
	percent := 100 * e.Heat.U
	return append(cards, interval.Card{Site: e.Site, Meter: heatPoint, Point: &interval.Point{
		Name: "Released heat", Role: interval.RoleHeat, DeclaredPct: &percent, Data: place.Data, Origin: place.Origin}})
}

// Provenance says of every figure that it was released, and how finely.
func (e *Extract) Provenance() string {
	return fmt.Sprintf("released by the operator by %s, %s, serial %d", e.Fields[rights.Heat], e.Prepared.Format(time.DateOnly), e.Serial)
}

// Records are the released heat as intervals of its own resolution: a month
// is one interval of a month, whose sum is true and whose course is unknown;
// a report that splits it says so (long_record_split).
func (e *Extract) Records() []interval.Record {
	if e.Heat == nil {
		return nil
	}
	var all []interval.Record
	_, end := e.Bounds()
	for i, row := range e.Heat.Rows {
		if row.RecoverableKWh == nil {
			continue
		}
		next := end
		if i+1 < len(e.Heat.Rows) {
			next = e.Heat.Rows[i+1].From
		}
		flags := interval.Flags(0).With(interval.Imported)
		if e.Place.Data == interval.SimulatedData {
			flags |= interval.Simulated
		}
		all = append(all, interval.Record{Site: e.Site, Meter: heatPoint, Kind: interval.ThermalEnergy, Start: row.From.Unix(),
			Length: int32(next.Sub(row.From) / time.Second), SI: *row.RecoverableKWh * 3.6e6, Cov: row.Coverage, Min: math.NaN(), Max: math.NaN(), Flags: flags})
	}
	return all
}
