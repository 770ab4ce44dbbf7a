package reports

import (
	"cmp"
	"math"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"thermie/configs"
	"thermie/interval"
)

// A set-point on a limit is in the class above it, whatever binary fractions
// make of it.
func TestATemperatureHasOneClass(t *testing.T) {
	classes := ClassesOf(2025)
	for celsius, want := range map[float64]string{-5: "cold", 29.9: "cold", 29.94: "cold", 29.96: "warm", 30: "warm", 44.9: "warm", 45: "hot", 44.999999: "hot", 70: "hot", math.NaN(): unclassed} {
		if got := classes.ids()[classes.of(interval.Celsius(celsius))]; got != want {
			t.Errorf("%v °C is in the class %s, want %s", celsius, got, want)
		}
	}
}

// Every class has its word, says where it comes from, and lies above the one
// before it; what is hotter than all others has a class too.
func TestTheClassesAnswerForThemselves(t *testing.T) {
	all, err := allClasses()
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range all {
		if _, err := time.Parse(time.DateOnly, c.Since); err != nil || c.Source == "" || c.Status != Own {
			t.Errorf("%+v: %v", c, err)
		}
	}
	classes := ClassesOf(2025)
	last := len(classes) - 1
	if !slices.IsSortedFunc(classes[:last], func(a, b Class) int { return cmp.Compare(a.BelowC, b.BelowC) }) || classes[0].BelowC == 0 || classes[last].BelowC != 0 {
		t.Errorf("the classes are not from cold to hot, without an end: %+v", classes)
	}
	fr, en := bothLanguages(t)
	for id, want := range map[string][2]string{"cold": {"moins de 30 °C", "below 30 °C"}, "warm": {"de 30 à 45 °C", "30 to 45 °C"}, "hot": {"45 °C et plus", "45 °C and above"}, unclassed: {"température non connue", "temperature not known"}} {
		if got := [2]string{classes.Name(fr, id), classes.Name(en, id)}; got != want {
			t.Errorf("class %s is called %q", id, got)
		}
	}
}

// handedOverKWh is an hour's record of a hand-off meter.
func handedOverKWh(kwh float64) interval.Record {
	return interval.Record{Kind: interval.ThermalEnergy, SI: kwh * 3.6e6, Min: math.NaN(), Max: math.NaN()}
}

// What is handed over has the class of the site's own heat in that hour,
// stated where no sensor tells it, and not that of the neighbour's loop.
func TestWhatIsHandedOverHasTheClassOfItsSource(t *testing.T) {
	agent, err := configs.LoadAgent("../configs/agent.yaml")
	if err != nil {
		t.Fatal(err)
	}
	agent.Site.SupplyC, agent.Site.ReturnC = 52, 40
	hand := agent.Points[slices.IndexFunc(agent.Points, func(p configs.Point) bool { return p.ID == "chiller" })]
	hand.ID, hand.Point = "neighbour", interval.Point{Name: "Voisin", Role: interval.RoleHandover, Class: "en1434-2", Data: interval.MeasuredData}
	agent.Points = []configs.Point{hand}
	r := wired(t, agent, map[string]interval.Record{"neighbour": handedOverKWh(50)})
	if r.Estimate == nil {
		t.Fatalf("no estimate: %v", r.Fault)
	}
	hot := slices.Index(ClassesOf(2025).ids(), "hot")
	for class, joules := range r.HandedOverByClass {
		if want := r.Balance.HandedOver.Value; class == hot && math.Abs(joules-want) > 1 || class != hot && joules != 0 {
			t.Errorf("class %s: %v of %v J handed over", ClassesOf(2025).ids()[class], joules, want)
		}
	}
	r.Balance.Condense()
	if got := sumOf(r.HandedOverByClass); math.Abs(got-r.Balance.HandedOver.Value) > 1 {
		t.Errorf("of a condensed balance %v J are known by class, in all %v", got, r.Balance.HandedOver.Value)
	}
}

func sumOf(parts []float64) (sum float64) {
	for _, p := range parts {
		sum += p
	}
	return sum
}

// No share is negative, and none is above what it is a part of, however the
// parts are rounded.
func TestSharesAddUpAndStayWithinTheirLimits(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	for range 2000 {
		rejected, captured := make([]float64, 4), make([]float64, 4)
		for i := range rejected {
			rejected[i] = math.Floor(r.Float64()*2) * r.Float64() * 9 * InMWh.SI
			captured[i] = rejected[i] * min(1, r.Float64()*1.5)
		}
		whole, part := InMWh.Round(sumOf(rejected)), InMWh.Round(sumOf(captured))
		limits := shares(whole, rejected, InMWh)
		printed := within(shares(part, captured, InMWh), limits)
		if sumOf(limits) != whole || sumOf(printed) != part {
			t.Fatalf("%v add up to %v, %v to %v", limits, whole, printed, part)
		}
		for i := range printed {
			if printed[i] < 0 || printed[i] > limits[i] {
				t.Fatalf("captured %v of %v MWh", printed, limits)
			}
			if off := math.Abs(printed[i] - captured[i]/InMWh.SI); off > 2 {
				t.Fatalf("%v MWh are printed as %v", captured[i]/InMWh.SI, printed[i])
			}
		}
	}
}

// A meter that ran backwards in one class takes no other figure down.
func TestABackwardMeterLeavesNoNegativeShare(t *testing.T) {
	printed := shares(7, []float64{10 * InMWh.SI, -3 * InMWh.SI, 0, 0}, InMWh)
	if want := []float64{7, 0, 0, 0}; !slices.Equal(printed, want) {
		t.Errorf("10 MWh, and 3 back, are printed as %v, want %v", printed, want)
	}
}

// More than rounding above the limit is what was measured, and stays.
func TestAContradictionOfMetersIsNotSmoothedAway(t *testing.T) {
	if got := within([]float64{9, 1}, []float64{5, 8}); !slices.Equal(got, []float64{9, 1}) {
		t.Errorf("%v", got)
	}
}
