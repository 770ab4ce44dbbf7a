package demo

import (
	"fmt"
	"io"
	"maps"
	"path/filepath"
	"slices"
	"text/tabwriter"

	"thermie/reports"
)

// printSummary prints the one table that a newcomer sees at the end.
func printSummary(w io.Writer, s *reports.Summary, o Options) {
	fmt.Fprintf(w, "\nDÉMONSTRATION – sites fictifs. Nothing here may be quoted for a real town.\n\n")
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(t, "site\tdata\tE_IT kWh\tE_DC kWh\tPUE\tinterim pPUE\trecoverable heat kWh\t")
	for _, id := range slices.Sorted(maps.Keys(s.Sites)) {
		site := s.Sites[id]
		fmt.Fprintf(t, "%s\t%s\t%s\t%s\t%s\t%s\t%s\t\n", id, site.Data, site.ITEnergy.Text(o.Lang),
			site.TotalEnergy.Text(o.Lang), site.PUE.Text(o.Lang), site.InterimPPUE.Text(o.Lang), site.Recoverable.Text(o.Lang))
	}
	t.Flush()
	fmt.Fprintf(w, "\n%s\n", s.Headline(o.Lang))
	fmt.Fprintf(w, "Reports: %s (pcaet, network, site, summary.json)\n", o.Out)
	fmt.Fprintf(w, "Again:   thermie report pcaet -config %s -territory %s -year %d -out dossier\n", filepath.Join(o.state(), configName), siren, year)
}
