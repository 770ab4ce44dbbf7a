package heat

import (
	"math"
	"slices"
	"strings"
	"testing"
	"time"

	"thermie/interval"
)

func TestStoreBalances(t *testing.T) {
	n := referenceNetwork(t)
	n.Storage = Storage{Capacity: 20 * interval.MegawattHour, Power: 2 * interval.Megawatt, Loss: 0.001}
	source := constantSource("2mw", 2*interval.Megawatt, 8760)
	with, without := allocate(t, n, source), allocate(t, referenceNetwork(t), source)
	y := with.Store
	near(t, "charged", float64(y.Charged), float64(y.Discharged+y.Lost+y.Final), 1e-9)
	near(t, "served", float64(with.Served), with.Delivered.Value-float64(y.Lost+y.Final), 1e-9)
	if !(with.Served > interval.Energy(without.Delivered.Value)) || with.Coverage > 1 {
		t.Errorf("served %g J with a tank, %g J without", float64(with.Served), without.Delivered.Value)
	}
	for h, level := range y.Level {
		if level < 0 || level > n.Storage.Capacity*(1+1e-9) {
			t.Fatalf("hour %d: %g J in the tank", h, float64(level))
		}
	}
	near(t, "m³ of 1 MWh at 30 K", float64(TankVolume(interval.MegawattHour, 30, Water60)), 29.2, 1e-3)
}

// A tank by hand: 1 MW of heat at a COP of about 5, a demand that comes and
// goes. What the first hour leaves serves the second.
func TestStoreByHand(t *testing.T) {
	n := Network{ID: "two hours", Fluid: HotWater, Curve: DefaultCurve(),
		Outdoor: []interval.Temperature{280, 280, 280}, Demand: []interval.Power{0, 3 * interval.Megawatt, 0},
		Storage: Storage{Capacity: interval.MegawattHour, Loss: 0.1}}
	s := Source{ID: "s", Heat: []interval.Power{2e6, 0, 0}, Supply: []interval.Temperature{301, 301, 301}, Return: []interval.Temperature{293, 293, 293}}
	a := allocate(t, n, s)
	near(t, "charged", a.Store.Charged.MWh(), 1, 1e-12)
	near(t, "discharged", a.Store.Discharged.MWh(), 0.9, 1e-12)
	near(t, "lost", a.Store.Lost.MWh(), 0.1, 1e-12)
}

func TestInjectionSchemes(t *testing.T) {
	run := func(i Injection) *Allocation {
		n := referenceNetwork(t)
		n.Injection = i
		return allocate(t, n, constantSource("2mw", 2*interval.Megawatt, 8760))
	}
	supply, ret, loop := run(ReturnToSupply), run(ReturnToReturn), run(SupplyToReturn)
	near(t, "return to supply is the default", supply.Captured.Value, run("").Captured.Value, 1e-12)
	if s, r, l := supply.Deliveries[0].SCOP, ret.Deliveries[0].SCOP, loop.Deliveries[0].SCOP; !(r > s && s > l) {
		t.Errorf("SCOP %g into the return, %g into the supply, %g from the supply", r, s, l)
	}
	if supply.ReturnRise != 0 || !(ret.ReturnRise > 0 && ret.MaxReturnRise <= DefaultInjectionRise+1e-9) || !(loop.ReturnRise > ret.ReturnRise) {
		t.Errorf("return rises by %g, %g, %g K", float64(supply.ReturnRise), float64(ret.ReturnRise), float64(loop.ReturnRise))
	}
	// By hand: a quarter of the demand at 70/40 °C warms the return by 7.5 K;
	// drawn from the supply and warmed by 10 K it is 0.75 of the flow.
	near(t, "return to return", float64(ReturnToReturn.ReturnRise(1, 4, 343, 313, 10)), 7.5, 1e-12)
	near(t, "supply to return", float64(SupplyToReturn.ReturnRise(1, 4, 343, 313, 10)), 0.75*40/1.75, 1e-12)
}

// A tap of 60 °C preheats the return of 42 to 50 °C; the heat pump lifts the
// rest. It takes less electricity for the same heat.
func TestPreheating(t *testing.T) {
	n := referenceNetwork(t)
	n.SourcePinch, n.NetworkPinch = DefaultSourcePinch, DefaultNetworkPinch
	warm := constantSource("warm", interval.Megawatt, 8760)
	for h := range warm.Supply {
		warm.Supply[h], warm.Return[h] = interval.Celsius(60), interval.Celsius(45)
	}
	plain := allocate(t, n, warm)
	n.Preheat = true
	preheated := allocate(t, n, warm)
	if !(preheated.Electricity.Value < 0.95*plain.Electricity.Value) {
		t.Errorf("electricity %g J with preheating, %g J without", preheated.Electricity.Value, plain.Electricity.Value)
	}
	energyBalance(t, preheated, n)
	// One hour by hand: T_r 50, T_s 80, reach 52 °C: 1/15 of 3 MW, and of the
	// source's heat what lies above 58 °C: 2/15 of 1 MW.
	one := Network{ID: "h", Fluid: HotWater, SourcePinch: 3, NetworkPinch: 5, Preheat: true,
		Curve:   HeatingCurve{Cold: 280, Mild: 281, SupplyCold: interval.Celsius(80), SupplyMild: interval.Celsius(80), ReturnCold: interval.Celsius(50), ReturnMild: interval.Celsius(50)},
		Outdoor: []interval.Temperature{280}, Demand: []interval.Power{3 * interval.Megawatt}}
	m := newMatcher([]Source{{Heat: warm.Heat[:1], Supply: warm.Supply[:1], Return: warm.Return[:1]}}, one)
	var direct interval.Power
	m.run(0, func(_, _ int, t transfer) { direct = t.direct })
	near(t, "direct MW", float64(direct/interval.Megawatt), 2./15, 1e-6)
}

func TestMakersPoints(t *testing.T) {
	kajaani := COPPoint{interval.Celsius(30), interval.Celsius(20), interval.Celsius(50), interval.Celsius(85), 4.35}
	classic := COPPoint{interval.Celsius(26), interval.Celsius(18), interval.Celsius(60), interval.Celsius(80), 4.5}
	pump, err := HeatPump{}.WithPoints([]COPPoint{classic, kajaani})
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range []COPPoint{kajaani, classic} {
		near(t, "at its own point", pump.COP(p.SourceIn, p.SourceOut, p.SinkIn, p.SinkOut), p.COP, 1e-9)
	}
	near(t, "η of Kajaani", pump.anchors[0].eta, 0.540, 1e-3)
	near(t, "η of the classic", pump.anchors[1].eta, 0.629, 1e-3)
	bold := kajaani
	bold.COP = 5 // above 0.75 of Carnot
	if _, err := (HeatPump{}).WithPoints([]COPPoint{kajaani, bold}); err == nil || !strings.Contains(err.Error(), "point 2") {
		t.Errorf("a COP that no machine reaches: %v", err)
	}
	n := referenceNetwork(t)
	n.Points = []COPPoint{kajaani}
	a := allocate(t, n, constantSource("2mw", 2*interval.Megawatt, 8760))
	near(t, "SCOP with η 0.54", a.Deliveries[0].SCOP, 4.904*0.5397/0.5, 5e-3)
	if used := a.Assumptions[0]; used.Source != "the maker's COP points" || a.Deliveries[0].Budgets.Captured[1].Cause != "assumption:"+used.ID {
		t.Errorf("assumption %+v, budget %+v", used, a.Deliveries[0].Budgets.Captured)
	}
	i := slices.IndexFunc(Study{Network: n}.Levers(), func(l Lever) bool { return l.ID == "lorenz_efficiency" })
	lever := Study{Network: n}.Levers()[i]
	near(t, "the lever is the maker's, at its lower limit", lever.Low, 0.9*0.5397, 1e-3)
	near(t, "and its upper one", lever.High, 1.1*0.5397, 1e-3)
	n.Points = []COPPoint{bold}
	if _, err := Allocate(nil, n); err == nil {
		t.Error("a network with unbelievable points accepted")
	}
}

func TestOwnDemandSeries(t *testing.T) {
	series := func(n int) []interval.Power { return make([]interval.Power, n) }
	for year, rows := range map[int]int{2025: 8760, 2028: 8784} {
		if _, err := HourlyDemand(series(rows), YearOf(year, 60)); err != nil {
			t.Errorf("%d rows for %d: %v", rows, year, err)
		}
	}
	for rows, want := range map[int]string{8759: "summer time", 8761: "one row too many", 35040: "quarter-hours", 8784: "leap year", 12: "one row an hour"} {
		if _, err := HourlyDemand(series(rows), YearOf(2025, 60)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%d rows: %v, want %q", rows, err, want)
		}
	}
	if _, err := HourlyDemand(series(8760), YearOf(2028, 60)); err == nil || !strings.Contains(err.Error(), "29 February") {
		t.Errorf("a leap year of 8,760 rows: %v", err)
	}
	bad := series(8760)
	bad[4] = interval.Power(math.NaN())
	if _, err := HourlyDemand(bad, YearOf(2025, 60)); err == nil || !strings.Contains(err.Error(), "row 5") {
		t.Errorf("a row that is no number: %v", err)
	}
}

// stamped labels the hours of a year as a clock with summer time does.
func stamped(t *testing.T, year int) []time.Time {
	paris, err := time.LoadLocation("Europe/Paris")
	if err != nil {
		t.Skip("no time zones on this machine")
	}
	p := YearOf(year, 60)
	walls := make([]time.Time, p.Hours())
	for h := range walls {
		local := p.From.Add(time.Duration(h) * time.Hour).In(paris)
		y, m, d := local.Date()
		walls[h] = time.Date(y, m, d, local.Hour(), 0, 0, 0, time.UTC)
	}
	return walls
}

func TestHoursStampedInLocalTime(t *testing.T) {
	for _, year := range []int{2025, 2026, 2028} {
		if err := hourByHour(stamped(t, year), YearOf(year, 60)); err != nil {
			t.Fatal(err)
		}
	}
	walls := stamped(t, 2025)
	without := func(h int) []time.Time { return slices.Delete(slices.Clone(walls), h, h+1) }
	summer := 24*(31+28+29) + 2                      // 30 March, 02:00 in standard time
	winter := 24*(31+28+31+30+31+30+31+31+30+25) + 2 // 26 October, the second 02:00
	for name, c := range map[string]struct {
		walls []time.Time
		want  string
	}{
		"one hour lost":             {without(100), "row 101"},
		"the second 02:00 is lost":  {without(winter), "the hour of March is missing"},
		"another hour of March":     {without(summer - 1), "row 2114"},
		"in summer time throughout": {walls[summer:], "row 1 is stamped"},
	} {
		if err := hourByHour(c.walls, YearOf(2025, 60)); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want %q", name, err, c.want)
		}
	}
}

func TestBackupOfTheLargest(t *testing.T) {
	n := referenceNetwork(t)
	big, small := constantSource("big", 2*interval.Megawatt, 8760), constantSource("small", interval.Megawatt, 8760)
	both := NewBackup(allocate(t, n, big, small), n)
	if both.Largest != "big" || !(both.MinusN1 > both.Peak) {
		t.Errorf("%+v", both)
	}
	a := allocate(t, n, big)
	one := NewBackup(a, n)
	near(t, "the only source out: the whole peak, MW", float64(one.MinusN1/interval.Megawatt), 6.0217, 1e-4)
	near(t, "energy", float64(one.Energy), float64(a.Demand)-a.Delivered.Value, 1e-6)
}
