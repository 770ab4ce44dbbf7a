package collector

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"text/tabwriter"

	"thermie/collector/rights"
)

// CmdConsent is `thermie consent give|list|withdraw`: what of a site may be
// told to whom, by whose word. The collector may be running meanwhile.
func CmdConsent(ctx context.Context, args []string, out, errOut io.Writer) error {
	return verbs("consent", args, map[string]func([]string) error{
		"give":     func(args []string) error { return giveConsent(ctx, args, out, errOut) },
		"list":     func(args []string) error { return listConsents(ctx, args, out, errOut) },
		"withdraw": func(args []string) error { return withdrawConsent(ctx, args, errOut) },
	})
}

// giveConsent prints the consent's id on out.
func giveConsent(ctx context.Context, args []string, out, errOut io.Writer) (err error) {
	flags := newDeskFlags("consent give", errOut)
	site := flags.String("site", "", "`ID` of the site")
	field := flags.String("field", "", fmt.Sprintf("one of %v", rights.Fields))
	resolution := flags.String("by", "", "once, year, month, hour or interval (default: once or year, by the field)")
	audience := flags.String("to", "", "public, authority:SIREN or engineer:TOKEN")
	basis := flags.String("basis", string(rights.ByConsent), "consent, or law where the operator publishes the field itself")
	source := flags.String("source", "", "the paper that was signed, or the page")
	from := flags.String("from", "", "`DATE` from which on it holds (default now)")
	until := flags.String("until", "", "`DATE` from which on it no longer holds")
	if err := flags.Parse(args); err != nil {
		return err
	}
	c := rights.Consent{Site: *site, Field: rights.Field(*field), Resolution: min(rights.Year, rights.Field(*field).Finest()),
		Audience: *audience, Basis: rights.Basis(*basis), Source: *source}
	if *resolution != "" {
		if err := c.Resolution.UnmarshalText([]byte(*resolution)); err != nil {
			return fmt.Errorf("-by: %w", err)
		}
	}
	if c.From, err = dateFlag(*from); err != nil {
		return err
	}
	if c.Until, err = dateFlag(*until); err != nil {
		return err
	}
	ctx, desk, err := flags.open(ctx)
	if err != nil {
		return err
	}
	defer desk.Close()
	if c, err = desk.Give(ctx, c); err != nil {
		return err
	}
	_, err = fmt.Fprintln(out, c.ID)
	return err
}

func listConsents(ctx context.Context, args []string, out, errOut io.Writer) error {
	flags := newDeskFlags("consent list", errOut)
	asJSON := flags.Bool("json", false, "one consent a line, as JSON")
	if err := flags.Parse(args); err != nil {
		return err
	}
	ctx, desk, err := flags.open(ctx)
	if err != nil {
		return err
	}
	defer desk.Close()
	all, err := desk.EveryConsent(ctx)
	if err != nil {
		return err
	}
	if *asJSON {
		lines := json.NewEncoder(out)
		for _, c := range all {
			if err := lines.Encode(c); err != nil {
				return err
			}
		}
		return nil
	}
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "ID\tSITE\tFIELD\tBY\tTO\tBASIS\tSOURCE\tFROM\tUNTIL\tWITHDRAWN")
	for _, c := range all {
		fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\n", c.ID, c.Site, c.Field, c.Resolution, c.Audience, c.Basis, c.Source,
			dateOf(c.From), dateOf(c.Until), dateOf(c.Withdrawn))
	}
	return w.Flush()
}

func withdrawConsent(ctx context.Context, args []string, errOut io.Writer) error {
	flags := newDeskFlags("consent withdraw", errOut)
	if err := flags.Parse(args); err != nil {
		return err
	}
	if flags.NArg() != 1 {
		return fmt.Errorf("say which consent (hint: thermie consent withdraw -config FILE ID)")
	}
	ctx, desk, err := flags.open(ctx)
	if err != nil {
		return err
	}
	defer desk.Close()
	if err := desk.Withdraw(ctx, flags.Arg(0)); err != nil {
		return err
	}
	fmt.Fprintf(errOut, "consent %s is withdrawn from now on; what was filed under it stays filed\n", flags.Arg(0))
	return nil
}
