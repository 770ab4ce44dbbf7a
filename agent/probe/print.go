package probe

import (
	"fmt"
	"io"
	"strconv"
	"strings"
	"text/tabwriter"
)

// PrintMeters writes what the meters say, a table a meter.
func PrintMeters(w io.Writer, meters []Meter) {
	for i, m := range meters {
		if i > 0 {
			fmt.Fprintln(w)
		}
		fmt.Fprintf(w, "%s: unit %d of %s, as %s (%s)\n", m.Point, m.Unit, m.Address, m.Template, m.Confidence)
		table := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
		for _, r := range m.Registers {
			fmt.Fprintf(table, "  %s\t%d/%d\t%s\t%s\t%s\t%s\n", r.Name, r.Function, r.Address, orDash(r.Words), shownValue(r), kindOrDash(r.Kind), r.said())
		}
		table.Flush()
		if m.Fault != "" {
			fmt.Fprintf(w, "  not all could be read: %s\n", strings.ReplaceAll(m.Fault, "\n", "; "))
		}
	}
}

func shownValue(r Register) string {
	switch {
	case r.Text != "":
		return strconv.Quote(r.Text)
	case r.Value == nil:
		return "–"
	}
	return strings.TrimSuffix(fmt.Sprintf("%.7g %s", *r.Value, r.Unit), " 1")
}

// said is the verdict with its reason.
func (r Register) said() string {
	if r.Reason == "" {
		return string(r.Verdict)
	}
	return fmt.Sprintf("%s: %s", r.Verdict, r.Reason)
}

func orDash(s string) string {
	if s == "" {
		return "–"
	}
	return s
}

func kindOrDash(kind string) string {
	if kind == "" {
		return "shown only"
	}
	return kind
}

// PrintFindings writes what physics says, a paragraph a check.
func PrintFindings(w io.Writer, findings []Finding) {
	for _, f := range findings {
		fmt.Fprintf(w, "%-11s %s, %s\n            %s\n", strings.ToUpper(string(f.Outcome)), f.Point, f.Check, f.Said)
		switch {
		case f.Cause != "":
			fmt.Fprintf(w, "            probable cause: %s. %s\n", f.Cause, f.Advice)
		case f.Advice != "":
			fmt.Fprintf(w, "            %s\n", f.Advice)
		}
	}
	fmt.Fprintf(w, "%d checks, %d do not agree\n", len(findings), Differing(findings))
}

// Differing counts the findings that do not agree.
func Differing(findings []Finding) (n int) {
	for _, f := range findings {
		if f.Outcome == Differs {
			n++
		}
	}
	return n
}
