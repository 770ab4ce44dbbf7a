package collector

import (
	"context"
	"crypto/ed25519"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"flag"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"time"

	"thermie/carry"
	"thermie/collector/takein"
	"thermie/configs"
	"thermie/durable"
	"thermie/signing"
)

// takeinFolder holds, within the collector's data, what is remembered of
// carried files.
const takeinFolder = "takein"

// CmdTakein is `thermie takein`: a file that was carried from a site without
// a network comes in by the running collector's write door, and a receipt
// goes back.
func CmdTakein(ctx context.Context, args []string, out, errOut io.Writer) error {
	flags := flag.NewFlagSet("thermie takein CARRIED", flag.ContinueOnError)
	flags.SetOutput(errOut)
	config := flags.String("config", "", "the collector's configuration `FILE`")
	receipt := flags.String("receipt", "", "write the receipt into this `FILE`; default beside the carried file, .receipt")
	to := flags.String("to", "", "the collector's `URL`; default the address on which it listens")
	lost := flags.Bool("lost", false, "go on though files before this one are missing: they will never come")
	if err := flags.Parse(args); err != nil {
		return err
	}
	if *config == "" || flags.NArg() != 1 {
		return errors.New("say which collector and which file (hint: thermie takein -config FILE CARRIED)")
	}
	cfg, err := configs.LoadCollector(*config)
	if err != nil {
		return err
	}
	path := flags.Arg(0)
	if *receipt == "" {
		*receipt = path + ".receipt"
	}
	t := takein.Taker{Shelf: takein.Shelf{Dir: filepath.Join(cfg.Data, takeinFolder)}, Now: time.Now, Lost: *lost,
		Keys: func(site string) (ed25519.PublicKey, error) { return carryKey(cfg, site) },
		Door: func(site string) (takein.Door, error) { return doorOf(cfg, *to, site) },
	}
	return takeFile(ctx, t, path, *receipt, out)
}

// takeFile takes one file in, and writes its receipt.
func takeFile(ctx context.Context, t takein.Taker, path, receipt string, out io.Writer) error {
	from, err := os.Open(path)
	if err != nil {
		return fmt.Errorf("carried file: %w", err)
	}
	defer from.Close()
	info, err := from.Stat()
	if err != nil {
		return fmt.Errorf("carried file: %w", err)
	}
	file, err := carry.Open(from, info.Size())
	if err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	r, err := t.Take(ctx, file)
	if err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	key, err := signing.OpenKey(t.Shelf.KeyFile())
	if err != nil {
		return err
	}
	if err := durable.WriteFile(receipt, r.Sign(key), 0o644); err != nil {
		return fmt.Errorf("write the receipt: %w (hint: take the file in again, which stores nothing twice)", err)
	}
	fmt.Fprintf(out, "file %d of site %s: %d lines taken in, %d refused and kept aside\n%s: the receipt, signed with the key %s\n(the agent knows it as receipt_key: under collector:)\n",
		r.Number, r.Site, r.Lines-r.Refused, r.Refused, receipt, signing.Public(key))
	return nil
}

// tokenOf is the entry of a site in the configuration.
func tokenOf(cfg *configs.Collector, site string) (configs.Token, error) {
	for _, t := range cfg.Tokens {
		if t.Site == site {
			return t, nil
		}
	}
	return configs.Token{}, fmt.Errorf("site %q is not known here (hint: tokens: [{site: %s, file: …, carry_key: …}])", site, site)
}

// carryKey is the key by which a site's files are known.
func carryKey(cfg *configs.Collector, site string) (ed25519.PublicKey, error) {
	t, err := tokenOf(cfg, site)
	if err != nil {
		return nil, err
	}
	if t.CarryKey == "" {
		return nil, fmt.Errorf("nobody has said by which key the files of site %s are known (hint: carry_key: in its entry under tokens, as thermie carry prints it)", site)
	}
	return signing.ParsePublic(t.CarryKey)
}

// doorOf is the write door of the running collector for a site.
func doorOf(cfg *configs.Collector, to, site string) (takein.Door, error) {
	t, err := tokenOf(cfg, site)
	if err != nil {
		return takein.Door{}, err
	}
	token, err := os.ReadFile(t.File)
	if err != nil {
		return takein.Door{}, fmt.Errorf("token of site %s: %w", site, err)
	}
	transport := http.DefaultTransport.(*http.Transport).Clone()
	transport.Proxy = nil
	if to == "" {
		if to, err = ownAddress(cfg, transport); err != nil {
			return takein.Door{}, err
		}
	}
	return takein.Door{URL: strings.TrimSuffix(to, "/"), Token: strings.TrimSpace(string(token)),
		Client: &http.Client{Transport: transport, Timeout: time.Minute,
			CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}}, nil
}

// ownAddress is where the collector of a configuration listens. Its own
// certificate is believed by what is in its file, whatever name it has.
func ownAddress(cfg *configs.Collector, transport *http.Transport) (string, error) {
	if !cfg.TLS.On() {
		return "http://" + fromHere(cfg.Listen), nil
	}
	pair, err := tls.LoadX509KeyPair(cfg.TLS.Certificate, cfg.TLS.Key)
	if err != nil {
		return "", fmt.Errorf("tls: %w (hint: -to names the collector's address)", err)
	}
	roots := x509.NewCertPool()
	roots.AddCert(pair.Leaf)
	transport.TLSClientConfig = &tls.Config{RootCAs: roots, ServerName: nameIn(pair.Leaf), MinVersion: tls.VersionTLS12}
	return "https://" + fromHere(cfg.Listen), nil
}

// nameIn is a name for which a certificate is good.
func nameIn(c *x509.Certificate) string {
	if len(c.DNSNames) > 0 {
		return strings.Replace(c.DNSNames[0], "*", "collector", 1)
	}
	if len(c.IPAddresses) > 0 {
		return c.IPAddresses[0].String()
	}
	return c.Subject.CommonName
}
