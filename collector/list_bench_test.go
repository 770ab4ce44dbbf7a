package collector

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"path/filepath"
	"testing"

	"thermie/collector/rights"
	"thermie/collector/store"
	"thermie/configs"
	"thermie/interval"
)

// BenchmarkLists is what an authority's lists of its sites take; per site it
// stays the same however many there are:
//
//	go test ./collector -run - -bench Lists -benchtime 3x
func BenchmarkLists(b *testing.B) {
	for _, sites := range []int{750, 1500, 3000} {
		url, token := landOf(b, sites)
		for name, path := range map[string]string{"api": "/api/v1/sites", "page": "/"} {
			b.Run(fmt.Sprintf("%s/sites=%d", name, sites), func(b *testing.B) {
				for b.Loop() {
					read(b, url+path, token)
				}
				b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N*sites), "µs/site")
			})
		}
	}
}

// landOf is a collector of a territory with sites that a list declared, and
// the authority's token.
func landOf(b *testing.B, sites int) (url, token string) {
	cfg := &configs.Collector{Listen: "127.0.0.1:0", BehindProxy: true, Territories: []configs.Territory{{SIREN: "200054781", Year: 2025, Communes: []string{"93066"}}}}
	for i := range sites {
		cfg.Sites = append(cfg.Sites, configs.SiteEntry{ID: fmt.Sprintf("site-%05d", i),
			Site: interval.Site{Name: fmt.Sprint("Site ", i), Operator: "Exploitant", Commune: "93066", RatedITKW: 900, Data: interval.DeclaredData}})
	}
	kept, err := store.OpenEmbedded(filepath.Join(b.TempDir(), "data"))
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { kept.Close() })
	s, err := New(cfg, kept, slog.New(slog.DiscardHandler))
	if err != nil {
		b.Fatal(err)
	}
	if err := s.Start(); err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { s.Close(context.Background()) })
	_, token, err = s.rights.CreateToken(context.Background(), rights.Identity{Holder: "authority", Role: rights.Authority, Territories: []string{"200054781"}})
	if err != nil {
		b.Fatal(err)
	}
	return "http://" + s.Addr(), token
}

func read(b *testing.B, url, token string) {
	r, err := http.NewRequest(http.MethodGet, url, nil)
	if err != nil {
		b.Fatal(err)
	}
	r.Header.Set("Authorization", "Token "+token)
	a, err := http.DefaultClient.Do(r)
	if err != nil {
		b.Fatal(err)
	}
	defer a.Body.Close()
	if n, err := io.Copy(io.Discard, a.Body); err != nil || a.StatusCode != http.StatusOK || n < 1000 {
		b.Fatalf("%s: %d, %d bytes, %v", url, a.StatusCode, n, err)
	}
}
