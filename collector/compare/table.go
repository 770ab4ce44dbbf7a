package main

import (
	"fmt"
	"io"
	"os"
	"runtime"
	"strings"
	"time"

	"thermie/virtual"
)

// row is one line of the table.
type row struct {
	engine  string
	rate    float64 // asked for; 0 is full load
	result  *virtual.FleetResult
	pending int64 // lines yet to be folded when the load ended
	peakMB  float64
	used    time.Duration // of processors, by the server
}

// printTable writes the rows as collector/MEASURED.md has them.
func printTable(w io.Writer, p *plan, rows []row) {
	fmt.Fprintf(w, "%d sites, %d series, %d connections, %g minutes of full load; %d processors, load of the machine %s\n\n",
		p.fleet.Sites, 40*p.fleet.Sites, p.fleet.Connections, p.minutes, runtime.NumCPU(), machineLoad())
	fmt.Fprintln(w, "| server | known series, intervals/s | first contact | acknowledged p99 / max | acknowledged lines | yet to be folded | processor time a million lines | peak RSS |")
	fmt.Fprintln(w, "|---|---|---|---|---|---|---|---|")
	for _, r := range rows {
		name := r.engine
		if r.rate > 0 {
			name += fmt.Sprintf(", %.0f/s asked for", r.rate)
		}
		p99, longest := r.result.Acknowledged()
		fmt.Fprintf(w, "| %s | %.0f | %.0f | %.1f / %.0f ms | %d | %d | %.1f s | %.0f MB |\n", name, r.result.KnownRate(), r.result.ContactRate(),
			1e3*p99.Seconds(), 1e3*longest.Seconds(), r.result.Lines(), r.pending, 1e6*r.used.Seconds()/float64(r.result.Lines()), r.peakMB)
	}
}

// machineLoad is the load of the last 1, 5 and 15 minutes, where the system
// tells.
func machineLoad() string {
	text, err := os.ReadFile("/proc/loadavg")
	if err != nil {
		return "unknown"
	}
	return strings.Join(strings.Fields(string(text))[:3], " ")
}
