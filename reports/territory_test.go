package reports

import (
	"context"
	"os"
	"path/filepath"
	"testing"
)

func TestTheTerritorysDigestAndDepositTable(t *testing.T) {
	out := t.TempDir()
	if dir := os.Getenv("REPORTS_OUT"); dir != "" {
		out = dir
	}
	summary, err := WritePCAET(context.Background(), fixtureSource(t), fixtureArea(t), fixtureOptions(out))
	if err != nil {
		t.Fatal(err)
	}
	digest, err := summary.JSON()
	if err != nil {
		t.Fatal(err)
	}
	golden(t, "summary.json", digest)
	deposit, err := os.ReadFile(filepath.Join(out, "depot.csv"))
	if err != nil {
		t.Fatal(err)
	}
	golden(t, "depot.csv", deposit)
}
