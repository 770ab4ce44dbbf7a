package reports

import (
	"bytes"
	"context"
	"strings"
	"testing"
	"time"

	"thermie/interval"
)

const threeLines = `card,site=hall,meter=_site json="{\"name\":\"Salle\",\"operator\":\"Exploitant\",\"tap\":\"return_air\",\"utc_offset_min\":60,\"data\":\"measured\"}",rev=0i 1735686000
interval,site=hall,meter=it,kind=electric_energy,len=3600 si=3600000,u=0,cov=1,flags=2i,rev=0i 1735686000
event,site=hall,meter=it what="gap",text="" 1735686000
`

func TestAnExportFileIsASource(t *testing.T) {
	f, err := ReadFile("export.lp", strings.NewReader(threeLines))
	if err != nil {
		t.Fatal(err)
	}
	ctx := context.Background()
	if sites, _ := f.Sites(ctx); len(sites) != 1 || sites[0] != "hall" {
		t.Errorf("sites: %v", sites)
	}
	if cards, _ := f.Cards(ctx, "hall"); len(cards) != 1 || cards[0].Place.Name != "Salle" {
		t.Errorf("cards: %v", cards)
	}
	from := time.Unix(1735686000, 0)
	if records, _ := f.Records(ctx, "hall", from, from.Add(time.Hour)); len(records) != 1 || records[0].SI != 3.6e6 {
		t.Errorf("records: %v", records)
	}
	if records, _ := f.Records(ctx, "hall", from.Add(time.Hour), from.Add(2*time.Hour)); len(records) != 0 {
		t.Errorf("records of the hour after: %v", records)
	}
}

func TestABadLineIsSetAsideWithFileAndLine(t *testing.T) {
	f, err := ReadFile("export.lp", strings.NewReader("nonsense\n"+threeLines))
	if err != nil {
		t.Fatal(err)
	}
	refused, faults := f.Faults()
	if refused != 1 || len(faults) != 1 || !strings.HasPrefix(faults[0].Error(), "export.lp:1:") {
		t.Errorf("%d refused: %v", refused, faults)
	}
	if sites, _ := f.Sites(context.Background()); len(sites) != 1 {
		t.Errorf("the good lines are gone: %v", sites)
	}
}

func TestALineThatNeverEndsIsSetAside(t *testing.T) {
	endless := strings.Repeat("x", 10<<20)
	f, err := ReadFile("export.lp", strings.NewReader(threeLines+endless+"\n"+threeLines))
	if err != nil {
		t.Fatal(err)
	}
	if refused, _ := f.Faults(); refused != 1 {
		t.Errorf("%d lines set aside, want 1", refused)
	}
}

func TestAFileThatIsNoExportIsRefused(t *testing.T) {
	_, err := ReadFile("notes.txt", strings.NewReader("bonjour\nau revoir\n"))
	if err == nil || !strings.Contains(err.Error(), "hint:") {
		t.Errorf("a text file was taken for an export: %v", err)
	}
	if _, err := OpenFile("no-such-file"); err == nil {
		t.Error("a missing file was opened")
	}
}

func FuzzReadFile(f *testing.F) {
	f.Add([]byte(threeLines))
	f.Add([]byte("interval,site=a,meter=b,kind=c,len=1 si=1 1\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		file, err := ReadFile("fuzz", bytes.NewReader(data))
		if err != nil {
			return
		}
		sites, _ := file.Sites(context.Background())
		for _, s := range sites {
			if !interval.ValidID(s) {
				t.Fatalf("site %q", s)
			}
		}
	})
}
