package rights

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"testing"
)

// BenchmarkIdentify is what identity and limits add to a write, among 10,000
// tokens: go test -run '^$' -bench Identify ./collector/rights
func BenchmarkIdentify(b *testing.B) {
	d, err := Open(context.Background(), Settings{Limits: Limits{PerSecond: 1e6, Burst: 1e6}})
	if err != nil {
		b.Fatal(err)
	}
	defer d.Close()
	for i := range 10_000 {
		site := fmt.Sprint("site-", i)
		if err := d.Configure("a secret of "+site, Identity{ID: "-", Holder: site, Role: Agent, Sites: []string{site}}); err != nil {
			b.Fatal(err)
		}
	}
	handler := d.Identify(false, http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		if From(r.Context()).Role != Agent {
			b.Error("not recognised")
		}
	}))
	r := httptest.NewRequest(http.MethodPost, "/api/v2/write", http.NoBody)
	r.Header.Set("Authorization", "Token a secret of site-77")
	b.ReportAllocs()
	for b.Loop() {
		handler.ServeHTTP(httptest.NewRecorder(), r)
	}
}

// BenchmarkNote is what a read costs in the audit log, with its fsync.
func BenchmarkNote(b *testing.B) {
	d, err := Open(context.Background(), Settings{File: b.TempDir() + "/" + FileName})
	if err != nil {
		b.Fatal(err)
	}
	defer d.Close()
	for b.Loop() {
		if err := d.Note(context.Background(), "read", "/site/x", "GET 200"); err != nil {
			b.Fatal(err)
		}
	}
}
