package interval

import (
	"strconv"
	"sync"
	"testing"
	"time"
)

func TestNamesThatDisplaceEachOther(t *testing.T) {
	p := new(pool)
	for i := range 2 * maxNames {
		id := strconv.Itoa(i)
		if p.get([]byte(id), "") != id || p.get([]byte(id), "x") != id {
			t.Fatal(id)
		}
	}
}

func TestLinesAreDecodedSideBySide(t *testing.T) {
	var all sync.WaitGroup
	for site := range 4 {
		all.Go(func() {
			var l Line
			for i := range 200 {
				id := "m" + strconv.Itoa(i*site)
				b := "interval,site=s,meter=" + id + ",kind=electric_power,len=600 si=1,cov=1,flags=2i,rev=0i 1"
				if err := l.Decode([]byte(b), time.Second); err != nil || l.Record.Meter != id {
					t.Errorf("%s: %v", b, err)
				}
			}
		})
	}
	all.Wait()
}

func TestDecodingAgainAllocatesNothing(t *testing.T) {
	recs := fleetDay(1)[:40]
	var wire [][]byte
	for _, r := range recs {
		wire = append(wire, r.AppendLine(nil))
	}
	var l Line
	if n := testing.AllocsPerRun(10, func() {
		for _, b := range wire {
			if err := l.Decode(b, time.Second); err != nil {
				t.Fatal(err)
			}
		}
	}); n != 0 {
		t.Errorf("%v allocations for %d lines", n, len(wire))
	}
}
