package rights

import (
	"context"
	"testing"
)

// askedLand counts how often it is asked.
type askedLand struct {
	land
	within, hidden int
}

func (l *askedLand) SitesOf(siren string) []string { l.within++; return l.land.SitesOf(siren) }

func (l *askedLand) NeverListed(ctx context.Context, site string) bool {
	l.hidden++
	return l.land.NeverListed(ctx, site)
}

// However many questions a request asks, it looks at the land once; the next
// request looks again.
func TestARequestLooksAtTheLandOnce(t *testing.T) {
	asked := &askedLand{}
	d, err := Open(t.Context(), Settings{Land: asked})
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	for request := 1; request <= 2; request++ {
		ctx := glancing(With(t.Context(), Identity{Role: Authority, Territories: []string{"999000012"}}))
		for range 10 {
			for site, may := range map[string]bool{"paris-1": true, "bunker": false, "lyon-1": false} {
				if got := d.May(ctx, site, Name, Once).Allowed; got != may {
					t.Errorf("%s: %v", site, got)
				}
			}
		}
		if asked.within != request || asked.hidden != 3*request {
			t.Errorf("after %d requests the land was asked %d and %d times", request, asked.within, asked.hidden)
		}
	}
}
