package probe

import (
	"fmt"
	"io"
	"strconv"
	"strings"
	"text/tabwriter"
)

// PrintMeters writes what the meters say, a table a meter.
func PrintMeters(w io.Writer, meters []Meter) error {
	var text strings.Builder
	for i, m := range meters {
		if i > 0 {
			text.WriteString("\n")
		}
		fmt.Fprintf(&text, "%s: unit %d of %s, as %s (%s)\n", m.Point, m.Unit, m.Address, m.Template, m.Confidence)
		table := tabwriter.NewWriter(&text, 0, 0, 2, ' ', 0)
		for _, r := range m.Registers {
			fmt.Fprintf(table, "  %s\t%d/%d\t%s\t%s\t%s\t%s\n", r.Name, r.Function, r.Address, orElse(r.Words, "–"), shownValue(r), orElse(r.Kind, "shown only"), r.said())
		}
		if err := table.Flush(); err != nil {
			return err
		}
		if m.Fault != "" {
			fmt.Fprintf(&text, "  not all could be read: %s\n", oneLine(m.Fault))
		}
	}
	_, err := io.WriteString(w, text.String())
	return err
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

// oneLine is a fault that was joined of several.
func oneLine(fault string) string { return strings.ReplaceAll(fault, "\n", "; ") }

func orElse(s, otherwise string) string {
	if s == "" {
		return otherwise
	}
	return s
}

// PrintFindings writes what physics says, a paragraph a check.
func PrintFindings(w io.Writer, findings []Finding) error {
	var text strings.Builder
	for _, f := range findings {
		fmt.Fprintf(&text, "%-10s %s: %s\n           %s\n", strings.ToUpper(string(f.Outcome)), f.Point, f.Check, f.Said)
		switch {
		case f.Cause != "":
			fmt.Fprintf(&text, "           probable cause: %s; %s\n", f.Cause, f.Advice)
		case f.Advice != "":
			fmt.Fprintf(&text, "           %s\n", f.Advice)
		}
	}
	fmt.Fprintf(&text, "%d checks: %d agree, %d do not, %d could not be made\n", len(findings), count(findings, Agrees), Differing(findings),
		count(findings, Undecided)+count(findings, Lacking))
	_, err := io.WriteString(w, text.String())
	return err
}

// Differing counts the findings that do not agree.
func Differing(findings []Finding) int { return count(findings, Differs) }

// Decided reports whether any check could be made.
func Decided(findings []Finding) bool { return count(findings, Agrees)+count(findings, Differs) > 0 }

func count(findings []Finding, with Outcome) (n int) {
	for _, f := range findings {
		if f.Outcome == with {
			n++
		}
	}
	return n
}
