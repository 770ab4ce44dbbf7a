package collector

import (
	"context"
	"crypto/x509"
	"encoding/pem"
	"fmt"
	"io"
	"os"
	"strings"
	"text/tabwriter"
	"time"

	"thermie/collector/rights"
)

// CmdToken is `thermie token create|list|revoke`: who may write to a
// collector and read from it. The collector may be running meanwhile.
func CmdToken(ctx context.Context, args []string, out, errOut io.Writer) error {
	return verbs("token", args, map[string]func([]string) error{
		"create": func(args []string) error { return createToken(ctx, args, out, errOut) },
		"list":   func(args []string) error { return listTokens(ctx, args, out, errOut) },
		"revoke": func(args []string) error { return revokeToken(ctx, args, errOut) },
	})
}

// createToken prints the secret on out, alone and once; what it is for goes
// to errOut.
func createToken(ctx context.Context, args []string, out, errOut io.Writer) (err error) {
	flags := newDeskFlags("token create", errOut)
	role := flags.String("role", "", "one of agent, operator, engineer, authority, admin")
	holder := flags.String("holder", "", "`NAME` of the person or body that it is given to")
	sites := flags.String("site", "", "`IDS` of the sites of an agent, operator or engineer, with commas")
	territories := flags.String("territory", "", "`SIREN` of an authority's territories, with commas")
	convention := flags.String("convention", "", "`NAME` of the paper that an engineer reads under")
	expires := flags.String("expires", "", "`DATE` from which on it is refused, as 2027-06-30")
	certificate := flags.String("certificate", "", "client certificate `FILE` (PEM) to recognise instead of a secret")
	if err := flags.Parse(args); err != nil {
		return err
	}
	who := rights.Identity{Holder: *holder, Role: rights.Role(*role), Sites: words(*sites), Territories: words(*territories), Convention: *convention}
	if who.Expires, err = dateFlag(*expires); err != nil {
		return err
	}
	ctx, desk, err := flags.open(ctx)
	if err != nil {
		return err
	}
	defer desk.Close()
	if *certificate != "" {
		return registerCertificate(ctx, desk, who, *certificate, errOut)
	}
	made, secret, err := desk.CreateToken(ctx, who)
	if err != nil {
		return err
	}
	fmt.Fprintf(errOut, "token %s of %s, %s; the secret follows, and is shown this once\n", made.ID, made.Holder, made.Role)
	_, err = fmt.Fprintln(out, secret)
	return err
}

func registerCertificate(ctx context.Context, desk *rights.Desk, who rights.Identity, file string, errOut io.Writer) error {
	text, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	block, _ := pem.Decode(text)
	if block == nil || block.Type != "CERTIFICATE" {
		return fmt.Errorf("%s holds no certificate (hint: it is a PEM file, and never the private key)", file)
	}
	c, err := x509.ParseCertificate(block.Bytes)
	if err != nil {
		return fmt.Errorf("%s: %w", file, err)
	}
	made, err := desk.RegisterCertificate(ctx, who, c)
	if err != nil {
		return err
	}
	fmt.Fprintf(errOut, "token %s of %s, %s: the key of certificate %s\n", made.ID, made.Holder, made.Role, c.Subject)
	return nil
}

func listTokens(ctx context.Context, args []string, out, errOut io.Writer) error {
	flags := newDeskFlags("token list", errOut)
	if err := flags.Parse(args); err != nil {
		return err
	}
	ctx, desk, err := flags.open(ctx)
	if err != nil {
		return err
	}
	defer desk.Close()
	all, err := desk.Tokens(ctx)
	if err != nil {
		return err
	}
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "ID\tROLE\tHOLDER\tOF\tCONVENTION\tCREATED\tEXPIRES\tREVOKED")
	for _, t := range all {
		of := strings.Join(append(t.Sites, t.Territories...), ",")
		fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\n", t.ID, t.Role, t.Holder, orDash(of), orDash(t.Convention), dateOf(t.Created), dateOf(t.Expires), dateOf(t.Revoked))
	}
	return w.Flush()
}

func revokeToken(ctx context.Context, args []string, errOut io.Writer) error {
	flags := newDeskFlags("token revoke", errOut)
	if err := flags.Parse(args); err != nil {
		return err
	}
	if flags.NArg() != 1 {
		return fmt.Errorf("say which token (hint: thermie token revoke -config FILE ID)")
	}
	ctx, desk, err := flags.open(ctx)
	if err != nil {
		return err
	}
	defer desk.Close()
	if err := desk.RevokeToken(ctx, flags.Arg(0)); err != nil {
		return err
	}
	fmt.Fprintf(errOut, "token %s is revoked; a running collector refuses it within a second\n", flags.Arg(0))
	return nil
}

func orDash(text string) string {
	if text == "" {
		return "–"
	}
	return text
}

func dateOf(t time.Time) string {
	if t.IsZero() {
		return "–"
	}
	return t.Format(time.DateOnly)
}
