package collector

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"text/tabwriter"
	"time"

	"thermie/collector/rights"
)

// CmdAudit is `thermie audit`: who read and changed what, on out, the oldest
// first. It fails where the log was altered, and says where.
func CmdAudit(ctx context.Context, args []string, out, errOut io.Writer) error {
	flags := newDeskFlags("audit", errOut)
	since := flags.String("since", "", "`DATE` to begin with")
	about := flags.String("about", "", "only entries whose object or detail has this `TEXT`, such as a site's id")
	asJSON := flags.Bool("json", false, "one entry a line, as JSON")
	if err := flags.Parse(args); err != nil {
		return err
	}
	from, err := dateFlag(*since)
	if err != nil {
		return err
	}
	ctx, desk, err := flags.open(ctx)
	if err != nil {
		return err
	}
	defer desk.Close()
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	show := func(e rights.Entry) error {
		_, err := fmt.Fprintf(w, "%d\t%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\n", e.Seq, e.At.Format(time.RFC3339), e.Who, e.Holder, e.Role, e.Origin, e.Act, e.Object, e.Detail)
		return err
	}
	if *asJSON {
		lines := json.NewEncoder(out)
		show = func(e rights.Entry) error { return lines.Encode(e) }
	} else {
		fmt.Fprintln(w, "ENTRY\tAT\tTOKEN\tHOLDER\tROLE\tORIGIN\tACT\tOBJECT\tDETAIL")
	}
	last := "none"
	broken := desk.Audit(ctx, func(e rights.Entry) error {
		last = fmt.Sprintf("%d %s", e.Seq, e.Hash)
		if e.At.Before(from) || !strings.Contains(e.Object+" "+e.Detail, *about) {
			return nil
		}
		return show(e)
	})
	if err := w.Flush(); err != nil {
		return err
	}
	fmt.Fprintf(errOut, "last entry: %s (keep this elsewhere: it shows later whether entries were cut off)\n", last)
	return broken
}
