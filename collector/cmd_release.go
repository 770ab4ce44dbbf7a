package collector

import (
	"context"
	"crypto/ed25519"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	"thermie/collector/release"
	"thermie/collector/rights"
	"thermie/configs"
	"thermie/daemon"
	"thermie/durable"
	"thermie/reports"
	"thermie/signing"
)

// CmdRelease is `thermie release VERB`: an extract of a site from the
// operator's own collector to another, reviewed before it is signed. The
// collector may be running meanwhile.
func CmdRelease(ctx context.Context, args []string, out, errOut io.Writer) error {
	c := releaseCommand{out: out, errOut: errOut}
	all := map[string]func([]string) error{}
	for name, run := range map[string]func(context.Context, []string) error{
		"key": c.key, "prepare": c.prepare, "show": c.show, "sign": c.sign, "send": c.send, "revoke": c.revoke,
		"trust": c.trust, "distrust": c.distrust, "take": c.take, "list": c.list,
	} {
		all[name] = func(args []string) error { return run(ctx, args) }
	}
	return verbs("release", args, all)
}

type releaseCommand struct{ out, errOut io.Writer }

// key prints the public half of the collector's signing key, made at the
// first use; the receiver trusts it once the two have compared its id.
func (c releaseCommand) key(_ context.Context, args []string) error {
	flags := newDeskFlags("release key", c.errOut)
	if err := flags.Parse(args); err != nil {
		return err
	}
	private, err := flags.signingKey()
	if err != nil {
		return err
	}
	public := private.Public().(ed25519.PublicKey)
	fmt.Fprintf(c.errOut, "key %s; tell the receiver this id by another way than the key\n", release.KeyID(public))
	_, err = fmt.Fprintln(c.out, signing.Text(public))
	return err
}

// signingKey is the key of the collector that the flags name.
func (f *deskFlags) signingKey() (ed25519.PrivateKey, error) {
	data, err := f.folder()
	if err != nil {
		return nil, err
	}
	return signing.OpenKey(filepath.Join(data, release.KeyFile))
}

// prepare writes the extract on out, for a person to read.
func (c releaseCommand) prepare(ctx context.Context, args []string) error {
	flags := newDeskFlags("release prepare", c.errOut)
	site := flags.String("site", "", "`ID` of the site")
	to := flags.String("to", "", "authority:SIREN, or engineer:CONVENTION")
	fields := flags.String("fields", "", "as heat=month,firm_power=month (default: name, monthly heat, firm power)")
	year := flags.Int("year", time.Now().Year()-1, "civil year")
	expires := flags.String("expires", "", "`DATE` from which on it may not be used")
	if err := flags.Parse(args); err != nil {
		return err
	}
	terms := release.Terms{Site: *site, To: *to, Fields: release.Default()}
	var err error
	if terms.Expires, err = dateFlag(*expires); err != nil {
		return err
	}
	if *fields != "" {
		if terms.Fields, err = rights.ParseFields(words(*fields)); err != nil {
			return fmt.Errorf("-fields: %w", err)
		}
	}
	if flags.config == "" || *site == "" {
		return errors.New("say which site of which collector (hint: thermie release prepare -config FILE -site ID -to authority:SIREN)")
	}
	cfg, err := configs.LoadCollector(flags.config)
	if err != nil {
		return err
	}
	e, err := prepareExtract(ctx, cfg, terms, *year)
	if err != nil {
		return err
	}
	text, err := e.Marshal()
	if err != nil {
		return err
	}
	fmt.Fprintf(c.errOut, "read it, then: thermie release sign -config %s FILE\n", flags.config)
	_, err = c.out.Write(text)
	return err
}

func prepareExtract(ctx context.Context, cfg *configs.Collector, terms release.Terms, year int) (_ *release.Extract, err error) {
	registry, done, err := openToRead(ctx, cfg)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, done()) }()
	territory := registry.Around(terms.Site)
	place, _, err := registry.Place(ctx, terms.Site)
	if err != nil {
		return nil, err
	}
	area, err := registry.Area(ctx, territory)
	if err != nil {
		return nil, err
	}
	return release.Prepare(ctx, registry, area, terms, reports.Options{Year: year, Date: time.Now(), Software: daemon.Version(),
		AllowFictitious: place.Fictitious || territory.Fictitious})
}

// show says in words what a file releases.
func (c releaseCommand) show(_ context.Context, args []string) error {
	file, err := oneFile("release show", args)
	if err != nil {
		return err
	}
	body, by := file, "not signed"
	if signed, err := release.Split(file); err == nil {
		body, by = signed.Body, "claims key "+signed.KeyID+"; take verifies it"
	}
	e, err := release.Unmarshal(body)
	if err != nil {
		return err
	}
	return e.Describe(c.out, by)
}

// sign writes the signed file beside the one that was reviewed.
func (c releaseCommand) sign(ctx context.Context, args []string) error {
	flags := newDeskFlags("release sign", c.errOut)
	if err := flags.Parse(args); err != nil {
		return err
	}
	file, err := oneFile("release sign -config FILE", flags.Args())
	if err != nil {
		return err
	}
	e, err := release.Unmarshal(file)
	if err != nil {
		return err
	}
	if err := e.Describe(c.errOut, "being signed"); err != nil {
		return err
	}
	return c.signInto(ctx, flags, file, flags.Arg(0)+".signed")
}

// signInto signs, records and writes.
func (c releaseCommand) signInto(ctx context.Context, flags *deskFlags, file []byte, path string) error {
	private, err := flags.signingKey()
	if err != nil {
		return err
	}
	signed, err := release.Sign(file, private)
	if err != nil {
		return err
	}
	ctx, desk, err := flags.open(ctx)
	if err != nil {
		return err
	}
	defer desk.Close()
	if _, err := release.Record(ctx, desk, signed); err != nil {
		return fmt.Errorf("%w (hint: prepare it again)", err)
	}
	if err := durable.WriteFile(path, signed, 0o600); err != nil {
		return err
	}
	fmt.Fprintf(c.errOut, "signed: carry %s, or thermie release send -url https://… %s\n", path, path)
	return nil
}

// revoke makes the notice that ends what was released.
func (c releaseCommand) revoke(ctx context.Context, args []string) error {
	flags := newDeskFlags("release revoke", c.errOut)
	site := flags.String("site", "", "`ID` of the site")
	to := flags.String("to", "", "the audience, as it was released to")
	path := flags.String("out", "revocation.signed", "`FILE` to write")
	if err := flags.Parse(args); err != nil {
		return err
	}
	asked, desk, err := flags.open(ctx)
	if err != nil {
		return err
	}
	notice, err := release.Revocation(asked, desk, *site, *to, time.Now())
	if err = errors.Join(err, desk.Close()); err != nil {
		return err
	}
	file, err := notice.Marshal()
	if err != nil {
		return err
	}
	return c.signInto(ctx, flags, file, *path)
}

// send brings a signed file to the other collector.
func (c releaseCommand) send(ctx context.Context, args []string) error {
	flags := newDeskFlags("release send", c.errOut)
	address := flags.String("url", "", "`URL` of the other collector")
	ca := flags.String("ca", "", "`FILE` (PEM) of the authority that signed its certificate, where the system knows it not")
	if err := flags.Parse(args); err != nil {
		return err
	}
	file, err := oneFile("release send -url URL", flags.Args())
	if err != nil {
		return err
	}
	answer, err := release.Send(ctx, *address, *ca, file)
	if err != nil {
		return err
	}
	fmt.Fprintln(c.errOut, "taken in:", answer)
	return nil
}

// oneFile reads the one file that args name.
func oneFile(usage string, args []string) ([]byte, error) {
	if len(args) != 1 {
		return nil, fmt.Errorf("say which file (hint: thermie %s FILE)", usage)
	}
	return os.ReadFile(args[0])
}
