package collector

import (
	"context"
	"encoding/csv"
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"thermie/collector/store"
	"thermie/interval"
)

// asked gets intervals and returns the body and the address of the next page.
func (s *testServer) asked(path, accept string) (body, next string) {
	s.t.Helper()
	r, err := http.NewRequest(http.MethodGet, s.url+path, nil)
	if err != nil {
		s.t.Fatal(err)
	}
	r.Header.Set("Authorization", "Token "+secret)
	r.Header.Set("Accept", accept)
	res, err := http.DefaultClient.Do(r)
	if err != nil {
		s.t.Fatal(err)
	}
	defer res.Body.Close()
	text, err := io.ReadAll(res.Body)
	if err != nil || res.StatusCode != http.StatusOK {
		s.t.Fatalf("%s: %d %s, %v", path, res.StatusCode, text, err)
	}
	next, _, _ = strings.Cut(strings.TrimPrefix(res.Header.Get("Link"), "<"), ">")
	return string(text), next
}

// newFilledServer has some days of two meters of paris-1, one with two kinds.
func newFilledServer(t *testing.T) (*testServer, []interval.Record) {
	t.Helper()
	s := newTestServer(t)
	var b store.Batch
	for number := range int64(5) {
		for _, r := range dayBatch(number) {
			warm := interval.Record{Site: r.Site, Meter: "room", Kind: interval.AirTemperature, Start: r.Start, Length: 600,
				SI: 293.15, U: 0.1, Cov: 0.5, Min: 293, Max: 294, Flags: interval.Flags(interval.Live) | interval.Suspect}
			power := with(r, func(p *interval.Record) { p.Kind = interval.ElectricPower })
			b.Records = append(b.Records, r, power, warm)
		}
	}
	if err := s.store.Append(context.Background(), b); err != nil {
		t.Fatal(err)
	}
	s.now = func() time.Time { return time.Unix(noon, 0).AddDate(0, 1, 0) }
	return s, b.Records
}

// What is streamed, in lines, is what the store has, each once.
func TestIntervalsAreWhatTheStoreHas(t *testing.T) {
	s, all := newFilledServer(t)
	want := map[string]bool{}
	for _, r := range all {
		want[string(r.AppendLine(nil))] = true
	}
	body, _ := s.asked("/api/v1/intervals?site=paris-1&format=line", "*/*")
	lines := strings.Split(strings.TrimSuffix(body, "\n"), "\n")
	for _, line := range lines {
		if !want[line] {
			t.Errorf("%s is not in the store, or twice in the answer", line)
		}
		delete(want, line)
	}
	if len(want) > 0 {
		t.Errorf("%d intervals are missing", len(want))
	}
}

// Pages of any length, one after the other, are the whole answer.
func TestPagesOfIntervalsAreTheWhole(t *testing.T) {
	s, _ := newFilledServer(t)
	whole, _ := s.asked("/api/v1/intervals?site=paris-1&format=line", "*/*")
	for _, limit := range []string{"7", "100", "10000"} {
		var pages strings.Builder
		for next := "/api/v1/intervals?site=paris-1&format=line&limit=" + limit; next != ""; {
			var body string
			body, next = s.asked(next, "*/*")
			pages.WriteString(body)
		}
		if pages.String() != whole {
			t.Errorf("pages of %s are not the whole", limit)
		}
	}
}

// A span, a kind and a meter choose; JSON and CSV say the same.
func TestIntervalsAreChosen(t *testing.T) {
	s, all := newFilledServer(t)
	from, to := time.Unix(noon, 0).UTC(), time.Unix(noon, 0).UTC().AddDate(0, 0, 1)
	want := 0
	for _, r := range all {
		if r.Kind == interval.ElectricEnergy && r.Meter == "it" && r.Start >= from.Unix() && r.Start < to.Unix() {
			want++
		}
	}
	query := url.Values{"site": {"paris-1"}, "kind": {"electric_energy"}, "meter": {"it", "none"}, "from": {from.Format(time.RFC3339)}, "to": {to.Format(time.RFC3339)}}
	text, _ := s.asked("/api/v1/intervals?"+query.Encode(), "application/json")
	var answer struct{ Intervals []shownInterval }
	if err := json.Unmarshal([]byte(text), &answer); err != nil || want == 0 || len(answer.Intervals) != want {
		t.Fatalf("%d intervals, want %d: %v", len(answer.Intervals), want, err)
	}
	text, _ = s.asked("/api/v1/intervals?"+query.Encode(), "text/csv")
	rows, err := csv.NewReader(strings.NewReader(text)).ReadAll()
	if err != nil || len(rows) != want+1 {
		t.Fatalf("%d rows, %v", len(rows), err)
	}
	for i, one := range answer.Intervals {
		if row := rows[i+1]; row[3] != one.Start || row[6] != "J" || one.Unit != "J" || (row[5] == "") != (one.SI == nil) {
			t.Errorf("%v is not %+v", row, one)
		}
	}
}

// A gap is null and empty, never 0.
func TestAGapIsNotZero(t *testing.T) {
	s := newTestServer(t)
	gap := interval.Record{Site: "paris-1", Meter: "it", Kind: interval.ElectricEnergy, Start: noon, Length: 600, Flags: interval.Flags(interval.Live)}
	line := strings.Replace(string(gap.AppendLine(nil)), "si=0,u=0,", "", 1)
	line = strings.Replace(line, ",min=0,max=0", "", 1)
	s.expect(s.post(strings.NewReader(line)), http.StatusNoContent, "")
	body, _ := s.asked("/api/v1/intervals?site=paris-1", "application/json")
	if !strings.Contains(body, `"si":null,"unit":"J","u":null,"coverage":0,"min":null,"max":null,"origin":"live","flags":[]`) {
		t.Error(body)
	}
	body, _ = s.asked("/api/v1/intervals?site=paris-1", "text/csv")
	if !strings.Contains(body, ",600,,J,,0,,,live,,0\n") {
		t.Error(body)
	}
}

// Each sees the sites that they may know of, and of those what they may.
func TestSitesAreForWhoAsks(t *testing.T) {
	s := newTownServer(t)
	for token, want := range map[string][]string{
		secret:     {`"id":"paris-1"`, `"points":[{"id":"it","name":"IT","role":"it"`, `"from":"2025-06-30T23:00:00Z"`},
		"":         {`"id":"paris-1"`, `"id":"declared-1"`, `"it_rated_kw":800`},
		lyonSecret: {`{"sites":[]}`},
	} {
		status, body := s.get("/api/v1/sites", token)
		for _, part := range want {
			if status != http.StatusOK || !strings.Contains(body, part) {
				t.Errorf("token %q: %d %s does not say %s", token, status, body, part)
			}
		}
	}
}
