package engineer

import (
	"strconv"

	"thermie/heat"
	"thermie/interval"
	"thermie/reports"
	"thermie/reports/document"
)

// demandBasis says what the network's hours were formed from.
func (s *studyDraft) demandBasis() {
	b := s.c.network.Basis
	origin := s.OrNone(b.Origin)
	switch b.Method {
	case "DS1":
		year := s.T("study.no_stamps")
		if b.FileYear != 0 {
			year = strconv.Itoa(b.FileYear)
		}
		s.Paragraph("study.demand_series", "year", year, "origin", origin)
	case "BD1":
		s.Paragraph("study.demand_profile", "profile", b.Profile, "zone", s.c.network.Network.ClimateZone, "origin", origin)
	default:
		s.Paragraph("study.demand_degrees", "zone", s.c.network.Network.ClimateZone, "share", s.Digits(s.c.network.Network.BaseShare))
	}
	if b.OwnWeather {
		s.Paragraph("study.own_weather")
	}
	if b.Normalised {
		s.figures("study.normal_caption", []line{
			{s.T("study.demand_stated"), s.given("normal", "stated", float64(b.Stated), reports.InMWh, "DJ3")},
			{s.T("study.demand_normal"), s.given("normal", "normal", float64(b.Annual), reports.InMWh, "DJ3")},
		}, s.T("study.normal_note", "days", s.Whole(int(b.DegreeDays)), "normal", s.Whole(int(b.Normal)), "definition", s.T("study.degree_days_"+b.DegreeDayMethod), "origin", origin))
	}
}

// backup is what other plant must still be able to give.
func (s *studyDraft) backup() {
	a := s.c.network.Allocation
	b := heat.NewBackup(a, s.c.model)
	largest := s.T("study.largest_this")
	if b.Largest != s.c.delivery.Source {
		largest = s.T("study.largest_other", "site", s.nameOf(b.Largest))
	}
	price := s.c.inputs.Value("backup", s.c.peak)
	s.figures("study.backup_caption", []line{
		{s.T("study.backup_peak"), s.design("backup", "peak", float64(b.Peak), inPower, "AL7")},
		{s.T("study.backup_n1"), s.design("backup", "n1", float64(b.MinusN1), inPower, "AL7")},
		{s.T("study.backup_energy"), s.design("backup", "energy", float64(b.Energy), reports.InMWh, "AL7")},
		{s.T("study.backup_hours"), s.design("backup", "hours", float64(b.Hours), inHours, "AL7")},
		{s.T("study.backup_price"), s.design("backup", "price", float64(b.MinusN1)*price/1e3, inEuro, "TE3")},
	}, s.T("study.backup_note", "largest", largest, "price", s.Digits(price)))
}

// nameOf is how a site of the dossier is called.
func (s *studyDraft) nameOf(id string) string {
	for _, site := range s.d.Sites {
		if site.ID == id {
			return reports.SiteName(site)
		}
	}
	return id
}

// storage is what the network's tank does, and what it brings.
func (s *studyDraft) storage() error {
	tank := s.c.model.Storage
	if tank.Capacity == 0 {
		s.Paragraph("study.no_storage")
		return nil
	}
	bare := s.c.model
	bare.Storage = heat.Storage{}
	without, err := heat.Allocate(s.c.network.Sources, bare)
	if err != nil {
		return err
	}
	a := s.c.network.Allocation
	energy := func(key string, e interval.Energy) line {
		return line{s.T("study.store_" + key), s.design("store", key, float64(e), reports.InMWh, "ST1")}
	}
	lines := []line{{s.T("study.store_capacity"), s.given("store", "capacity", float64(tank.Capacity), reports.In("MWh", 3.6e9, 1), "ST1")}}
	if supply, ret := s.c.link.Supply, s.c.link.Return; supply > ret {
		lines = append(lines, line{s.T("study.store_volume"), s.given("store", "volume", float64(heat.TankVolume(tank.Capacity, supply.Minus(ret), heat.Water60)), reports.In("m³", 1, 0), "ST2")})
	}
	lines = append(lines, energy("charged", a.Store.Charged), energy("discharged", a.Store.Discharged), energy("lost", a.Store.Lost),
		energy("gain", interval.Energy(a.Captured.Value-without.Captured.Value)))
	s.figures("study.store_caption", lines, s.T("study.store_note", "origin", s.OrNone(s.c.network.Network.DesignOrigin)))
	return nil
}

// indications tells of heat meters that cannot state the heat well enough to
// be called measured, and which sensor would help most.
func (s *studyDraft) indications(better []heat.Improvement) {
	for _, x := range s.r.Balance.Indications() {
		help := s.T("study.no_sensor")
		if len(better) > 0 {
			help = s.T("study.best_sensor", "class", better[0].Class, "u", s.share(better[0].After))
		}
		s.Note(document.NoteWarning, "study.indicative", "point", x.Point, "u", s.share(x.U), "probes", s.share(x.ProbesU),
			"supply", s.celsius(x.Supply), "return", s.celsius(x.Return), "help", help)
	}
}

// share prints a relative uncertainty, celsius a temperature.
func (s *studyDraft) share(u float64) string {
	return document.FormatNumber(s.Lang, 100*u, 0) + document.Nbsp + "%"
}

func (s *studyDraft) celsius(t interval.Temperature) string {
	return document.FormatNumber(s.Lang, t.Celsius(), 0) + document.Nbsp + "°C"
}
