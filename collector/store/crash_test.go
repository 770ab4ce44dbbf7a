package store

import (
	"bufio"
	"context"
	"errors"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"strconv"
	"sync"
	"testing"

	"thermie/configs"
	"thermie/interval"
)

// crashVariable names the configuration of the store in the process that is
// to be killed.
const crashVariable = "THERMIE_TEST_CRASH"

func TestMain(m *testing.M) {
	if config := os.Getenv(crashVariable); config != "" {
		appendUntilKilled(config)
	}
	os.Exit(m.Run())
}

// batchLines is the number of lines of each batch in a crash.
const batchLines = 40

// crashBatch is the batch with a number: one meter, one day each.
func crashBatch(number int64) (b Batch) {
	for i := range int64(batchLines) {
		r := rec(noon+number*secondsPerDay+i*600, float64(number*1000+i))
		b.Records = append(b.Records, r)
	}
	return b
}

// appendUntilKilled appends numbered batches from several goroutines and
// prints each number once it is acknowledged. Every batch goes in twice, as
// an agent sends it when an answer was lost.
func appendUntilKilled(config string) {
	cfg, err := configs.LoadCollector(config)
	if err != nil {
		fmt.Println(err)
		os.Exit(1)
	}
	s, err := Open(cfg)
	if err != nil {
		fmt.Println(err)
		os.Exit(1)
	}
	var say sync.Mutex
	for writer := range int64(4) {
		go func() {
			for number := writer; ; number += 4 {
				for range 2 {
					if err := s.Append(context.Background(), crashBatch(number)); err != nil {
						fmt.Println(err)
						os.Exit(1)
					}
				}
				say.Lock()
				fmt.Println(number)
				say.Unlock()
			}
		}()
	}
	if e, ok := s.(*Embedded); ok {
		for {
			if err := errors.Join(foldAll(e), restateAll(e)); err != nil {
				fmt.Println(err)
				os.Exit(1)
			}
		}
	}
	select {}
}

// kills is how often each store is killed: go test ./collector/store -run
// SurviveKill -kills 100.
var kills = flag.Int("kills", 5, "how often a store is killed")

// Kill -9 in the middle of appends, folds and restatements: every
// acknowledged line is there once, no batch is there in part, and what was
// computed is that of the intervals.
func TestStoresSurviveKill(t *testing.T) {
	for _, kind := range stores {
		t.Run(kind.name, func(t *testing.T) {
			engine := newEngine(t, kind)
			cfg := engine.place(t)
			random := rand.New(rand.NewPCG(5, 6))
			for range *kills {
				acknowledged := killAfter(t, cfg, 5+random.IntN(60))
				if engine.influx != nil {
					engine.influx.Settle(t)
				}
				checkAfterKill(t, cfg, acknowledged)
			}
		})
	}
}

// killAfter runs a child until it has acknowledged this many batches, kills
// it, and returns all that it acknowledged.
func killAfter(t *testing.T, cfg *configs.Collector, batches int) (acknowledged []int64) {
	child := exec.Command(os.Args[0], "-test.run=^$")
	child.Env = append(os.Environ(), crashVariable+"="+writeConfig(t, cfg))
	out, err := child.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := child.Start(); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		number, err := strconv.ParseInt(lines.Text(), 10, 64)
		if err != nil {
			t.Errorf("the child says %s", lines.Text())
			break
		}
		if acknowledged = append(acknowledged, number); len(acknowledged) == batches {
			if err := child.Process.Kill(); err != nil {
				t.Fatal(err)
			}
		}
	}
	_ = child.Wait() // it was killed
	return acknowledged
}

func checkAfterKill(t *testing.T, cfg *configs.Collector, acknowledged []int64) {
	t.Helper()
	s, err := Open(cfg)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	recs := recordsOf(t, s)
	if e, ok := s.(*Embedded); ok {
		checkRollups(t, s)
		if faults := verifyFaults(t, e); faults != "" {
			t.Error(faults)
		}
	}
	there := map[int64][]interval.Record{}
	for _, r := range recs {
		number := (r.Start - noon) / secondsPerDay
		there[number] = append(there[number], r)
	}
	for _, number := range acknowledged {
		if there[number] == nil {
			t.Errorf("batch %d was acknowledged and is not there", number)
		}
	}
	for number, got := range there {
		for i, r := range crashBatch(number).Records {
			if len(got) != batchLines || !got[i].Same(r) {
				t.Fatalf("batch %d is there in part: %d lines", number, len(got))
			}
		}
	}
}
