package collector

import (
	"context"
	"net/http"
	"strings"
	"testing"
	"time"

	"thermie/collector/rights"
	"thermie/collector/store"
	"thermie/interval"
)

// consents records what the operator of hall-1 lets an audience read.
func (h *house) consents(field, by, to string, more ...string) (id string) {
	h.t.Helper()
	return h.must(CmdConsent, "give", append([]string{"-site", "hall-1", "-field", field, "-by", by, "-to", to, "-source", "convention C-7", "-from", "2025-01-01"}, more...)...)
}

// finely is ten minutes of a meter of hall-1, six times.
func (h *house) finely(from time.Time) {
	h.t.Helper()
	var b store.Batch
	for i := range int64(6) {
		b.Records = append(b.Records, with(rec(from.Unix()+i*600, 6e5), func(r *interval.Record) { r.Site, r.Meter = "hall-1", "board" }))
	}
	if err := h.store.Append(context.Background(), b); err != nil {
		h.t.Fatal(err)
	}
}

// An operator consents to heat and records by the hour, to one engineer and
// until a day. The engineer reads the hours from this collector, and nothing
// finer; nobody else does. From that day on the months are left, by a consent
// that does not end, and the log has it all.
func TestHoursAreReadByConsentUntilItEnds(t *testing.T) {
	h := newHouse(t, territory)
	today := time.Now()
	h.now = func() time.Time { return today }
	h.aYear()
	h.finely(time.Date(2025, 7, 1, 10, 0, 0, 0, time.UTC))
	ends := today.AddDate(0, 0, 30).UTC().Truncate(24 * time.Hour)

	engineer := rights.Identity{Holder: "bureau", Role: rights.Engineer, Sites: []string{"elsewhere"}, Convention: "C-7", Expires: today.AddDate(1, 0, 0)}
	other := engineer
	other.Holder, other.Convention = "another", "C-8"
	readers := map[string]string{
		"engineer":       h.made(engineer),
		"other engineer": h.made(other),
		"staff":          h.made(rights.Identity{Holder: "agglo", Role: rights.Authority, Territories: []string{"999000012"}}),
	}
	const sitePage, records = "/site/hall-1?year=2025&lang=en", "/api/v1/intervals?site=hall-1&meter=board"
	nobody := map[string]int{"engineer": 403, "other engineer": 403, "staff": 403}
	engineerOnly := map[string]int{"engineer": 200, "other engineer": 403, "staff": 403}
	for _, path := range []string{sitePage, hoursFile, records} {
		h.opens(path, readers, nobody)
	}

	id := h.consents("heat", "hour", "engineer:C-7", "-until", ends.Format(time.DateOnly))
	h.consents("records", "hour", "engineer:C-7", "-until", ends.Format(time.DateOnly))
	h.consents("heat", "month", "engineer:C-7")
	today = today.Add(2 * time.Second) // the collector hears of another process's change within one
	for _, path := range []string{sitePage, hoursFile, records} {
		h.opens(path, readers, engineerOnly)
	}
	_, hours := h.get(hoursFile, readers["engineer"])
	rows := strings.Split(strings.TrimSpace(hours), "\n")
	if len(rows) != 1+8760 || !strings.Contains(hours, "\n2025-07-01T00:00:00+01:00,100,") || !strings.Contains(rows[1], "consent "+id) {
		t.Errorf("%d rows of hours by consent %s:\n%.600s", len(rows), id, hours)
	}
	if _, page := h.get(sitePage, readers["engineer"]); !strings.Contains(page, "the hours are in the file") || !strings.Contains(page, hoursName) {
		t.Errorf("the page does not lead to the hours:\n%s", page)
	}
	if _, body := h.get(records, readers["engineer"]); strings.Count(body, `"length_s":3600`) != 1 || strings.Contains(body, `"length_s":600`) || !strings.Contains(body, `"si":3600000`) {
		t.Errorf("the records by the hour are\n%s", body)
	}

	today = ends
	h.opens(sitePage, readers, engineerOnly)
	for _, path := range []string{hoursFile, records} {
		h.opens(path, readers, nobody)
	}
	if _, page := h.get(sitePage, readers["engineer"]); !strings.Contains(page, "nothing finer is known here") || strings.Contains(page, hoursName) {
		t.Errorf("the page of the months:\n%s", page)
	}
	h.logged("consent given", id, "hall-1 heat by hour to engineer:C-7")
	h.logged("read", hoursFile, "GET 200")
	h.logged("refused", hoursFile, "GET 403")
}

// logged holds that the audit log has an entry.
func (h *house) logged(act, object, detail string) {
	h.t.Helper()
	found := false
	err := h.rights.Audit(context.Background(), func(e rights.Entry) error {
		found = found || e.Act == act && e.Object == object && strings.Contains(e.Detail, detail)
		return nil
	})
	if err != nil || !found {
		h.t.Errorf("the log has no %s of %s, %q: %v", act, object, detail, err)
	}
}

// An hour that is not over is not told: asked again and again, it would tell
// the minutes.
func TestAnHourIsToldWhenItIsOver(t *testing.T) {
	h := newHouse(t, territory)
	begin := time.Now().UTC().Truncate(time.Hour)
	now := begin.Add(50 * time.Minute)
	h.now = func() time.Time { return now }
	h.finely(begin)
	token := h.made(rights.Identity{Holder: "bureau", Role: rights.Engineer, Sites: []string{"elsewhere"}, Convention: "C-7", Expires: now.AddDate(1, 0, 0)})
	h.consents("records", "hour", "engineer:C-7")
	now = now.Add(2 * time.Second)
	for _, want := range []int{0, 1} {
		status, body := h.get("/api/v1/intervals?site=hall-1", token)
		if status != http.StatusOK || strings.Count(body, `"start"`) != want {
			t.Errorf("at %s: %d, want %d hours\n%s", now.Format(time.TimeOnly), status, want, body)
		}
		now = begin.Add(time.Hour)
	}
}
