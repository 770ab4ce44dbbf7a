package release

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"
	"time"

	"thermie/collector/rights"
	"thermie/heat"
	"thermie/interval"
)

// Format is the version of the file.
const Format = 1

// Extract is what is released of one site and year, or the revocation of it.
type Extract struct {
	Format    int                                `json:"thermie_release"`
	Site      string                             `json:"site"`
	Serial    int64                              `json:"serial"`            // rises with each file about the site: Unix milliseconds
	Revokes   bool                               `json:"revokes,omitempty"` // ends every release of the site to this audience
	To        string                             `json:"to"`                // authority:SIREN, or engineer:CONVENTION
	Prepared  time.Time                          `json:"prepared"`
	Expires   time.Time                          `json:"expires,omitzero"`
	Fields    map[rights.Field]rights.Resolution `json:"fields,omitempty"` // what the operator chose
	Year      int                                `json:"year,omitempty"`
	OffsetMin int                                `json:"utc_offset_min"` // of the year and its months
	Place     interval.Site                      `json:"place,omitzero"`
	Heat      *Heat                              `json:"heat,omitempty"`
	Firm      []Firm                             `json:"firm_power,omitempty"`
	Origin    string                             `json:"origin,omitempty"` // software that made it
}

// Heat is the site's heat at the tap (« gisement ») by period, and what a
// network could take of it (« captée ») where the operator's collector knows
// one.
type Heat struct {
	RecoverableKWh *float64 `json:"recoverable_kwh"` // of the year; null: no annual figure
	U              float64  `json:"u_relative"`      // standard uncertainty (k=1) over value
	Coverage       float64  `json:"coverage"`        // share of the year that was seen
	Method         string   `json:"method"`
	Network        string   `json:"network,omitempty"` // that captured_kwh is matched with
	Rows           []Row    `json:"rows"`
}

// Row is the heat of one month or hour. Null is unknown, never zero.
type Row struct {
	From           time.Time `json:"from"`
	RecoverableKWh *float64  `json:"recoverable_kwh"`
	CapturedKWh    *float64  `json:"captured_kwh,omitempty"`
	SupplyC        *float64  `json:"supply_c,omitempty"`
	ReturnC        *float64  `json:"return_c,omitempty"`
	Coverage       float64   `json:"coverage"`
	Tiers          []string  `json:"tiers,omitempty"` // T1 is metered; the others are estimates, see heat/METHODS.md
}

// estimated reports whether some of the row does not come from a heat meter.
func (r Row) estimated() bool {
	return r.RecoverableKWh != nil && !(len(r.Tiers) == 1 && r.Tiers[0] == heat.T1.String())
}

// monthForm is how the period of a firm-power row names a month.
const monthForm = "2006-01"

// Firm is one row of the firm-power table: what is exceeded during that share
// of the valid hours.
type Firm struct {
	Period string   `json:"period"` // year, winter, or a month as 2025-01
	P50    *float64 `json:"p50_kw"`
	P90    *float64 `json:"p90_kw"`
	P95    *float64 `json:"p95_kw"`
	P99    *float64 `json:"p99_kw"`
}

// Default is what is released where the operator chooses nothing: monthly
// heat and the firm-power table.
func Default() map[rights.Field]rights.Resolution {
	return map[rights.Field]rights.Resolution{rights.Name: rights.Once, rights.Heat: rights.Month, rights.FirmPower: rights.Month}
}

// Releasable are the fields that an extract can hold.
var Releasable = []rights.Field{rights.Name, rights.Location, rights.ITPower, rights.Heat, rights.FirmPower, rights.Temperature}

// Check says what is wrong with an extract, whoever made it: it must be what
// it says it is, and hold nothing finer.
func (e *Extract) Check() error {
	kind, name, _ := strings.Cut(e.To, ":")
	switch {
	case e.Format != Format:
		return fmt.Errorf("it is a release of version %d and this program knows %d", e.Format, Format)
	case !interval.ValidID(e.Site):
		return fmt.Errorf("%q cannot be a site's id", e.Site)
	case name == "" || kind != string(rights.Authority) && kind != string(rights.Engineer):
		return fmt.Errorf("to %q is not authority:SIREN or engineer:CONVENTION", e.To)
	case e.Serial <= 0 || e.Prepared.IsZero():
		return errors.New("it has no serial or no date")
	case e.Revokes:
		return nil
	case len(e.Fields) == 0:
		return errors.New("it releases nothing")
	case e.Year < 1990 || e.Year > 2200:
		return fmt.Errorf("%d is no year of measurement", e.Year)
	case !e.Expires.IsZero() && !e.Prepared.Before(e.Expires):
		return errors.New("it expires before it is prepared")
	}
	for f, r := range e.Fields {
		if !slices.Contains(Releasable, f) {
			return fmt.Errorf("%s is not released: one of %v is", f, Releasable)
		}
		if r == rights.Nothing || r > min(f.Finest(), rights.Hour) {
			return fmt.Errorf("%s is not released by %s", f, r)
		}
		if r == rights.Hour && (kind != string(rights.Engineer) || e.Expires.IsZero()) {
			return fmt.Errorf("%s by the hour goes to an engineer by a convention that ends: what an authority holds, anyone may ask of it (hint: -to engineer:CONVENTION -expires DATE)", f)
		}
	}
	return e.holdsWhatItSays()
}

// holdsWhatItSays compares the content with the declared fields.
func (e *Extract) holdsWhatItSays() error {
	p := e.Place
	for _, one := range []struct {
		field rights.Field
		there bool
	}{
		{rights.Name, p.Name != "" || p.Operator != "" || p.OperatorSIREN != "" || p.SIRET != ""},
		{rights.Location, p.Latitude != 0 || p.Longitude != 0},
		{rights.ITPower, p.RatedITKW != 0},
		{rights.Heat, e.Heat != nil},
		{rights.FirmPower, len(e.Firm) > 0},
		{rights.Temperature, p.SupplyC != 0 || p.ReturnC != 0},
	} {
		if one.there && e.Fields[one.field] == rights.Nothing {
			return fmt.Errorf("it holds %s, which it does not say that it releases", one.field)
		}
	}
	if e.Heat == nil {
		return nil
	}
	if !(e.Heat.U >= 0 && e.Heat.U <= 10) || !(e.Heat.Coverage >= 0 && e.Heat.Coverage <= 1) {
		return fmt.Errorf("an uncertainty of %v over a coverage of %v cannot be", e.Heat.U, e.Heat.Coverage)
	}
	most := map[rights.Resolution]int{rights.Year: 0, rights.Month: 12, rights.Hour: 8784}[e.Fields[rights.Heat]]
	if len(e.Heat.Rows) > most {
		return fmt.Errorf("%d rows of heat are finer than by %s", len(e.Heat.Rows), e.Fields[rights.Heat])
	}
	return e.checkRows()
}

// checkRows holds each row to the year and to what heat can be.
func (e *Extract) checkRows() error {
	begin, end := e.Bounds()
	for i, row := range e.Heat.Rows {
		if row.From.Before(begin) || !row.From.Before(end) || i > 0 && !e.Heat.Rows[i-1].From.Before(row.From) {
			return fmt.Errorf("row %d begins at %s: rows follow each other within %d", i+1, row.From.Format(time.RFC3339), e.Year)
		}
		if e.Fields[rights.Heat] == rights.Month && !row.From.Equal(e.month(time.Month(i+1))) {
			return fmt.Errorf("row %d is not month %d", i+1, i+1)
		}
		if v := row.RecoverableKWh; v != nil && !(*v >= 0 && *v < 1e12) {
			return fmt.Errorf("row %d: %v kWh cannot be", i+1, *v)
		}
		if (row.SupplyC != nil || row.ReturnC != nil) && e.Fields[rights.Temperature] < e.Fields[rights.Heat] {
			return fmt.Errorf("row %d holds temperatures, which it does not say that it releases so finely", i+1)
		}
		if !(row.Coverage >= 0 && row.Coverage <= 1) || math.IsNaN(row.Coverage) {
			return fmt.Errorf("row %d: a coverage of %v cannot be", i+1, row.Coverage)
		}
	}
	return nil
}

// Bounds are the first and the last moment of the year, in the site's
// standard time.
func (e *Extract) Bounds() (from, to time.Time) { return e.month(time.January), e.month(13) }

func (e *Extract) month(m time.Month) time.Time {
	return time.Date(e.Year, m, 1, 0, 0, 0, 0, time.FixedZone("", e.OffsetMin*60))
}

// Marshal writes the extract as a person reads it.
func (e *Extract) Marshal() ([]byte, error) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	err := enc.Encode(e)
	return b.Bytes(), err
}

// MaxFile bounds a release, in bytes: a year by the hour has about 2 MB.
const MaxFile = 8 << 20

// Unmarshal reads an extract strictly: a key that this version does not know
// may mean something, and is refused.
func Unmarshal(data []byte) (*Extract, error) {
	if len(data) > MaxFile {
		return nil, fmt.Errorf("a release has at most %d bytes", MaxFile)
	}
	e := &Extract{}
	dec := json.NewDecoder(bytes.NewReader(data))
	dec.DisallowUnknownFields()
	if err := dec.Decode(e); err != nil {
		return nil, fmt.Errorf("read the release: %w", err)
	}
	if dec.More() {
		return nil, errors.New("read the release: something follows it")
	}
	return e, e.Check()
}
