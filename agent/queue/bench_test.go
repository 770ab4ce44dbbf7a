package queue

import (
	"bytes"
	"fmt"
	"testing"

	"thermie/interval"
)

// fortyPoints is what forty points send at the end of an interval, and
// baselines of about the size that they leave behind.
func fortyPoints(n int) (lines, baselines []byte) {
	for point := range 40 {
		start := 1751328000 + 600*int64(n)
		meter := fmt.Sprintf("row-%02d-pdu", point)
		lines = append(interval.Record{
			Site: "paris-dc-12", Meter: meter, Kind: interval.ElectricEnergy,
			Start: start, Length: 600, SI: float64(31_000_000 + 7919*n%100_000 + 1000*point), U: 2078, Cov: 1, Flags: 2,
		}.AppendLine(lines), '\n')
		baselines = fmt.Appendf(baselines, `"%s/electric_energy":{"at":"%d","last":%d.25,"emitted":%d},`,
			meter, start+594, int64(98_765_432_100)+31_000_000*int64(n+point), int64(98_765_000_000)+31_000_000*int64(n+point))
	}
	return lines, baselines
}

func BenchmarkAppend(b *testing.B) {
	q := openTestQueue(b, b.TempDir(), Options{})
	lines, baselines := fortyPoints(0)
	b.SetBytes(int64(len(lines)))
	for b.Loop() {
		if err := q.Append(lines, said(string(baselines))); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(40*b.N)/b.Elapsed().Seconds(), "lines/s")
}

// BenchmarkDrain reads and acknowledges a queue of 40 000 lines in batches
// of the forwarder's size.
func BenchmarkDrain(b *testing.B) {
	drained := 0
	for b.Loop() {
		b.StopTimer()
		q := openTestQueue(b, b.TempDir(), Options{})
		for n := range 100 {
			var lines []byte
			for m := range 10 {
				more, _ := fortyPoints(10*n + m)
				lines = append(lines, more...)
			}
			if err := q.Append(lines, nil); err != nil {
				b.Fatal(err)
			}
		}
		b.StartTimer()
		for {
			batch, err := q.Next(256 << 10)
			if err != nil {
				b.Fatal(err)
			}
			if len(batch.Lines) == 0 {
				break
			}
			drained += len(batch.Lines)
			if err := q.Ack(batch); err != nil {
				b.Fatal(err)
			}
		}
		_ = q.Close()
	}
	b.ReportMetric(float64(drained)/b.Elapsed().Seconds(), "lines/s")
}

// The default bound holds an outage of more than three months of forty points.
func TestTheDefaultBoundHoldsAHundredDays(t *testing.T) {
	var segment []byte
	for n := range 144 {
		lines, baselines := fortyPoints(n)
		segment = appendBlock(segment, uint64(40*n+1), bytes.Split(bytes.TrimSuffix(lines, nl), nl), stateLine(t, string(baselines)))
	}
	days := Options{}.withDefaults().MaxBytes / int64(len(segment))
	t.Logf("%d bytes a line, %d days", len(segment)/144/40, days)
	if days < 100 {
		t.Errorf("the queue holds %d days", days)
	}
}
