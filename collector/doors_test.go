package collector

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	influxdb2 "github.com/influxdata/influxdb-client-go/v2"

	"thermie/configs"
	"thermie/interval"
)

// influxdb-client-go writes intervals and a card of our own wire; a day of
// it ends in a report.
func TestADayFromInfluxClientEndsInAReport(t *testing.T) {
	s := newTestServer(t)
	midnight := time.Date(2025, 6, 29, 23, 0, 0, 0, time.UTC)
	s.now = func() time.Time { return midnight.AddDate(0, 0, 1) }
	client := influxdb2.NewClientWithOptions(s.url, secret, influxdb2.DefaultOptions().SetPrecision(time.Second).SetUseGZip(true))
	defer client.Close()
	lines := []string{
		string(interval.Card{Site: "paris-1", Meter: interval.SiteCard, Place: &interval.Site{Name: "Paris 1", UTCOffsetMin: 60, Data: interval.MeasuredData, Fictitious: true}}.AppendLine(nil)),
		string(interval.Card{Site: "paris-1", Meter: "it", Point: &interval.Point{Name: "IT", Role: interval.RoleIT, Class: "iec62053-1", Data: interval.MeasuredData}}.AppendLine(nil)),
	}
	for i := range int64(144) {
		r := rec(midnight.Unix()+i*600, 6e4*600)
		lines = append(lines, string(r.AppendLine(nil)))
	}
	if err := client.WriteAPIBlocking("", "thermie").WriteRecord(context.Background(), lines...); err != nil {
		t.Fatal(err)
	}
	if page := s.sitePage("paris-1", midnight); !strings.Contains(page, "1,440.0") {
		t.Error("the report does not say 1,440.0 kWh")
	}
}

// The tags of our own lines may come in any order; a tag too many or too few
// is refused by name.
func TestTagsMayComeInAnyOrder(t *testing.T) {
	for line, say := range map[string]string{
		"interval,kind=electric_energy,len=600,meter=it,site=paris-1 cov=1,flags=2i,rev=0i,si=1,u=2": "",
		"interval,len=600,kind=electric_energy,site=paris-1,meter=it si=1,u=2,cov=1,flags=2i,rev=0i": "",
		"event,meter=it,site=paris-1 what=\"reset\",text=\"a, b=c d\"":                               "",
		"interval,host=gw,kind=electric_energy,len=600,meter=it,site=paris-1 cov=0,flags=2i,rev=0i":  `line 1: tag "host" is not one of [site meter kind len] (hint: in Telegraf omit_hostname = true`,
		"interval,kind=electric_energy,meter=it,site=paris-1 cov=0,flags=2i,rev=0i":                  "line 1: tag len is missing",
		"interval,kind=a,kind=b,len=600,meter=it,site=paris-1 cov=0,flags=2i,rev=0i":                 "line 1: tag kind comes twice",
		"interval,kind,kind=b,len=600,meter=it,site=paris-1 cov=0,flags=2i,rev=0i":                   "line 1: tag kind has no value",
		"interval,kind=electric_energy,len=600,meter=it,site=lyon-1 cov=0,flags=2i,rev=0i":           "site lyon-1",
		"interval,kind=electric_energy,len=600,meter=IT,site=paris-1 cov=0,flags=2i,rev=0i":          "is not an id",
	} {
		s := newTestServer(t)
		a := s.post(strings.NewReader(fmt.Sprintf("%s %d\n", line, noon)))
		if say == "" {
			s.expect(a, http.StatusNoContent, "")
		} else if a.status < 400 || !strings.Contains(a.Message, say) {
			t.Errorf("%s\n%d %q, want %q", line, a.status, a.Message, say)
		}
	}
}

// Whatever order the tags have, the line is the one line.
func FuzzWireOrder(f *testing.F) {
	f.Add("interval,len=600,kind=k,meter=m,site=s cov=0,flags=2i,rev=0i 0")
	f.Add("card,meter=m,site=s json=\"{}\",rev=0i 0")
	f.Add("event,site=s,meter=m what=\"x\",text=\"a,b=c\" 0")
	f.Fuzz(func(t *testing.T, line string) {
		ordered, ok, err := wireOrder(nil, []byte(line))
		if !ok || err != nil {
			return
		}
		if len(ordered) != len(line) && strings.Contains(line, " ") {
			t.Errorf("%q became %q", line, ordered)
		}
		if _, again, err := wireOrder(nil, ordered); again || err != nil {
			t.Errorf("%q is still not in order: %v", ordered, err)
		}
	})
}

// A sender that makes up a name for every line is stopped, told so, and
// takes no memory; the series that it has go on.
func TestAMillionSeriesFromOneToken(t *testing.T) {
	if testing.Short() {
		t.Skip("much of one thing, in one goroutine")
	}
	s := newTestServer(t)
	const total, part = 1_000_000, 20_000
	refused := 0
	for from := 0; from < total; from += part {
		var body strings.Builder
		for i := range part {
			r := rec(noon, 1)
			r.Meter = fmt.Sprintf("made-up-%d", from+i)
			body.Write(append(r.AppendLine(nil), '\n'))
		}
		a := s.post(strings.NewReader(body.String()))
		if a.status == http.StatusBadRequest {
			refused++
		}
		if from == 0 {
			s.expect(a, http.StatusBadRequest, "invalid", "partial write, 10000 of 20000 lines stored: line 10001: meter made-up-10000 is one series too many",
				"nothing after line 20000 was read, because 10000 lines were refused")
		}
	}
	if refused != total/part {
		t.Errorf("%d of %d requests were refused", refused, total/part)
	}
	again := knownSeries{} // as after a restart
	for _, known := range []*knownSeries{&s.series, &again} {
		series, err := known.of(t.Context(), "paris-1", s.store)
		if err != nil || len(series.known) != maxSeries {
			t.Errorf("%d series are remembered, %v", len(series.known), err)
		}
	}
	if n := s.has("paris-1"); n != maxSeries {
		t.Errorf("%d intervals are stored", n)
	}
	old := rec(noon+600, 2)
	old.Meter = "made-up-7"
	s.expect(s.post(wire(old)), http.StatusNoContent, "")
	other := with(rec(noon, 1), func(r *interval.Record) { r.Site = "lyon-1" })
	s.expect(s.post(wire(other), func(r *http.Request) { r.Header.Set("Authorization", "Token "+lyonSecret) }), http.StatusNoContent, "")
}

// Through the door, a feed's refusals stand beside those of our own lines,
// with the numbers of their lines.
func TestAFeedBesideOurOwnLines(t *testing.T) {
	s := newHall(t)
	body := fmt.Sprintf("modbus,name=ups energy=1i %[1]d\ncpu usage=1 %[1]d\ninterval,site=hall\nmodbus,name=ups energy=2i %[1]d\nevent,site=hall,meter=it what=\"reset\",text=\"by hand\" %[1]d\n", noon)
	a := s.post(strings.NewReader(body), hallToken)
	s.expect(a, http.StatusBadRequest, "invalid", "partial write, 2 of 5 lines stored",
		"line 2: field usage of cpu is in no mapping", "line 3: tag meter is missing", "line 4: electric_energy of it has another value")
	s.expect(s.post(strings.NewReader("cpu usage=1\n"), hallToken), http.StatusBadRequest, "invalid", "nothing stored")
	s.expect(s.post(strings.NewReader(fmt.Sprintf("modbus,name=ups energy=1i %d\n", noon))), http.StatusBadRequest, "invalid", `"modbus" is not one of interval, card, event`)
	if n := s.has("paris-1"); n != 0 {
		t.Errorf("%d intervals of another site", n)
	}
}

// hallToken makes a request one of the site hall.
func hallToken(r *http.Request) { r.Header.Set("Authorization", "Token "+hallSecret) }

// A feed whose disk is full tells the sender to wait, and its own lines too.
func TestAFeedWithoutAStoreSaysSo(t *testing.T) {
	s := newHall(t)
	if err := s.store.Close(); err != nil {
		t.Fatal(err)
	}
	s.expect(s.post(strings.NewReader(fmt.Sprintf("modbus,name=ups energy=1i %d\n", noon)), hallToken), http.StatusServiceUnavailable, "unavailable", "the store cannot write")
}

// A report on a territory without sites is refused, not made of zeros.
func TestATerritoryWithoutSitesHasNoReport(t *testing.T) {
	s := newTestServer(t, func(c *configs.Collector) {
		c.Territories = []configs.Territory{{SIREN: "999000012", Name: "Ville fictive", Kind: "CA", Year: 2025, Fictitious: true}}
	})
	for _, path := range []string{"/territory/999000012", "/territory/999000012/pcaet.docx", "/territory/999000012/depot.csv"} {
		if status, body := s.get(path, ""); status != http.StatusNotFound || !strings.Contains(body, "Aucun centre de données connu") {
			t.Errorf("%s: %d %.200s", path, status, body)
		}
	}
}

// A territory whose only site is never listed answers everyone as one without
// sites does, and the site's operator with its own.
func TestASiteThatIsNeverListedMakesNoTerritory(t *testing.T) {
	place := interval.Site{Name: "Jamais", Operator: "Opérateur", OperatorSIREN: "999000001", RatedITKW: 900, Tap: "return_air", UTCOffsetMin: 60,
		NeverListed: true, Data: interval.DeclaredData, Fictitious: true}
	s := newTestServer(t, behindProxy, func(c *configs.Collector) {
		c.Sites = []configs.SiteEntry{{ID: "paris-1", Site: place}}
		c.Territories = []configs.Territory{{SIREN: "999000012", Name: "Ville fictive", Kind: "CA", Year: 2025, Sites: []string{"paris-1"}, Fictitious: true}}
	})
	readers := s.readers()
	readers["nobody"] = ""
	for name, token := range readers {
		want := http.StatusNotFound
		if name == "operator" {
			want = http.StatusOK
		}
		for _, path := range []string{"/territory/999000012", "/territory/999000012/pcaet.docx"} {
			if status, body := s.get(path, token); status != want {
				t.Errorf("%s, %s: %d, want %d: %.200s", path, name, status, want, body)
			}
		}
	}
}
