package collector

import (
	"context"
	"encoding/json"
	"net/http"
	"time"

	"thermie/collector/rights"
	"thermie/interval"
)

// shownSite is a site as far as who asks may know of it. What they may not
// know is left out, as is what nobody knows.
type shownSite struct {
	ID        string       `json:"id"`
	Name      string       `json:"name,omitempty"`
	Operator  string       `json:"operator,omitempty"`
	Commune   string       `json:"commune_insee,omitempty"`
	Latitude  *float64     `json:"latitude_deg,omitempty"`
	Longitude *float64     `json:"longitude_deg,omitempty"`
	RatedITKW *float64     `json:"it_rated_kw,omitempty"`
	Data      string       `json:"data,omitempty"`
	Demo      bool         `json:"fictitious,omitempty"`
	From      *time.Time   `json:"from,omitempty"` // of the first interval
	To        *time.Time   `json:"to,omitempty"`   // end of the last one
	Points    []shownPoint `json:"points,omitempty"`
}

// shownPoint is a metering point with its latest description.
type shownPoint struct {
	ID string `json:"id"`
	interval.Point
}

// sites answers GET /api/v1/sites with the sites that who asks may know of.
func (s *Server) sites(w http.ResponseWriter, r *http.Request) {
	all, err := inTurn(&visit{Server: s, ctx: r.Context()}, func(v *visit) ([]shownSite, error) { return s.sitesFor(v.ctx) })
	if err != nil {
		s.refuse(w, problem{http.StatusServiceUnavailable, "unavailable", err.Error()})
		return
	}
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	// Who has gone away cannot be told.
	_ = json.NewEncoder(w).Encode(map[string]any{"sites": all})
}

func (s *Server) sitesFor(ctx context.Context) ([]shownSite, error) {
	ids, err := s.registry.Sites(ctx)
	if err != nil {
		return nil, err
	}
	all := []shownSite{}
	for _, id := range ids {
		if !s.rights.May(ctx, id, rights.Name, rights.Once).Allowed {
			continue
		}
		one, err := s.siteFor(ctx, id)
		if err != nil {
			return nil, err
		}
		all = append(all, one)
	}
	return all, nil
}

// siteFor says of a site what who asks may know.
func (s *Server) siteFor(ctx context.Context, id string) (shown shownSite, err error) {
	place, _, err := s.registry.Place(ctx, id)
	if err != nil {
		return shown, err
	}
	shown = shownSite{ID: id, Name: place.Name, Operator: place.Operator, Commune: place.Commune, Data: string(place.Data), Demo: place.Fictitious}
	if place.PositionClass > 0 && s.rights.May(ctx, id, rights.Location, rights.Once).Allowed {
		shown.Latitude, shown.Longitude = &place.Latitude, &place.Longitude
	}
	if place.RatedITKW > 0 && s.rights.May(ctx, id, rights.ITPower, rights.Once).Allowed {
		shown.RatedITKW = &place.RatedITKW
	}
	if !s.rights.May(ctx, id, rights.Records, rights.Hour).Allowed {
		return shown, nil
	}
	from, to, ok, err := s.registry.Span(ctx, id)
	if err != nil {
		return shown, err
	}
	if ok {
		shown.From, shown.To = &from, &to
	}
	shown.Points, err = s.pointsOf(ctx, id)
	return shown, err
}

// pointsOf returns the metering points of a site as they are described now.
func (s *Server) pointsOf(ctx context.Context, site string) (points []shownPoint, err error) {
	cards, err := s.registry.Cards(ctx, site)
	for i, c := range cards { // sorted by meter and time: the last of a meter stands
		if c.Point != nil && (i+1 == len(cards) || cards[i+1].Meter != c.Meter) {
			points = append(points, shownPoint{c.Meter, *c.Point})
		}
	}
	return points, err
}
