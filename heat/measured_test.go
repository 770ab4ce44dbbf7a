package heat

import (
	"testing"
	"time"

	"thermie/interval"
)

var cet = time.FixedZone("", 3600)

// measuredDay is the measured data center: one IT meter, and six auxiliary
// channels of one device, all declared at 1 %.
func measuredDay(t testing.TB) (SiteData, Period) {
	t.Helper()
	day := time.Date(2025, 7, 1, 0, 0, 0, 0, cet)
	d := SiteData{ID: "measured", Site: interval.Site{Tap: "return_air", UTCOffsetMin: 60}}
	names := []string{"cluster_kw", "l1_kw", "l2_kw", "l3_kw", "fan1_kw", "fan2_kw", "fan3_kw"}
	data := columns(t, "measured_micro_dc_24h_5min.csv", append([]string{"time_day_fraction"}, names...)...)
	at := make([]float64, len(data[0]))
	for i, fraction := range data[0] {
		at[i] = fraction * 86400
	}
	for n, name := range names {
		point := interval.Point{Role: interval.RoleCooling, Device: "aux", DeclaredPct: percent(1)}
		if n == 0 {
			point = interval.Point{Role: interval.RoleIT, DeclaredPct: percent(1)}
		}
		d.Cards = append(d.Cards, pointCard(name, point))
		d.Records = append(d.Records, heldPower(name, day.Unix(), at, data[n+1])...)
	}
	return d, Period{day, day.AddDate(0, 0, 1)}
}

func pointCard(meter string, p interval.Point) interval.Card {
	return interval.Card{Meter: meter, Point: &p}
}

// heldPower integrates kW readings by zero-order hold into the ten-minute
// intervals of one day. The last reading contributes nothing.
func heldPower(meter string, day int64, at, kw []float64) []interval.Record {
	const length = 600
	records := make([]interval.Record, 86400/length)
	for i := range records {
		records[i] = interval.Record{
			Meter: meter, Kind: interval.ElectricPower, Start: day + int64(i*length), Length: length,
			Flags: interval.Flags(0).With(interval.Live),
		}
	}
	for i := range kw[:len(kw)-1] {
		for from := at[i]; from < at[i+1]; {
			n := int(from / length)
			to := min(at[i+1], float64((n+1)*length))
			records[n].SI += kw[i] * 1000 * (to - from)
			records[n].Cov += (to - from) / length
			from = to
		}
	}
	return records
}

func balance(t testing.TB, d SiteData, p Period) *Balance {
	t.Helper()
	b, err := NewBalance(d, p)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func estimate(t testing.TB, b *Balance) *Estimate {
	t.Helper()
	e, err := b.Estimate()
	if err != nil {
		t.Fatal(err)
	}
	return e
}

func kwh(q Quantity) float64 { return interval.Energy(q.Value).KWh() }

func TestMeasuredDay(t *testing.T) {
	b := balanceOfMeasuredDay(t)
	near(t, "E_IT kWh", kwh(b.EIT), 595.8663, 1e-6)
	near(t, "E_total kWh", kwh(b.EDC), 658.9959, 1e-6)
	near(t, "ratio", b.InterimPPUE.Value, 1.105946, 1e-6)
	near(t, "coverage", b.EIT.Coverage, (23*3600+50*60+37)/86400.0, 1e-5)
	if got := 2 * b.InterimPPUE.U; got < 0.00295 || got > 0.00305 {
		t.Errorf("U(PUE) = %.5f, want 0.0030: what stands on both sides cancels", got)
	}
	if !b.Partial || !b.Interim || b.PUE.Known || !b.InterimPPUE.Known {
		t.Errorf("partial %v, interim %v, PUE known %v: a day of parts has only a partial interim PUE", b.Partial, b.Interim, b.PUE.Known)
	}
	// Meters of one device are wrong together: 1 % of their sum.
	aux := kwh(b.EDC) - kwh(b.EIT)
	near(t, "u(cooling)", b.Cooling.U/3.6e6, 0.01*aux, 1e-6)
	near(t, "u(E_IT)", b.EIT.Relative(), 0.01, 1e-9)
}

func TestMeasuredDayRecoverable(t *testing.T) {
	e := estimate(t, balanceOfMeasuredDay(t))
	near(t, "T3 kWh", kwh(e.Recoverable), 476.7, 1e-4)
	if e.Recoverable.Method != "T3" || len(e.ByTier) != 1 {
		t.Errorf("method %s, tiers %v: want T3 alone", e.Recoverable.Method, e.ByTier)
	}
	// f_cap within 0.60..0.90 dominates the 1 % of the meter.
	near(t, "u", e.Recoverable.Relative(), 0.1087, 2e-3)
}

func balanceOfMeasuredDay(t testing.TB) *Balance {
	d, p := measuredDay(t)
	return balance(t, d, p)
}
