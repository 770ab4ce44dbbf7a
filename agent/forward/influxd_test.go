package forward

import (
	"bytes"
	"context"
	"strings"
	"testing"
	"time"

	"thermie/proof"
)

// An InfluxDB that we did not write takes our lines. Of a batch with a line
// of the wrong type it stores the rest and says "partial write" without
// saying which; the bad line, and one that is no line protocol at all, end
// in rejected/ with InfluxDB's words.
func TestLinesArriveInARealInfluxDB(t *testing.T) {
	influxd := proof.StartInfluxd(t)
	q := queueOf(t, 100)
	f, pauses := forwarderTo(t, q, influxd.URL, Options{})
	held := 0
	pause := f.wait
	f.wait = func(ctx context.Context, d time.Duration) error {
		held++
		if !strings.Contains(f.Stats().Alarm, "404") {
			t.Errorf("without the database, the alarm is %q", f.Stats().Alarm)
		}
		influxd.Ask(t, "", "CREATE DATABASE thermie")
		return pause(ctx, d)
	}
	drain(t, f)
	if held != 1 || len(*pauses) != 1 {
		t.Errorf("held %d times until the database was there", held)
	}

	wrongType := bytes.Replace(wireLine(150), []byte("rev=0i"), []byte(`rev="zero"`), 1)
	batch := append(wireLines(101, 150), wrongType, []byte("neither tags nor fields"))
	batch = append(batch, wireLines(151, 200)...)
	if err := q.Append(append(bytes.Join(batch, nl), '\n'), nil); err != nil {
		t.Fatal(err)
	}
	drain(t, f)
	rows := influxd.Ask(t, "thermie", "SELECT si FROM interval ORDER BY time")
	if len(rows) != 198 {
		t.Fatalf("%d intervals are stored, want 198", len(rows))
	}
	for i, row := range rows {
		n := i + 1
		if n >= 150 {
			n++
		}
		if row[0].(float64) != float64(1751328000+600*n) || row[1].(float64) != float64(1000+n) {
			t.Fatalf("row %d reads %v", i, row)
		}
	}
	kept := rejectedText(t, q)
	for _, want := range []string{"field type conflict", string(wrongType), "unable to parse", "\nneither tags nor fields\n"} {
		if !strings.Contains(kept, want) {
			t.Errorf("rejected/ lacks %q:\n%s", want, kept)
		}
	}
	if f.Stats().Rejected != 2 {
		t.Errorf("stats %+v", f.Stats())
	}
}
