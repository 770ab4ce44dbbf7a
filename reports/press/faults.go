package press

import (
	"fmt"
	"io"

	"thermie/reports"
)

// tellFaults says in English, to who runs the command, why sites and networks
// take no part in a dossier; the dossier says it in its own language.
func tellFaults(errOut io.Writer, d *reports.Dossier) {
	for _, s := range d.Sites {
		if s.Fault != nil {
			fmt.Fprintf(errOut, "left out: %v\n", s.Fault)
		}
	}
	for _, n := range d.Networks {
		if n.Fault != nil {
			fmt.Fprintf(errOut, "not matched: %v\n", n.Fault)
		}
	}
}
